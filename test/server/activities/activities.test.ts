import { expect } from 'chai';
import { ActivitiesService } from '../../../server/activities/activities.service.js';
import { activitiesOf } from '../../../server/activities/plugin-activities.js';
import { SettlementService } from '../../../server/activities/settling/settlement.service.js';
import { ACTIVITY_STATES, DAY, GxError, HOUR, sql, statement, z, type Activity, type ActivityAction, type ActivityState } from '../../../server/plugin-api/index.js';
import { AuditService } from '../../../server/privacy/audit.service.js';
import { onBothEngines, START } from '../events/bench.js';

const TYPE = 'games.wheel';
const config = z.strictObject({ prizes: z.array(z.strictObject({ name: z.string().min(1), stock: z.number().int().min(0) })).min(1) });
const good = { prizes: [{ name: 'Tea', stock: 3 }] };
const NOTE = statement(`INSERT INTO outbox_event (shop_id, id, name, payload, occurred_at, created_at, state, run_at, attempts) VALUES (:shop, :id, 'deck.built', '{}', 0, 0, 'waiting', 0, 0)`);
const NOTES = statement('SELECT id FROM outbox_event WHERE shop_id = :shop');

onBothEngines('activities', 'apart', (bench) => {
  let refuse = false;
  const make = (): ActivitiesService => {
    refuse = false;
    const activities = new ActivitiesService(bench().store, new AuditService(bench().store));
    activities.registerType('games', 'wheel', { config, publish: function* (_ctx, activity) {
      yield* sql.run(NOTE, { id: activity.id });
      if (refuse) throw new GxError('GX_DECK', 422, 'Stock and weights do not agree.');
    } }, { en: 'Wheel', 'zh-CN': '大转盘' });
    return activities;
  };
  const failure = async (work: () => Promise<unknown>): Promise<GxError> => { try { await work(); } catch (error) { return error as GxError; } throw new Error('It was not refused.'); };
  const draft = (more: object = {}) => ({ type: TYPE, title: 'Spring wheel', config: good, startsAt: START + HOUR, endsAt: START + DAY, ...more });
  const at = (time: number): void => bench().clock.set(time);

  /** Brings a new activity into a state. */
  const reach = async (activities: ActivitiesService, state: ActivityState): Promise<Activity> => {
    const { id } = await activities.create(bench().ctx(), draft());
    if (state === 'checked') await activities.transition(bench().ctx(), id, 'check');
    else if (state !== 'draft') await activities.transition(bench().ctx(), id, 'publish');
    if (state === 'live' || state === 'paused') at(START + 2 * HOUR);
    if (state === 'paused') await activities.transition(bench().ctx(), id, 'pause');
    if (state === 'ended' || state === 'settled' || state === 'archived') await activities.transition(bench().ctx(), id, 'end');
    if (state === 'settled' || state === 'archived') await activities.transition(bench().ctx(), id, 'settle');
    if (state === 'archived') await activities.transition(bench().ctx(), id, 'archive');
    const activity = await activities.get<Activity['config']>(bench().ctx(), id);
    expect(activity?.state).to.equal(state);
    return activity!;
  };

  const table: Readonly<Record<ActivityState, Readonly<Record<ActivityAction | 'edit' | 'remove' | 'duplicate', ActivityState | string>>>> = {
    draft: { check: 'checked', publish: 'scheduled', pause: 'GX_ACTIVITY_STATE', resume: 'GX_ACTIVITY_STATE', end: 'GX_ACTIVITY_STATE', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'draft', remove: 'gone', duplicate: 'draft' },
    checked: { check: 'GX_ACTIVITY_STATE', publish: 'scheduled', pause: 'GX_ACTIVITY_STATE', resume: 'GX_ACTIVITY_STATE', end: 'GX_ACTIVITY_STATE', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'draft', remove: 'gone', duplicate: 'draft' },
    scheduled: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'paused', resume: 'GX_ACTIVITY_STATE', end: 'ended', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
    live: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'paused', resume: 'GX_ACTIVITY_STATE', end: 'ended', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
    paused: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'GX_ACTIVITY_STATE', resume: 'live', end: 'ended', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
    ended: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'GX_ACTIVITY_STATE', resume: 'GX_ACTIVITY_STATE', end: 'GX_ACTIVITY_STATE', settle: 'settled', archive: 'GX_ACTIVITY_STATE', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
    settled: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'GX_ACTIVITY_STATE', resume: 'GX_ACTIVITY_STATE', end: 'GX_ACTIVITY_STATE', settle: 'GX_ACTIVITY_STATE', archive: 'archived', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
    archived: { check: 'GX_ACTIVITY_STATE', publish: 'GX_ACTIVITY_STATE', pause: 'GX_ACTIVITY_STATE', resume: 'GX_ACTIVITY_STATE', end: 'GX_ACTIVITY_STATE', settle: 'GX_ACTIVITY_STATE', archive: 'GX_ACTIVITY_STATE', edit: 'GX_ACTIVITY_FROZEN', remove: 'GX_ACTIVITY_FROZEN', duplicate: 'draft' },
  };
  for (const [state, actions] of Object.entries(table)) {
    for (const [action, expected] of Object.entries(actions)) {
      it(`${state} + ${action} → ${expected}`, async () => {
        const activities = make();
        const before = await reach(activities, state as ActivityState);
        const act = async (): Promise<string> => {
          if (action === 'remove') { await activities.remove(bench().ctx(), before.id); return (await activities.get(bench().ctx(), before.id)) ? 'kept' : 'gone'; }
          if (action === 'duplicate') return (await activities.duplicate(bench().ctx(), before.id)).state;
          if (action === 'edit') return (await activities.update(bench().ctx(), before.id, { title: 'Other' })).state;
          return (await activities.transition(bench().ctx(), before.id, action as ActivityAction)).state;
        };
        if (!expected.startsWith('GX_')) { expect(await act()).to.equal(expected); return; }
        const error = await failure(act);
        expect([error.code, error.status]).to.deep.equal([expected, 409]);
        expect(await activities.get(bench().ctx(), before.id)).to.deep.equal(before);
      });
    }
  }

  it('never gets past the check, whatever is tried in whatever order', async () => {
    const actions: readonly ActivityAction[] = ['check', 'publish', 'pause', 'resume', 'end', 'settle', 'archive'];
    let seed = 20_260_302;
    const random = (below: number): number => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor(seed / 65_536) % below; };
    const order = new Map(ACTIVITY_STATES.map((state, place) => [state, place]));
    for (let history = 0; history < 40; history++) {
      const activities = make();
      const asked: string[] = [];
      let may = false;
      activities.guardWith((_ctx, asks) => { asked.push(asks); return Promise.resolve(may ? [] : [{ code: 'GX_PLAN_DECK', text: { en: 'No.', 'zh-CN': '不行。' } }]); });
      at(START);
      const { id } = await activities.create(bench().ctx(), draft());
      let before: ActivityState = 'draft';
      for (let step = 0; step < 12; step++) {
        may = random(3) > 0;
        if (random(4) === 0) at(Math.min(bench().clock.now() + random(3 * HOUR), START + 2 * DAY));
        if (random(6) === 0) await activities.update(bench().ctx(), id, { title: `Wheel ${step}` }).catch((error: unknown) => { expect((error as GxError).code).to.equal('GX_ACTIVITY_FROZEN'); });
        before = (await activities.get(bench().ctx(), id))!.state;
        asked.length = 0;
        const after = await activities.transition(bench().ctx(), id, actions[random(actions.length)]!).then(({ state }) => state, (error: unknown) => { expect(error).to.be.instanceOf(GxError); return before; });
        if (after === before) continue;
        if (order.get(before)! <= 1) expect([asked, may], `${before} → ${after}`).to.deep.equal([[id], true]);
        const pair = [before, after].filter((state) => state === 'paused' || state === 'live' || state === 'scheduled');
        expect(pair.length === 2 || order.get(after)! > order.get(before)!, `${before} → ${after}`).to.equal(true);
      }
    }
  });

  it('goes live and ends by its dates alone', async () => {
    const activities = make();
    const { id } = await reach(activities, 'scheduled');
    const live = () => bench().store.hot(bench().ctx(), 'x', (ctx) => activities.steps.live<typeof good>(ctx, id));
    for (const [time, state] of [[START, 'scheduled'], [START + HOUR - 1, 'scheduled'], [START + HOUR, 'live'], [START + DAY - 1, 'live'], [START + DAY, 'ended']] as const) {
      at(time);
      expect((await activities.get(bench().ctx(), id))?.state).to.equal(state);
      expect((await live())?.config).to.deep.equal(state === 'live' ? good : undefined);
      for (const wanted of ['scheduled', 'live', 'ended'] as const) expect(await activities.list(bench().ctx(), { type: TYPE, state: wanted })).to.have.length(wanted === state ? 1 : 0);
    }
  });

  it('is not live while paused, and a pause does not outlast the end', async () => {
    const activities = make();
    const { id } = await reach(activities, 'paused');
    expect(await bench().store.hot(bench().ctx(), 'x', (ctx) => activities.steps.live(ctx, id))).to.equal(undefined);
    at(START + DAY);
    expect((await activities.get(bench().ctx(), id))?.state).to.equal('ended');
    expect((await failure(() => activities.transition(bench().ctx(), id, 'resume'))).code).to.equal('GX_ACTIVITY_STATE');
  });

  it('starts at once when it has no start, and runs until ended when it has no end', async () => {
    const activities = make();
    const { id } = await activities.create(bench().ctx(), draft({ startsAt: null, endsAt: null }));
    const published = await activities.transition(bench().ctx(), id, 'publish');
    expect(published).to.deep.include({ state: 'live', startsAt: START, endsAt: null, version: 2 });
    at(START + 900 * DAY);
    expect(await activities.transition(bench().ctx(), id, 'end')).to.deep.include({ state: 'ended', endsAt: START + 900 * DAY });
  });

  const bad: readonly (readonly [string, object, string])[] = [
    ['an unknown type', { type: 'games.nothing' }, 'type'], ['an empty title', { title: '  ' }, 'title'], ['a long title', { title: 'x'.repeat(201) }, 'title'],
    ['an end at the start', { endsAt: START + HOUR }, 'endsAt'], ['an end before the start', { endsAt: START }, 'endsAt'], ['half a millisecond', { startsAt: 0.5 }, 'startsAt'],
    ['no prizes', { config: { prizes: [] } }, 'config.prizes'], ['negative stock', { config: { prizes: [{ name: 'a', stock: -1 }] } }, 'config.prizes.0.stock'], ['no config', { config: null }, 'config'],
  ];
  for (const [what, change, field] of bad) {
    it(`refuses ${what}, naming ${field}`, async () => {
      const activities = make();
      const error = await failure(() => activities.create(bench().ctx(), draft(change)));
      expect([error.code, error.status]).to.deep.equal(['GX_INVALID', 422]);
      expect(Object.keys(error.details?.['fields'] as object)).to.deep.equal([field]);
      expect(await activities.list(bench().ctx())).to.deep.equal([]);
      if ('type' in change) return;
      const { id } = await activities.create(bench().ctx(), draft());
      expect((await failure(() => activities.update(bench().ctx(), id, change))).code).to.equal('GX_INVALID');
    });
  }

  it('says what is wrong in the merchant’s language', async () => {
    const activities = make();
    const error = await failure(() => activities.create({ ...bench().ctx(), locale: 'zh-CN' }, draft({ title: '', config: { prizes: [] } })));
    expect(Object.values(error.details?.['fields'] as Record<string, string>).every((text) => /\p{Script=Han}/u.test(text))).to.equal(true);
  });

  it('refuses to publish what is already over', async () => {
    const activities = make();
    const { id } = await activities.create(bench().ctx(), draft());
    at(START + 2 * DAY);
    expect((await failure(() => activities.transition(bench().ctx(), id, 'publish'))).details).to.have.nested.property('fields.endsAt');
  });

  it('publishes wholly or not at all', async () => {
    const activities = make();
    const { id } = await activities.create(bench().ctx(), draft());
    refuse = true;
    expect((await failure(() => activities.transition(bench().ctx(), id, 'publish'))).code).to.equal('GX_DECK');
    expect(await activities.get(bench().ctx(), id)).to.deep.include({ state: 'draft', version: 1 });
    expect(await bench().store.read(bench().ctx(), (q) => q.many(NOTES))).to.deep.equal([]);
    refuse = false;
    await activities.transition(bench().ctx(), id, 'publish');
    expect(await bench().store.read(bench().ctx(), (q) => q.many(NOTES))).to.have.length(1);
  });

  it('keeps every change since publication as a version and in the audit', async () => {
    const activities = make();
    const { id } = await reach(activities, 'paused');
    await activities.transition(bench().ctx(), id, 'resume');
    const versions = await activities.versions(bench().ctx(), id);
    expect(versions.map((version) => [version.version, version.change, version.actor])).to.deep.equal([[4, 'resume', 'staff:Lin'], [3, 'pause', 'staff:Lin'], [2, 'publish', 'staff:Lin']]);
    expect(new Set(versions.map((version) => version.rulesHash)).size, 'the rules are the same all along').to.equal(1);
    const audit = new AuditService(bench().store);
    expect((await audit.list(bench().ctx(), {}, { target: `activity:${id}` })).items.map((entry) => entry.action)).to.deep.equal(['activity.resume', 'activity.pause', 'activity.publish', 'activity.create']);
  });

  it('settles the others while one cannot be settled yet, and that one later', async () => {
    const activities = make();
    let failing: GxError | undefined = new GxError('GX_PAYING', 409, 'Prizes are still being given.');
    activities.registerType('games', 'contest', { config, settle: function* () {
      yield* sql.many(NOTES);
      if (failing) throw failing;
      return [{ name: 'winners', label: { en: 'Winners', 'zh-CN': '获奖人数' }, value: 1, text: { en: 'one', 'zh-CN': '一' }, public: true }];
    } }, { en: 'Contest', 'zh-CN': '竞猜' });
    const ids: string[] = [];
    for (const type of ['games.contest', TYPE]) {
      const { id } = await activities.create(bench().ctx(), draft({ type }));
      await activities.transition(bench().ctx(), id, 'publish');
      ids.push(id);
    }
    at(START + 2 * DAY);
    const settlements = new SettlementService(bench().store, activities);
    const states = async (): Promise<unknown[]> => Promise.all(ids.map(async (id) => (await activities.get(bench().ctx(), id))?.state));
    await settlements.settleDue(bench().ctx());
    expect(await states()).to.deep.equal(['ended', 'settled']);
    failing = new GxError('GX_BROKEN', 500, 'It does not count.');
    expect((await failure(() => settlements.settleDue(bench().ctx()))).code, 'anything else is told').to.equal('GX_BROKEN');
    failing = undefined;
    await settlements.settleDue(bench().ctx());
    expect(await states()).to.deep.equal(['settled', 'settled']);
    expect((await settlements.of(bench().ctx(), ids[0]!))?.figures[0]).to.deep.include({ public: true, text: { en: 'one', 'zh-CN': '一' } });
  });

  it('lets one of two editors win and tells the other', async () => {
    const activities = make();
    const { id } = await activities.create(bench().ctx(), draft());
    const answers = await Promise.allSettled(['publish', 'publish'].map(() => activities.transition(bench().ctx(), id, 'publish')));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).to.have.length(1);
    expect((await activities.get(bench().ctx(), id))?.version).to.equal(2);
  });

  it('shows nothing of one shop to another, nor of one plugin to another', async () => {
    const activities = make();
    const { id } = await reach(activities, 'live');
    expect(await activities.get(bench().ctx(2), id)).to.equal(undefined);
    expect(await activities.list(bench().ctx(2))).to.deep.equal([]);
    expect((await failure(() => activities.transition(bench().ctx(2), id, 'end'))).code).to.equal('GX_NOT_FOUND');
    const mine = activitiesOf('games', activities, bench().store);
    const theirs = activitiesOf('surveys', activities, bench().store);
    expect(await mine.list(bench().ctx(), {})).to.have.length(1);
    expect(await theirs.list(bench().ctx(), {})).to.deep.equal([]);
    expect(await theirs.get(bench().ctx(), id)).to.equal(undefined);
    expect(await bench().store.hot(bench().ctx(), 'x', (ctx) => theirs.steps.live(ctx, id))).to.equal(undefined);
    expect((await failure(() => theirs.transition(bench().ctx(), id, 'end'))).code).to.equal('GX_NOT_FOUND');
    expect((await failure(() => theirs.create(bench().ctx(), draft()))).code).to.equal('GX_INVALID');
  });
});
