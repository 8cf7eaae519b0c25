import { expect } from 'chai';
import fc from 'fast-check';
import { languageOf } from '../../../plugins/reviews-monitor/services/language.js';

const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
const latin = fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'));
const noise = fc.string({ unit: fc.constantFrom(...Array.from('0123456789 .,!?，。！👍️\n\t"\'<>&-_')) });
const words = (letter: fc.Arbitrary<string>, min: number, max: number) => fc.array(letter, { minLength: min, maxLength: max }).map((letters) => letters.join(''));

describe('language of a review', () => {
  it('is neither without letters, whatever signs there are', () => {
    fc.assert(fc.property(noise, (text) => { expect(languageOf(text)).to.equal('other'); }));
  });

  it('is the one whose letters alone occur, with any signs between', () => {
    fc.assert(fc.property(words(han, 1, 50), noise, (text, signs) => { expect(languageOf(signs + text + signs)).to.equal('zh'); }));
    fc.assert(fc.property(words(latin, 1, 200), noise, (text, signs) => { expect(languageOf(signs + text + signs)).to.equal('en'); }));
  });

  it('does not hang on order, and a model number makes no Chinese review English', () => {
    fc.assert(fc.property(words(han, 8, 60), words(latin, 0, 20), (chinese, model) => {
      expect(languageOf(`${model} ${chinese}`)).to.equal('zh').and.equal(languageOf(`${chinese} ${model}`));
    }));
  });

  it('is the same for a text said twice, and always one of three', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { expect(languageOf(text + text)).to.equal(languageOf(text)).and.be.oneOf(['en', 'zh', 'other']); }));
  });

  it('knows what people write', () => {
    expect(languageOf('iPhone 手机壳质量不错，很喜欢')).to.equal('zh');
    expect(languageOf('The tea called 龙井 is lovely, I would buy it again')).to.equal('en');
    expect(languageOf('Очень хорошо')).to.equal('other');
    expect(languageOf('مرحبا')).to.equal('other');
  });
});
