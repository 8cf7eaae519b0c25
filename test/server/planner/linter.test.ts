import { expect } from 'chai';
import { DAY, type ActivityEconomy, type Offer } from '../../../server/plugin-api/index.js';
import { blocking, lint, planRules } from '../../../server/planner/linter/lint.js';
import type { Mix, MixActivity } from '../../../server/planner/mix/mix.js';

const NOW = 1_700_000_000_000;
const plain: ActivityEconomy = { continuous: false, collects: [], firstSession: 0 };
const activity = (id: string, economy: Partial<ActivityEconomy>, more: Partial<MixActivity> = {}): MixActivity =>
  ({ id, type: `test.${id}`, title: id, plugin: 'test', state: 'live', startsAt: NOW - DAY, endsAt: null, page: `/plugins/test/${id}`, economy: { ...plain, ...economy }, ...more });
const task = (id: string, points: number, collects: readonly string[] = []): MixActivity => activity(id, { earns: { expected: points, worst: points, often: 'once' }, firstSession: points, collects });
const offer = (ref: string, cost: number, minimum: number, more: Partial<Offer> = {}): Offer => ({ ref, title: { en: ref, 'zh-CN': ref }, kind: 'coupon', cost, faceValue: 200, minimum, remaining: null, ...more });
const CYCLE = [5, 5, 8, 8, 10, 10, 20];
const draw = (more: Partial<NonNullable<ActivityEconomy['draw']>> = {}): NonNullable<ActivityEconomy['draw']> =>
  ({ prizes: [{ kind: 'points', amount: 3, quantity: 60 }, { kind: 'points', amount: 50, quantity: 7 }], blanks: 33, freePerDay: 2, guaranteed: 10, ...more });
const wheel = (more: Partial<NonNullable<ActivityEconomy['draw']>> = {}, extra: Partial<MixActivity> = {}): MixActivity =>
  activity('wheel', { earns: { expected: 3, worst: 50, often: 'per-play', timesPerDay: 2 }, spends: 20, spendsPerDay: 3, continuous: true, firstSession: 8, draw: draw(more) }, { sheet: true, ...extra });

/** The default pack of the design, as the modules describe it: eight activities and rewards. */
const PACK: Mix = {
  now: NOW, currency: 'CNY', promotionAt: null, topHours: [20, 21, 12, 13, 19, 22, 11, 10], members: 100, days: 180, budgets: [], offers: [offer('small', 200, 0), offer('large', 800, 19_900)],
  activities: [task('follow', 50), task('birthday', 60, ['birthday']), task('profile', 60, ['profile']), task('survey', 80, ['survey']),
    activity('check-in', { earns: { expected: 66 / 7, worst: 20, often: 'daily', cycle: CYCLE }, continuous: true, firstSession: 5 }), wheel()],
};
const without = (...ids: readonly string[]): Mix => ({ ...PACK, activities: PACK.activities.filter(({ id }) => !ids.includes(id)) });
const withWheel = (more: Partial<NonNullable<ActivityEconomy['draw']>>, extra: Partial<MixActivity> = {}): Mix => ({ ...without('wheel'), activities: [...without('wheel').activities, wheel(more, extra)] });
const adding = (...more: readonly MixActivity[]): Mix => ({ ...PACK, activities: [...PACK.activities, ...more] });
const forecast = { costShare: 0.02, burnRate: 0.7, worstPoints: 0, worstCost: 50_000 };

