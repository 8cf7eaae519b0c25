import { expect } from 'chai';
import { z, type Offer, type ShopContext } from '../../../server/plugin-api/index.js';
import { contactsOf, type Mix } from '../../../server/planner/mix/mix.js';
import { planOf, valueOf, worstPointsOf } from '../../../server/planner/mix/plan-of.js';
import { tried } from '../../../server/planner/mix/what-if.js';
import { PlannerSources } from '../../../server/planner/planner-sources.js';
import { ASSUMPTIONS } from '../../../server/planner/simulation/assumptions.js';

const offer = (ref: string, more: Partial<Offer> = {}): Offer => ({ ref, title: { en: ref, 'zh-CN': ref }, kind: 'coupon', cost: 200, faceValue: 200, minimum: 0, remaining: null, ...more });
const MIX: Mix = {
  now: 0, currency: 'CNY', promotionAt: null, topHours: [], members: 10, days: 14, budgets: [], offers: [offer('small'), offer('large', { cost: 800, faceValue: 2_000, minimum: 19_900, remaining: 5 })],
  activities: [
    { id: 'check-in', type: 'g.check-in', title: 'Check-in', plugin: 'g', state: 'live', startsAt: 0, endsAt: null, page: '/', economy: { earns: { expected: 7.5, worst: 10, often: 'daily', cycle: [5, 10] }, continuous: true, collects: [], firstSession: 5 } },
    { id: 'wheel', type: 'g.wheel', title: 'Wheel', plugin: 'g', state: 'live', startsAt: 0, endsAt: null, page: '/', economy: {
      earns: { expected: 2, worst: 10, often: 'per-play', timesPerDay: 2 }, spends: 20, spendsPerDay: 3, continuous: true, collects: [], firstSession: 4,
      draw: { prizes: [{ kind: 'points', amount: 10, quantity: 20 }, { kind: 'coupon-exchange.coupon', amount: 1, quantity: 30, ref: 'small' }], blanks: 50, freePerDay: 2, guaranteed: 7 },
    } },
    { id: 'old', type: 'g.old', title: 'Old', plugin: 'g', state: 'ended', startsAt: 0, endsAt: 1, page: '/', economy: { earns: { expected: 1, worst: 1, often: 'once' }, continuous: false, collects: [], firstSession: 1 } },
    { id: 'silent', type: 'x.silent', title: 'Silent', plugin: 'x', state: 'live', startsAt: 0, endsAt: null, page: '/' },
  ],
};
const plan = planOf(MIX, { members: 10, days: 14, seed: 1 }, ASSUMPTIONS);

