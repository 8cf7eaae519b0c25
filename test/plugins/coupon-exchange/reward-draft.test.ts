import { expect } from 'chai';
import fc from 'fast-check';
import { codesOf } from '../../../plugins/coupon-exchange/widgets/admin/exchange/codes-text.js';
import { bodyOf, draftOf, FIRST, wrongOf } from '../../../plugins/coupon-exchange/widgets/admin/exchange/reward-draft.js';

const titled = { ...FIRST, en: 'Off', zh: '券' };
const reward = fc.record({
  kind: fc.constantFrom('amount' as const, 'percent' as const, 'product' as const, 'credit' as const), note: fc.option(fc.constant({ 'en': 'How', 'zh-CN': '说明' })), partialReturn: fc.constantFrom('keep' as const, 'prorate' as const, 'deduct' as const), basis: fc.integer({ min: 1, max: 10_000 }), money: fc.integer({ min: 1, max: 100_000_000 }), minimum: fc.integer({ min: 0, max: 100_000_000 }),
  cost: fc.integer({ min: 1, max: 1_000_000 }), stock: fc.option(fc.integer({ min: 0, max: 1_000_000 })), perPerson: fc.integer({ min: 1, max: 1000 }), validDays: fc.integer({ min: 1, max: 730 }), skus: fc.option(fc.constant(['TEA-1', 'TEA-2'])), startsOn: fc.option(fc.constant('2026-11-01')), endsOn: fc.option(fc.constant('2026-11-11')), lastUseOn: fc.option(fc.constant('2026-11-30')), welcome: fc.boolean(),
  holdout: fc.integer({ min: 0, max: 5_000 }), ownCost: fc.option(fc.integer({ min: 0, max: 100_000_000 })), digits: fc.constantFrom(0, 2, 3),
});

describe('the form of a reward', () => {
  it('writes money and percentages so that reading them back changes nothing', () => {
    fc.assert(fc.property(reward, ({ kind, basis, money, digits, ...rest }) => {
      const stored = { ...rest, id: 'x', title: { en: 'Off', 'zh-CN': '券' }, kind, discount: kind === 'percent' ? basis : money, sku: kind === 'product' ? 'TEA-1' : null, activityId: null, minimum: kind === 'credit' ? 0 : rest.minimum, skus: kind === 'amount' || kind === 'percent' ? rest.skus : null, ownCost: kind === 'product' ? rest.ownCost : null, prizeOnly: false, welcome: kind !== 'credit' && rest.welcome, remaining: rest.stock, costEach: null, state: 'draft' as const, createdAt: 0 };
      const draft = draftOf(stored, digits);
      const { id: _id, remaining: _remaining, state: _state, createdAt: _createdAt, costEach: _costEach, ...expected } = stored;
      expect(bodyOf(draft, digits)).to.deep.equal(expected);
      expect(wrongOf(draft, digits)).to.deep.equal({});
    }));
  });

  it('sends minor units and basis points', () => {
    expect(bodyOf({ ...titled, discount: '19.99', minimum: '59' }, 2)).to.include({ discount: 1999, minimum: 5900 });
    expect(bodyOf({ ...titled, discount: '500' }, 0)).to.include({ discount: 500 });
    expect(bodyOf({ ...titled, kind: 'percent', discount: '12.5' }, 2)).to.include({ discount: 1250 });
    expect(bodyOf({ ...titled, kind: 'free-shipping', discount: 'nonsense' }, 2)).to.include({ discount: 0 });
    expect(bodyOf({ ...titled, unlimited: true, stock: '7' }, 2).stock).to.equal(null);
  });

  it('asks of each kind only what it has', () => {
    const typed = { ...titled, discount: '3', minimum: '59', sku: 'TEA-1', activityId: 'wheel', stock: '7' };
    expect(bodyOf({ ...typed, kind: 'draw' }, 2)).to.include({ discount: 3, minimum: 0, sku: null, activityId: 'wheel' });
    expect(bodyOf({ ...typed, kind: 'product' }, 2)).to.include({ discount: 300, minimum: 5900, sku: 'TEA-1', activityId: null });
    expect(bodyOf({ ...typed, kind: 'next-order' }, 2)).to.include({ discount: 0, minimum: 0, sku: 'TEA-1', activityId: null });
    expect(bodyOf({ ...typed, kind: 'code' }, 2)).to.include({ discount: 0, sku: null, stock: 0 });
    for (const [kind, ownCost] of [['code', 450], ['right', 450], ['next-order', 450], ['free-shipping', 450], ['product', 450], ['amount', null], ['donation', null], ['draw', null]] as const) expect(bodyOf({ ...typed, kind, ownCost: '4.50' }, 2).ownCost, kind).to.equal(ownCost);
    expect([bodyOf({ ...typed, kind: 'code', ownCost: ' ' }, 2).ownCost, bodyOf({ ...typed, kind: 'code', ownCost: '0' }, 2).ownCost], 'unknown is not nothing').to.deep.equal([null, 0]);
    expect(wrongOf({ ...titled, kind: 'product', discount: '0' }, 2)).to.deep.equal({ sku: { key: 'choose', min: 1, max: 1 } });
    expect(Object.keys(wrongOf({ ...titled, kind: 'draw', discount: '1.5', noteEn: 'How' }, 2))).to.deep.equal(['discount', 'activityId', 'note.zh-CN']);
  });

  it('reads codes from a pasted list and from the first column of a file', () => {
    expect(codesOf('A-1\r\nB-2\n\n A-1 \nC-3,50\t')).to.deep.equal(['A-1', 'B-2', 'C-3']);
    expect(codesOf('\uFEFFCode;Worth\n"D,4";5\n"E""5"')).to.deep.equal(['D,4', 'E"5']);
    expect(codesOf(' \n')).to.deep.equal([]);
  });

  it('names what is wrong by the field, with limits in the merchant\'s units', () => {
    expect(Object.keys(wrongOf(FIRST, 2))).to.deep.equal(['title.en', 'title.zh-CN']);
    expect(wrongOf({ ...titled, kind: 'percent', discount: '101' }, 2)).to.deep.equal({ discount: { key: 'range', min: 0.01, max: 100 } });
    expect(wrongOf({ ...titled, discount: '0' }, 2)['discount']).to.deep.equal({ key: 'range', min: 0.01, max: 1_000_000 });
    for (const [field, text] of [['cost', '0'], ['cost', '1.5'], ['cost', ''], ['stock', '-1'], ['perPerson', 'two'], ['validDays', '731']] as const) expect(Object.keys(wrongOf({ ...titled, [field]: text }, 2)), `${field} ${text}`).to.deep.equal([field]);
    for (const last of ['endsOn', 'lastUseOn'] as const) expect(Object.keys(wrongOf({ ...titled, startsOn: '2026-11-12', [last]: '2026-11-11' }, 2))).to.deep.equal([last]);
    expect(Object.keys(wrongOf({ ...titled, holdout: '50.01' }, 2))).to.deep.equal(['holdout']);
    for (const ownCost of ['-1', 'much', '1000000.01']) expect(Object.keys(wrongOf({ ...titled, kind: 'code', ownCost }, 2)), ownCost).to.deep.equal(['ownCost']);
    expect(wrongOf({ ...titled, prizeOnly: true, cost: '', perPerson: 'two', holdout: '' }, 2), 'what a prize does not have').to.deep.equal({});
    expect(wrongOf({ ...titled, unlimited: true, stock: 'nonsense', kind: 'free-shipping', discount: '' }, 2)).to.deep.equal({});
  });
});