/** A mix in which each rule finds something; the activity it is about, if any. */
const BROKEN: Readonly<Record<string, readonly (readonly [mix: Mix, about?: string])[]>> = {
  GX_PLAN_NO_EARNING: [[{ ...PACK, activities: [activity('poll', { collects: ['poll'] }), activity('lottery', { continuous: true })] }]],
  GX_PLAN_NO_SPENDING: [[{ ...without('wheel'), offers: [] }]],
  GX_PLAN_NO_CONTINUOUS: [[without('check-in', 'wheel')]],
  GX_PLAN_NO_COLLECTOR: [[without('birthday', 'profile', 'survey')]],
  GX_PLAN_FIRST_SESSION: [[without('follow', 'birthday', 'profile', 'wheel')], [withWheel({ guaranteed: 0 }, {}).activities.length ? { ...withWheel({ guaranteed: 0 }), activities: withWheel({ guaranteed: 0 }).activities.filter(({ id }) => id !== 'survey') } : PACK]],
  GX_PLAN_FEW_ACTIVITIES: [[without('follow', 'birthday')], [without('follow', 'birthday', 'profile', 'survey')]],
  GX_PLAN_COUPON_LADDER: [[{ ...PACK, offers: [offer('small', 200, 0)] }], [{ ...PACK, offers: [offer('large', 200, 5_000)] }], [{ ...PACK, offers: [offer('mug', 200, 0, { kind: 'product' })] }]],
  GX_PLAN_DECK: [[withWheel({ prizes: [{ kind: 'points', amount: 3, quantity: 0 }] }), 'wheel'], [withWheel({ prizes: [{ kind: 'points', amount: 1.5, quantity: 70 }, { kind: 'points', amount: 9, quantity: 1 }] }), 'wheel'], [withWheel({ prizes: [{ kind: 'coupon-exchange.coupon', amount: 1, quantity: 99 }, { kind: 'points', amount: 9, quantity: 1 }] }), 'wheel']],
  GX_PLAN_NO_SHEET: [[withWheel({}, { sheet: false }), 'wheel']],
  GX_PLAN_RATED_REWARD: [[adding(activity('stars', { dependsOnAnswer: true })), 'stars']],
  GX_PLAN_MONEY_PRIZE: [[withWheel({ prizes: [{ kind: 'pay.red-packet', amount: 1, quantity: 9, ref: 'x' }, { kind: 'points', amount: 9, quantity: 91 }] }), 'wheel']],
  GX_PLAN_WIN_RATE: [[withWheel({ blanks: 100 }), 'wheel']],
  GX_PLAN_ALIKE_PRIZES: [[withWheel({ prizes: [{ kind: 'points', amount: 3, quantity: 60 }, { kind: 'points', amount: 3, quantity: 40 }] }), 'wheel']],
  GX_PLAN_LATE_START: [[{ ...adding(activity('late', {}, { state: 'scheduled', startsAt: NOW + 8 * DAY })), promotionAt: NOW + 14 * DAY }, 'late'], [{ ...adding(activity('late', {}, { state: 'draft', startsAt: null })), promotionAt: NOW + 10 * DAY }, 'late']],
  GX_PLAN_SLOT_HOURS: [[adding(activity('grab', { slotHours: [4, 20] })), 'grab']],
  GX_PLAN_STALE_SURVEY: [[adding({ ...task('poll', 5, ['poll']), startsAt: NOW - 31 * DAY }), 'poll']],
  GX_PLAN_CONTACT: [[{ ...PACK, contact: { planned: 3, allowed: 2 } }]],
  GX_PLAN_WORST_CASE: [[{ ...PACK, budgets: [{ scope: 'shop', unit: 'points', ceiling: 100_000, spent: 0, period: 'total' }] }], [{ ...PACK, budgets: [{ scope: 'check-in', unit: 'points', ceiling: 200_000, spent: 60_000, period: 'total' }] }, 'check-in'], [{ ...PACK, forecast, budgets: [{ scope: 'shop', unit: 'money', ceiling: 40_000, spent: 0, period: 'total' }] }]],
  GX_PLAN_COST_SHARE: [[{ ...PACK, forecast: { ...forecast, costShare: 0.031 } }], [{ ...PACK, forecast: { ...forecast, costShare: 0.2, most: { title: { en: 'Mug', 'zh-CN': '杯子' }, share: 0.5 } } }]],
  GX_PLAN_BURN_RATE: [[{ ...PACK, forecast: { ...forecast, burnRate: 0.49 } }], [{ ...PACK, forecast: { ...forecast, burnRate: 0.86 } }]],
};