describe('plan of a mix', () => {
  it('takes what activities and offers say, prizes at what their reward costs, and nothing that is over', () => {
    expect(plan.earnings.map(({ ref, deck }) => [ref, deck])).to.deep.equal([['check-in', undefined], ['wheel', 'wheel']]);
    expect(plan.decks).to.deep.equal([{ ref: 'wheel', tickets: [
      { tickets: 20, points: 10, value: 0, most: 0 }, { tickets: 30, points: 0, value: 200 * ASSUMPTIONS.usesSmall, most: 200 }, { tickets: 50, points: 0, value: 0, most: 0 }], newcomers: { points: 4, tickets: 7 } }]);
    expect(plan.offers.map(({ ref, useRate, stock }) => [ref, useRate, stock])).to.deep.equal([['small', ASSUMPTIONS.usesSmall, null], ['large', ASSUMPTIONS.usesThreshold, 5]]);
    expect(plan.draws.map(({ cost, deck }) => [cost, deck])).to.deep.equal([[20, 'wheel']]);
  });

  it('adds up what the activities would write to one person in a week', () => {
    const economy = { continuous: true, collects: [], firstSession: 0 };
    expect(contactsOf([{ economy: { ...economy, contactsPerWeek: 1.5 } }, { economy }, {}, { economy: { ...economy, contactsPerWeek: 0.7 } }])).to.equal(2.2);
  });

  it('values a percentage by the mean order, but no less than its threshold, and a delivery by what one costs', () => {
    expect(valueOf(offer('tenth', { basisPoints: 1_000, faceValue: 0 }), ASSUMPTIONS)).to.equal(ASSUMPTIONS.orderValue / 10);
    expect(valueOf(offer('tenth', { basisPoints: 1_000, faceValue: 0, minimum: 40_000 }), ASSUMPTIONS)).to.equal(4_000);
    expect(valueOf(offer('post', { kind: 'shipping', faceValue: 0 }), ASSUMPTIONS)).to.equal(ASSUMPTIONS.shippingCost);
    expect(valueOf(offer('post', { kind: 'shipping', faceValue: 1_200 }), ASSUMPTIONS)).to.equal(1_200);
    const known = planOf({ ...MIX, offers: [offer('known', { useRate: 0.25 })] }, { members: 1, days: 1, seed: 1 }, ASSUMPTIONS);
    expect(known.offers[0]!.useRate, 'what the plugin has seen counts').to.equal(0.25);
  });

  it('counts the worst case of a cycle by its days and of a deck by its tickets', () => {
    expect(worstPointsOf(MIX, MIX.activities[0]!)).to.equal(10 * 7 * 15);
    expect(worstPointsOf(MIX, MIX.activities[1]!)).to.equal(20 * 10 + 7 * 4);
  });

  it('changes what is tried out and nothing else', () => {
    expect(tried(plan, {})).to.deep.equal(plan);
    const other = tried(plan, { points: { 'check-in': 400, wheel: 50 }, wins: { wheel: 150 }, costs: { small: 250 }, assumptions: { conversion: 0.1 } });
    expect(other.earnings[0]!.cycle).to.deep.equal([20, 40]);
    expect(other.decks![0]!.tickets.map(({ points, tickets }) => [points, tickets])).to.deep.equal([[5, 30], [0, 45], [0, 25]]);
    expect(other.offers.map(({ cost }) => cost)).to.deep.equal([250, 800]);
    expect([other.assumptions.conversion, other.assumptions.redeems]).to.deep.equal([0.1, ASSUMPTIONS.redeems]);
  });
});

describe('planner sources', () => {
  it('leave out an economy that throws or makes no sense, and say whose it was', () => {
    const reported: unknown[] = [];
    const sources = new PlannerSources(() => true, (_message, fields) => { reported.push(fields['plugin']); });
    const ctx = { shop: { id: 1, key: 'shop' } } as ShopContext, config = z.unknown();
    const sound = { continuous: true, collects: [], firstSession: 5 };
    expect(sources.economy(ctx, 'fine', { config, economy: () => sound }, {})).to.deep.equal(sound);
    expect(sources.economy(ctx, 'silent', { config }, {})).to.equal(undefined);
    expect(reported).to.deep.equal([]);
    expect(sources.economy(ctx, 'throws', { config, economy: () => { throw new Error('no'); } }, {})).to.equal(undefined);
    expect(sources.economy(ctx, 'writes', { config, economy: () => ({ ...sound, contactsPerWeek: 2 }) }, {})).to.include({ contactsPerWeek: 2 });
    for (const firstSession of [NaN, Infinity, -1]) expect(sources.economy(ctx, 'odd', { config, economy: () => ({ ...sound, firstSession }) }, {})).to.equal(undefined);
    expect(reported).to.deep.equal(['throws', 'odd', 'odd', 'odd']);
  });

  it('read offers of plugins that are switched on; one that fails costs only its own', async () => {
    const reported: unknown[] = [];
    const sources = new PlannerSources((_shop, plugin) => plugin !== 'off', (_message, fields) => { reported.push(fields['plugin']); });
    sources.register('good', () => Promise.resolve([offer('a'), offer('broken', { cost: 0 }), offer('odd', { cost: 1.5 })]), undefined);
    sources.register('bad', () => Promise.reject(new Error('no')), undefined);
    sources.register('off', () => Promise.resolve([offer('b')]), { part: { title: { en: 'P', 'zh-CN': 'P' }, present: () => Promise.resolve(false), create: () => Promise.resolve() } });
    const ctx = { shop: { id: 1, key: 'shop' } } as ShopContext;
    expect((await sources.offers(ctx)).map(({ ref }) => ref)).to.deep.equal(['a']);
    expect([...reported].sort(), 'told of what was left out').to.deep.equal(['bad', 'good', 'good']);
    expect(sources.part(ctx, 'off', 'part')).to.equal(undefined);
    sources.unregister('good');
    expect(await sources.offers(ctx)).to.deep.equal([]);
  });
});
