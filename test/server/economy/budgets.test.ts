import { expect } from 'chai';
import fc from 'fast-check';
import { DAY, HOUR, newId, type GrantRequest, type GrantResult, type RewardKind } from '../../../server/plugin-api/index.js';
import type { BudgetDraft } from '../../../server/economy/budgets/budget-view.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

forEachEngine('budgets', (open) => {
  let make: (more?: object) => Economy;
  let e: Economy;
  before(async () => { make = (await openEconomy(open)).shop; });
  beforeEach(() => { e = make({ zone: 'Asia/Shanghai' }); });
  afterEach(() => e.expectSound());

  const draft = (more: Partial<BudgetDraft>): BudgetDraft => ({ scope: 'shop', unit: 'points', ceiling: 100, softPercent: 80, period: 'total', startsAt: 0, useRate: 10_000, unitCost: 0, ...more });
  const give = (person: string, amount: number, more: Partial<GrantRequest> = {}, now = START): Promise<GrantResult> =>
    e.grants.grant(e.at(now), { personId: person, reward: { kind: 'points', amount }, source: 'test.gift', causeRef: 'cause', key: newId(), budgetRef: 'game', ...more });
  const spent = async (now = START): Promise<readonly number[]> => (await e.budgets.list(e.at(now))).map((each) => each.spent);
  const mug = (cost?: number): RewardKind => ({
    // eslint-disable-next-line require-yield
    *issue(_ctx, _request, grantId) { return { mug: grantId }; },
    // eslint-disable-next-line require-yield
    *revoke() { /* a mug has no row */ },
    options: async () => [],
    // eslint-disable-next-line require-yield
    ...(cost === undefined ? {} : { *cost() { return cost; } }),
  });
  const MUG = { kind: 'gifts.mug', amount: 1 };

  it('E30: give the declared substitute from the moment a limit is reached, tell it once, and replay both under their keys', async () => {
    e.grants.registerKind('gifts', 'mug', mug(), { en: 'Mug', 'zh-CN': '杯子' });
    await e.budgets.create(e.at(), draft({ scope: 'kind:gifts.mug', unit: 'units', ceiling: 10, softPercent: 50 }));
    const people = await Promise.all(Array.from({ length: 30 }, () => e.member()));
    const claim = (n: number): Promise<GrantResult> => give(people[n]!, 1, { reward: MUG, fallback: { kind: 'points', amount: 5 }, key: `slot-${n}` });
    const results = await Promise.all(people.map((_, n) => claim(n)));
    expect(results.every((result) => result.ok), 'nobody goes away with nothing').to.equal(true);
    expect(results.filter((result) => result.ok && result.fallback !== true)).to.have.length(10);
    expect(results.filter((result) => result.ok && result.fallback === true && result.reward.kind === 'points' && result.reward.amount === 5)).to.have.length(20);
    const again = await Promise.all(people.map((_, n) => claim(n)));
    expect(again.map((result) => result.ok && [result.grantId, result.fallback, result.replayed])).to.deep.equal(results.map((result) => result.ok && [result.grantId, result.fallback, true]));
    expect((await e.budgets.list(e.at()))[0]).to.deep.include({ spent: 10, level: 'reached' });
    expect(await e.budgets.alarms(e.at())).to.deep.equal({ near: 0, reached: 1 });
    const events = (await e.events()).map(({ name }) => name);
    expect(events.filter((name) => name === 'budget.near')).to.have.length(1);
    expect(events.filter((name) => name === 'budget.reached')).to.have.length(1);
  });

  it('E30: let the shop pay the substitute of an activity whose budget is used up, within the shop\'s own limit', async () => {
    await e.budgets.create(e.at(), draft({ scope: 'game', ceiling: 10 }));
    await e.budgets.create(e.at(), draft({ scope: 'shop', ceiling: 16 }));
    const person = await e.member(), play = (): Promise<GrantResult> => give(person, 10, { fallback: { kind: 'points', amount: 3 } });
    expect((await play()).ok).to.equal(true);
    for (let n = 0; n < 2; n++) expect(await play()).to.deep.include({ ok: true, fallback: true });
    expect(await play()).to.deep.equal({ ok: false, reason: 'budget' });
    expect(await spent()).to.deep.equal([16, 10]);
    expect(await e.balance(person)).to.deep.equal([16, 0, 0]);
  });

  it('refuse honestly where no substitute is declared', async () => {
    await e.budgets.create(e.at(), draft({ scope: 'game', ceiling: 15 }));
    const person = await e.member();
    expect((await give(person, 10)).ok).to.equal(true);
    expect(await give(person, 10)).to.deep.equal({ ok: false, reason: 'budget' });
    expect((await give(person, 5)).ok, 'what still fits is given').to.equal(true);
    expect((await give(person, 10, { budgetRef: 'another-game' })).ok).to.equal(true);
  });

  it('begin anew each business day, week and month, and give back only to the period that was charged', async () => {
    const person = await e.member();
    for (const [period, next] of [['day', DAY], ['week', 7 * DAY], ['month', 31 * DAY]] as const) {
      e = make({ zone: 'Asia/Shanghai' });
      const someone = await e.member();
      await e.budgets.create(e.at(), draft({ period, ceiling: 20 }));
      const first = await give(someone, 20);
      expect(await give(someone, 1), period).to.deep.equal({ ok: false, reason: 'budget' });
      expect((await give(someone, 20, {}, START + next)).ok, period).to.equal(true);
      expect(await spent(START), 'the old period is over').to.deep.equal([0]);
      if (first.ok) await e.grants.reverse(e.at(START + next), first.grantId, 'a mistake');
      expect(await spent(START + next), period).to.deep.equal([20]);
      await e.expectSound();
    }
    expect(await e.balance(person)).to.deep.equal([0, 0, 0]);
  });

  it('count money by what points are worth, by what a plugin says a reward costs, or by the merchant\'s estimate', async () => {
    e.grants.registerKind('gifts', 'mug', mug(700), { en: 'Mug', 'zh-CN': '杯子' });
    e.grants.registerKind('gifts', 'pen', mug(), { en: 'Pen', 'zh-CN': '笔' });
    await e.budgets.create(e.at(), draft({ unit: 'money', ceiling: 10_000, useRate: 5_000, unitCost: 250 }));
    const person = await e.member();
    await give(person, 100);
    expect(await spent(), '100 points are worth 1.00, half is used').to.deep.equal([50]);
    await give(person, 1, { reward: MUG });
    expect(await spent()).to.deep.equal([400]);
    const pen = await give(person, 1, { reward: { kind: 'gifts.pen', amount: 1 } });
    expect(await spent()).to.deep.equal([650]);
    if (pen.ok) await e.grants.reverse(e.at(), pen.grantId, 'x');
    expect(await spent()).to.deep.equal([400]);
    const id = (await e.budgets.list(e.at()))[0]!.id;
    expect(await e.budgets.days(e.at(), id)).to.deep.equal([{ date: '2026-03-01', grants: 3, charged: 650, returned: 250 }]);
    expect(await e.budgets.grants(e.at(), id, '2026-03-01')).to.have.length(3);
  });

  it('limit one reward without its siblings, in each unit, and tell which are used up', async () => {
    e.grants.registerKind('gifts', 'mug', mug(700), { en: 'Mug', 'zh-CN': '杯子' });
    const person = await e.member(), of = (ref: string): Promise<GrantResult> => give(person, 1, { reward: { ...MUG, ref } });
    await e.budgets.create(e.at(), draft({ scope: 'kind:gifts.mug:red', unit: 'units', ceiling: 2 }));
    await e.budgets.create(e.at(), draft({ scope: 'kind:gifts.mug:blue', unit: 'money', ceiling: 800 }));
    await e.budgets.create(e.at(), draft({ scope: 'kind:points', ceiling: 50 }));
    expect([(await of('red')).ok, (await of('red')).ok, (await of('red')).ok]).to.deep.equal([true, true, false]);
    expect([(await of('blue')).ok, (await of('blue')).ok, (await of('green')).ok]).to.deep.equal([true, false, true]);
    expect([(await give(person, 50)).ok, (await give(person, 1)).ok]).to.deep.equal([true, false]);
    expect([...await e.grants.reached(e.at(), ['shop', 'kind:gifts.mug:red', 'kind:gifts.mug:blue', 'kind:gifts.mug:green', 'kind:gifts.mug'])].sort()).to.deep.equal(['kind:gifts.mug:blue', 'kind:gifts.mug:red']);
    expect(await e.budgets.alarms(e.at(), new Set(['kind:points']))).to.deep.equal({ near: 0, reached: 2 });
  });

  it('tell before somebody plays what a paced budget has no room for yet, and no longer once it has', async () => {
    e = make({ zone: 'Asia/Shanghai', dayStartHour: 0 });
    const begin = Date.UTC(2026, 2, 1, 16), noon = begin + 12 * HOUR, person = await e.member(begin - DAY);
    await e.budgets.create(e.at(begin), draft({ scope: 'game', period: 'day', softPercent: 50, paced: true }));
    const told = (now: number, ...amounts: readonly number[]): Promise<readonly string[]> => e.grants.reached(e.at(now), ['shop', 'game', 'kind:points'], amounts.length ? amounts.map((amount) => ({ kind: 'points', amount })) : undefined);
    expect((await give(person, 45, {}, begin)).ok).to.equal(true);
    expect([await told(begin), await told(begin, 5), await told(begin, 5, 6), await told(begin, 6)]).to.deep.equal([[], [], ['game'], ['game']]);
    expect((await give(person, 5, {}, begin)).ok).to.equal(true);
    expect([await told(begin), await told(begin, 1)], 'nothing is left for now').to.deep.equal([['game'], ['game']]);
    expect((await e.budgets.list(e.at(begin)))[0]!.level, 'and nobody is alarmed').to.equal('near');
    expect([await told(noon), await told(noon, 25), await told(noon, 26)]).to.deep.equal([[], [], ['game']]);
    expect(await e.grants.reached(e.at(noon), ['game'], [{ kind: 'none', amount: 0 }]), 'nothing costs nothing').to.deep.equal([]);
    expect([(await give(person, 26, {}, noon)).ok, (await give(person, 25, {}, noon)).ok]).to.deep.equal([false, true]);
  });

  it('tell exactly what a grant would be told, in each unit, of each reward, at each hour', async () => {
    const begin = Date.UTC(2026, 2, 1, 16), small = fc.integer({ min: 1, max: 40 });
    const reward = fc.oneof(small.map((amount) => ({ kind: 'points', amount })), fc.tuple(fc.constantFrom('gifts.mug', 'gifts.pen'), fc.integer({ min: 1, max: 3 }), fc.constantFrom('red', 'blue')).map(([kind, amount, ref]) => ({ kind, amount, ref })));
    const scope = fc.constantFrom('shop', 'game', 'kind:points', 'kind:gifts.mug', 'kind:gifts.mug:red', 'kind:gifts.pen:blue');
    await fc.assert(fc.asyncProperty(scope, fc.constantFrom('points' as const, 'money' as const, 'units' as const), fc.integer({ min: 1, max: 1_500 }), fc.integer({ min: 1, max: 100 }), fc.boolean(), fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 23 }), fc.array(reward, { minLength: 1, maxLength: 3 }), reward,
      async (of, unit, ceiling, softPercent, paced, useRate, unitCost, hour, before, wish) => {
        e = make({ zone: 'Asia/Shanghai', dayStartHour: 0 });
        e.grants.registerKind('gifts', 'mug', mug(700), { en: 'Mug', 'zh-CN': '杯子' });
        e.grants.registerKind('gifts', 'pen', mug(), { en: 'Pen', 'zh-CN': '笔' });
        const now = begin + hour * HOUR, person = await e.member(begin - DAY);
        await e.budgets.create(e.at(begin), draft({ scope: of, unit, ceiling: unit === 'money' ? ceiling : Math.ceil(ceiling / 20), softPercent, paced, period: 'day', useRate, unitCost }));
        for (const each of before) await give(person, 1, { reward: each }, now);
        const told = await e.grants.reached(e.at(now), [of], [wish]), given = await give(person, 1, { reward: wish }, now);
        expect(told).to.deep.equal(given.ok ? [] : [of]);
      }), { numRuns: 40 });
  });

  it('say what could be spent at most within 30 days', async () => {
    e = make({ zone: 'Asia/Shanghai' });
    for (const [scope, period] of [['a', 'total'], ['b', 'day'], ['c', 'week'], ['d', 'month']] as const) await e.budgets.create(e.at(), draft({ scope, period, ceiling: 100 }));
    const worst = async (at: number): Promise<readonly number[]> => (await e.budgets.list(e.at(at))).map(({ worst30 }) => worst30);
    expect(await worst(START)).to.deep.equal([100, 3_100, 600, 100]);
    expect(await worst(Date.UTC(2027, 0, 31, 4)), 'January, February and March').to.deep.equal([100, 3_100, 600, 300]);
  });

  it('spread what is left over the rest of a day, week or month once they warn, also on a day of 23 hours', async () => {
    const HALF = { 'Asia/Shanghai': { day: [Date.UTC(2026, 2, 1, 16), 12 * HOUR], week: [Date.UTC(2026, 2, 1, 16), 3.5 * DAY], month: [Date.UTC(2026, 3, 30, 16), 15.5 * DAY] }, 'Europe/Berlin': { day: [Date.UTC(2026, 2, 28, 23), 11.5 * HOUR] } } as const;
    for (const [zone, periods] of Object.entries(HALF)) {
      for (const [period, [begin, half]] of Object.entries(periods) as [BudgetDraft['period'], readonly [number, number]][]) {
        e = make({ zone, dayStartHour: 0 });
        const person = await e.member(begin - DAY), at = (share: number): number => begin + Math.ceil(2 * half * share);
        const id = await e.budgets.create(e.at(begin), draft({ period, softPercent: 50, paced: true }));
        const given = async (amount: number, now: number, more: Partial<GrantRequest> = {}): Promise<boolean> => { const result = await give(person, amount, more, now); return result.ok && result.fallback !== true; };
        const seen = async (now: number) => { const { spent: used, room, level, paced } = (await e.budgets.list(e.at(now)))[0]!; return { used, room, level, paced }; };
        expect(await seen(begin), `${period} in ${zone}`).to.deep.equal({ used: 0, room: 50, level: 'fine', paced: true });
        expect([await given(49, begin), await given(2, begin), await given(1, begin)]).to.deep.equal([true, false, true]);
        expect(await given(1, begin), 'the rest waits').to.equal(false);
        expect(await seen(at(0.5))).to.deep.equal({ used: 50, room: 25, level: 'near', paced: true });
        expect([await given(26, at(0.5)), await given(25, at(0.5)), await given(1, at(0.5))]).to.deep.equal([false, true, false]);
        expect(await give(person, 9, { fallback: { kind: 'none', amount: 0 } }, at(0.5)), 'as at a limit').to.deep.include({ ok: true, fallback: true });
        expect((await seen(at(0.5))).level, 'slowed is not used up').to.equal('near');
        expect([await given(15, at(0.8)), await given(1, at(0.8)), await given(10, at(1) + 1), await given(41, at(1) + 1)]).to.deep.equal([true, false, true, false]);
        await e.budgets.update(e.at(at(1) + 1), id, { ceiling: 100, softPercent: 50, paced: false, startsAt: 0, useRate: 10_000, unitCost: 0 });
        expect((await e.budgets.list(e.at(at(1) + 1)))[0]!.paced).to.equal(false);
        expect((await e.events()).filter(({ name }) => name === 'budget.reached')).to.have.length(0);
        await e.expectSound();
      }
    }
  });

  it('go on with the period that has begun when the clock is set back', async () => {
    const id = await e.budgets.create(e.at(), draft({ period: 'day', ceiling: 20 })), person = await e.member();
    const rules = { ceiling: 30, softPercent: 80, startsAt: 0, useRate: 10_000, unitCost: 0 };
    expect([(await give(person, 15)).ok, (await give(person, 12, {}, START + DAY)).ok, (await give(person, 9, {}, START)).ok, (await give(person, 8, {}, START)).ok]).to.deep.equal([true, true, false, true]);
    expect(await spent(START + DAY)).to.deep.equal([20]);
    await e.budgets.update(e.at(START), id, rules);
    expect(await spent(START + DAY)).to.deep.equal([20]);
    expect((await give(person, 30, {}, START + 2 * DAY)).ok).to.equal(true);
  });

  it('do not limit before they start or while paused, and never fall below what is spent', async () => {
    const person = await e.member();
    const id = await e.budgets.create(e.at(), draft({ ceiling: 10, startsAt: START + DAY }));
    expect((await give(person, 50)).ok).to.equal(true);
    expect((await give(person, 50, {}, START + DAY)).ok).to.equal(false);
    await e.budgets.setState(e.at(), id, 'paused');
    expect((await give(person, 50, {}, START + DAY)).ok).to.equal(true);
    await e.budgets.setState(e.at(), id, 'active');
    expect((await give(person, 9, {}, START + DAY)).ok).to.equal(true);
    const rules = { ceiling: 8, softPercent: 80, startsAt: 0, useRate: 10_000, unitCost: 0 };
    await e.budgets.update(e.at(START + DAY), id, rules).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_BUDGET_BELOW_SPENT'));
    await e.budgets.update(e.at(START + DAY), id, { ...rules, ceiling: 20 });
    expect((await give(person, 11, {}, START + DAY)).ok).to.equal(true);
    await e.budgets.create(e.at(), draft({})).then(() => expect.fail('accepted'), (error: { code: string }) => expect(error.code).to.equal('GX_BUDGET_EXISTS'));
  });
});