describe('plan linter', () => {
  it('passes the default pack by every rule', () => { expect(lint({ ...PACK, forecast })).to.deep.equal([]); });

  it('has a broken mix for every rule', () => { expect(Object.keys(BROKEN).sort()).to.deep.equal(planRules.map(({ code }) => code).sort()); });

  for (const rule of planRules) {
    it(`${rule.code} finds what is broken, says in both languages what to do, and passes what is not`, () => {
      expect(rule.check(PACK)).to.deep.equal([]);
      for (const [mix, about] of BROKEN[rule.code] ?? []) {
        const found = lint(mix, [rule]);
        expect(found, rule.code).to.have.length.greaterThan(0);
        for (const each of found) {
          expect([each.code, each.severity, each.activity]).to.deep.equal([rule.code, rule.severity, about]);
          expect(each.text.en).to.match(/^.{20,}\.$/);
          expect(each.text['zh-CN']).to.match(/\p{Script=Han}.*[。]$/u);
          for (const text of Object.values(each.text)) expect(text).not.to.match(/undefined|NaN|Infinity|\[object/);
        }
      }
    });
  }

  it('counts what has ended no more, and drafts as if they were live', () => {
    const ended = { ...PACK, activities: PACK.activities.map((each) => ({ ...each, state: 'ended' as const })) };
    expect(lint(ended).map(({ code }) => code)).to.include.members(['GX_PLAN_NO_EARNING', 'GX_PLAN_NO_CONTINUOUS', 'GX_PLAN_NO_COLLECTOR']);
    expect(lint({ ...PACK, activities: PACK.activities.map((each) => ({ ...each, state: 'draft' as const })) })).to.deep.equal([]);
  });

  it('accepts a budget that bears the worst case, and a money prize with a budget', () => {
    expect(lint({ ...PACK, budgets: [{ scope: 'shop', unit: 'points', ceiling: 100 * (250 + 1_697) + 60 * 3 + 7 * 50 + 80, spent: 0, period: 'total' }] })).to.deep.equal([]);
    const money = withWheel({ prizes: [{ kind: 'pay.red-packet', amount: 1, quantity: 9, ref: 'x' }, { kind: 'points', amount: 9, quantity: 91 }] });
    expect(lint({ ...money, budgets: [{ scope: 'wheel', unit: 'money', ceiling: 1_000_000, spent: 0, period: 'total' }] })).to.deep.equal([]);
  });

  it('holds a daily budget against what one day can cost', () => {
    const day = (ceiling: number): Mix => ({ ...PACK, budgets: [{ scope: 'check-in', unit: 'points', ceiling, spent: 400, period: 'day' }] });
    expect(lint(day(500))).to.deep.equal([]);
    expect(lint(day(499)).map(({ code, activity: about }) => [code, about])).to.deep.equal([['GX_PLAN_WORST_CASE', 'check-in']]);
    expect(lint({ ...PACK, budgets: [{ scope: 'kind:points', unit: 'points', ceiling: 1, spent: 0, period: 'total' }, { scope: 'shop', unit: 'units', ceiling: 1, spent: 0, period: 'total' }] })).to.deep.equal([]);
  });

  it('keeps to the limits as they are shown', () => {
    expect(lint({ ...PACK, forecast: { ...forecast, costShare: 0.03049, burnRate: 0.8504 } })).to.deep.equal([]);
    expect(lint({ ...PACK, forecast: { ...forecast, costShare: 0.0306, burnRate: 0.4996 } }).map(({ code }) => code)).to.deep.equal(['GX_PLAN_COST_SHARE']);
  });

  it('writes money as the shop does', () => {
    const broken: Mix = { ...PACK, forecast, offers: [offer('small', 200, 0)], budgets: [{ scope: 'shop', unit: 'money', ceiling: 40_000, spent: 0, period: 'total' }] };
    const texts = (currency: string): string => lint({ ...broken, currency }).map(({ text }) => `${text.en} ${text['zh-CN']}`).join(' ');
    expect(texts('CNY')).to.include('¥500 in 180 days').and.include('满 ¥199 减 ¥20');
    expect(texts('USD')).to.include('$400').and.include('$20 off $199').and.not.include('¥');
    expect(texts('JPY'), 'a currency without cents').to.include('50,000').and.include('40,000').and.include('¥20 off ¥199');
  });

  it('refuses whatever earns when all together would break the shop\'s budget, and nothing else', () => {
    const mix: Mix = { ...adding(activity('silent', {})), budgets: [{ scope: 'shop', unit: 'points', ceiling: 1_000, spent: 0, period: 'total' }] };
    expect(blocking(mix, 'check-in').map(({ code }) => code)).to.deep.equal(['GX_PLAN_WORST_CASE']);
    expect(blocking(mix, 'silent')).to.deep.equal([]);
  });

  it('keeps an activity from being published by its own errors only', () => {
    const [broken] = BROKEN['GX_PLAN_MONEY_PRIZE']![0]!;
    const mix = { ...broken, offers: [], activities: broken.activities.filter(({ id }) => id === 'wheel' || id === 'follow') };
    expect(lint(mix).filter(({ severity }) => severity === 'error').map(({ code }) => code)).to.include('GX_PLAN_NO_COLLECTOR');
    expect(blocking(mix, 'wheel').map(({ code }) => code)).to.deep.equal(['GX_PLAN_MONEY_PRIZE']);
    expect(blocking(mix, 'follow')).to.deep.equal([]);
  });
});
