import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { guessDraft, GUESS_MODES, type GuessMode } from '../../../plugins/interaction-games/activities/guess-rules.js';
import { guessChanges, guessEconomy, guessSheet } from '../../../plugins/interaction-games/activities/guess-sheet.js';
import { commitmentOf, newNonce, sealText } from '../../../plugins/interaction-games/activities/price-seal.js';
import { rightGuesses } from '../../../plugins/interaction-games/activities/right-guesses.js';
import { minorUnits } from '../../../plugins/interaction-games/widgets/storefront/guess-price/typed.js';
import { minorDigits } from '../../../server/plugin-api/index.js';

/** The rules once more, guess by guess, as somebody would check them by hand. */
function right(mode: GuessMode, tolerance: number, price: number, guess: number, all: readonly number[]): boolean {
  const off = (each: number): number => Math.abs(each - price);
  switch (mode) {
    case 'exact': return guess === price;
    case 'within': return BigInt(off(guess)) * 10_000n <= BigInt(price) * BigInt(tolerance);
    case 'nearest': return off(guess) === Math.min(...all.map(off));
    case 'nearest-below': return guess <= price && all.every((each) => each > price || each <= guess);
  }
}
const most = (all: readonly number[]): number | null => (all.length > 0 ? Math.max(...all) : null);
const least = (all: readonly number[]): number | null => (all.length > 0 ? Math.min(...all) : null);

const draft = { sku: 'A', price: 5_990, mode: 'within' as const, tolerance: 500, guesses: 3, hints: true, prize: { title: { en: 'Points', 'zh-CN': '积分' }, kind: 'points', amount: 100 }, coupon: null, fallbackPoints: 10 };
const { price: _price, ...said } = draft;
const rules = { ...said, productTitle: 'Tea', currency: 'CNY', commitment: 'a'.repeat(64) };

describe('right guesses', () => {
  it('are those that the rules say, for any price and any guesses; ties all are', () => {
    const near = fc.integer({ min: 1, max: 400 });
    const anywhere = fc.integer({ min: 1, max: 100_000_000 });
    fc.assert(fc.property(fc.constantFrom(...GUESS_MODES), fc.integer({ min: 1, max: 5_000 }), fc.oneof(near, anywhere), fc.array(fc.oneof(near, anywhere), { minLength: 1, maxLength: 40 }), (mode, tolerance, price, all) => {
      const ranges = rightGuesses({ mode, tolerance }, price, { below: most(all.filter((each) => each <= price)), above: least(all.filter((each) => each >= price)) });
      for (const guess of all) expect(ranges.some(({ low, high }) => guess >= low && guess <= high), `${mode} ${price}: ${guess}`).to.equal(right(mode, tolerance, price, guess, all));
    }), { numRuns: 3_000 });
  });

  it('are none where nobody guessed', () => {
    for (const mode of ['nearest', 'nearest-below'] as const) expect(rightGuesses({ mode, tolerance: 1 }, 100, { below: null, above: null })).to.deep.equal([]);
    expect(rightGuesses({ mode: 'nearest-below', tolerance: 1 }, 100, { below: null, above: 120 })).to.deep.equal([]);
  });
});

describe('the seal of a price', () => {
  it('is the hash of a text that anybody can write down', () => {
    const sealed = { sku: 'TEA-1', price: 5_990, currency: 'CNY', nonce: '0'.repeat(64) };
    expect(sealText(sealed)).to.equal(`guanxi-guess/1:TEA-1:5990:CNY:${'0'.repeat(64)}`);
    expect(commitmentOf(sealed)).to.equal(createHash('sha256').update(sealText(sealed)).digest('hex'));
    expect(commitmentOf({ ...sealed, price: 5_991 })).to.not.equal(commitmentOf(sealed));
    expect(new Set(Array.from({ length: 50 }, newNonce)).size).to.equal(50);
  });
});

describe('the rules of guessing', () => {
  it('refuse what is no whole price, and a coupon without a sale', () => {
    for (const price of [-1, 0, 0.1, Number('1e309'), 2 ** 53, '1e3', '１２', null, []]) expect(guessDraft.safeParse({ ...draft, price }).success, String(price)).to.equal(false);
    expect(guessDraft.safeParse(draft).success).to.equal(true);
    expect(guessDraft.safeParse({ ...draft, prize: { ...draft.prize, kind: 'interaction-games.sale-coupon' } }).success).to.equal(false);
    expect(guessDraft.safeParse({ ...draft, coupon: { off: 'percent', value: 1_000, saleEndsAt: 1 } }).success).to.equal(false);
    expect(guessDraft.safeParse({ ...draft, prize: { ...draft.prize, kind: 'interaction-games.sale-coupon', amount: 1 }, coupon: { off: 'percent', value: 10_001, saleEndsAt: 1 } }).success).to.equal(false);
  });

  it('tell shoppers the seal and all rules in both languages, and the planner what it brings', () => {
    for (const mode of GUESS_MODES) {
      const sheet = guessSheet({ ...rules, mode });
      const words = JSON.stringify(sheet);
      expect(words).to.include(rules.commitment).and.to.not.include('5990').and.to.not.include('59.90');
      for (const { label, text } of sheet.rules) for (const each of [label, text]) expect(/\p{Script=Han}/u.test(each['zh-CN']) && each.en.length > 0).to.equal(true);
    }
    expect(guessEconomy(rules)).to.deep.include({ continuous: false, collects: [], firstSession: 0 });
    expect(guessEconomy(rules).earns).to.deep.equal({ expected: 20, worst: 100, often: 'once' });
    expect(guessEconomy({ ...rules, prize: { ...rules.prize, kind: 'coupon-exchange.coupon', amount: 1 } }).earns).to.equal(undefined);
  });

  it('change only in favour of shoppers while it runs', () => {
    const directions = (more: object): string[] => guessChanges(rules, { ...rules, ...more }).map(({ field, direction }) => `${field} ${direction}`);
    expect(directions({ prize: { ...rules.prize, amount: 150 } })).to.deep.equal(['prize.amount better']);
    expect(directions({ prize: { ...rules.prize, amount: 50 } })).to.deep.equal(['prize.amount worse']);
    expect(directions({ fallbackPoints: 5 })).to.deep.equal(['fallbackPoints worse']);
    for (const more of [{ guesses: 5 }, { tolerance: 900 }, { commitment: 'b'.repeat(64) }, { mode: 'exact' }, { prize: { ...rules.prize, title: { en: 'x', 'zh-CN': 'x' } } }]) expect(directions(more), JSON.stringify(more)).to.deep.equal(['config unclear']);
    expect(directions({})).to.deep.equal([]);
  });
});

describe('a typed price', () => {
  const read: readonly (readonly [string, string, number | undefined])[] = [
    ['59.9', 'CNY', 5990], ['59', 'CNY', 5900], ['59,90', 'CNY', 5990], ['５９．９', 'CNY', 5990], [' 0.01 ', 'CNY', 1], ['1200', 'JPY', 1200], ['1990,50', 'HUF', 199_050], ['1.25', 'KWD', 1250], ['5.', 'CNY', 500],
    ['59.999', 'CNY', undefined], ['1200.5', 'JPY', undefined], ['0', 'CNY', undefined], ['-5', 'CNY', undefined], ['1e3', 'CNY', undefined], ['', 'CNY', undefined], ['¥5', 'CNY', undefined], ['123456789', 'CNY', undefined],
  ];
  for (const [typed, currency, minor] of read) it(`${JSON.stringify(typed)} in ${currency} is ${minor ?? 'no price'}`, () => { expect(minorUnits(typed, minorDigits(currency))).to.equal(minor); });
});
