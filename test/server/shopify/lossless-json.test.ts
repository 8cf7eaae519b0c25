import { expect } from 'chai';
import fc from 'fast-check';
import { parseLossless } from '../../../server/shops/shopify/lossless-json.js';

describe('lossless JSON', () => {
  it('keeps integers beyond 2^53 as text, at any depth', () => {
    expect(parseLossless('{"id":820982911946154508,"in":[{"id":-9007199254740993}],"small":42,"amount":19.99}'))
      .to.deep.equal({ id: '820982911946154508', in: [{ id: '-9007199254740993' }], small: 42, amount: 19.99 });
  });
  it('leaves digits inside of text alone', () => {
    for (const text of ['820982911946154508', '\\"820982911946154508\\"', 'a\\\\', ': 820982911946154508,']) {
      expect(parseLossless(`{"a":"${text}","id":820982911946154508}`)).to.deep.equal({ a: JSON.parse(`"${text}"`) as string, id: '820982911946154508' });
    }
  });
  it('answers like JSON.parse wherever nothing is lost', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/\d{16}/.test(text));
      expect(parseLossless(text)).to.deep.equal(JSON.parse(text));
    }));
  });
  it('refuses what is not JSON', () => { for (const text of ['', '{', '{"a":1,}', '"open', 'undefined']) expect(() => parseLossless(text)).to.throw(SyntaxError); });
  it('does not slow down on a megabyte of quotes', () => {
    const text = JSON.stringify({ text: '"\\'.repeat(300_000), id: 1 });
    expect(parseLossless(text)).to.deep.equal(JSON.parse(text));
  });
});
