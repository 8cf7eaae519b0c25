import { expect } from 'chai';
import type { JobDefinition } from '../../../server/jobs/jobs.js';
import { SchedulerService } from '../../../server/jobs/scheduler.service.js';
import { DAY, HOUR, MINUTE, type ShopContext } from '../../../server/plugin-api/index.js';
import { onBothEngines, START } from '../events/bench.js';

onBothEngines('scheduler', 'wiped', (bench) => {
  const stops: (() => void)[] = [];
  afterEach(() => { for (const stop of stops.splice(0)) stop(); });
  const make = (): SchedulerService => new SchedulerService(bench().store, bench().clock, async () => bench().shops, bench().contextFor, { systemTime: bench().systemTime, pollMs: 50 });
  const job = (name: string, schedule: string, run: (ctx: ShopContext, signal: AbortSignal) => Promise<void>, more: Partial<JobDefinition> = {}): JobDefinition =>
    ({ owner: 'core', name, schedule, run, enabled: (shopId) => shopId === 1, ...more });
  const advance = async (to: number): Promise<void> => { bench().clock.set(to); };
  const clock = (at: number): string => new Date(at).toISOString().slice(5, 16);

  it('runs a job when its time has come, and not before', async () => {
    const scheduler = make();
    const at: string[] = [];
    scheduler.register(job('hourly', '0 * * * *', async (ctx) => { at.push(clock(ctx.now)); }));
    expect(await scheduler.runDue(START)).to.equal(0);
    bench().clock.set(START + HOUR + MINUTE);
    expect(await scheduler.runDue(bench().clock.now())).to.equal(1);
    expect(await scheduler.runDue(bench().clock.now())).to.equal(0);
    expect(at).to.deep.equal(['03-02T05:01']);
  });

  it('collapses missed runs to one', async () => {
    const scheduler = make();
    let runs = 0;
    scheduler.register(job('hourly', '0 * * * *', async () => { runs += 1; }));
    await scheduler.runDue(START);
    bench().clock.set(START + 3 * DAY);
    await scheduler.runDue(bench().clock.now());
    expect(runs).to.equal(1);
  });

  it('travels through time in order, seeing each due time on the clock', async () => {
    const scheduler = make();
    const seen: string[] = [];
    const note = (name: string) => async (ctx: ShopContext): Promise<void> => { seen.push(`${name} ${clock(ctx.now)}`); };
    scheduler.register(job('six', '0 */6 * * *', note('six')));
    scheduler.register(job('night', '0 3 * * *', note('night')));
    scheduler.register(job('half', '30 12 * * *', note('half')));
    expect(await scheduler.runDue(START + DAY, advance)).to.equal(6);
    expect(seen).to.deep.equal(['half 03-02T04:30', 'six 03-02T10:00', 'six 03-02T16:00', 'night 03-02T19:00', 'six 03-02T22:00', 'six 03-03T04:00']);
    expect(bench().clock.now()).to.equal(START + DAY);
  });

  it('keeps each shop in its own zone', async () => {
    const scheduler = make();
    const seen: string[] = [];
    scheduler.register(job('night', '0 3 * * *', async (ctx) => { seen.push(`${ctx.shop.id} ${clock(ctx.now)}`); }, { enabled: () => true }));
    await scheduler.runDue(START + DAY, advance);
    expect(seen).to.deep.equal(['2 03-02T08:00', '1 03-02T19:00', '3 03-03T02:00']);
  });

  it('never runs one due time twice on several nodes', async () => {
    const runs: string[] = [];
    const nodes = [make(), make(), make()];
    for (const node of nodes) node.register(job('hourly', '0 * * * *', async (ctx) => { runs.push(`${ctx.shop.id}`); await new Promise((resolve) => setTimeout(resolve, 10)); }, { enabled: () => true }));
    for (const node of nodes) await node.runDue(START);
    bench().clock.set(START + HOUR);
    const made = await Promise.all(nodes.map((node) => node.runDue(bench().clock.now())));
    expect(made.reduce((sum, count) => sum + count, 0)).to.equal(3);
    expect(runs.toSorted()).to.deep.equal(['1', '2', '3']);
  });

  it('runs again what a dead process had begun, once its lease is over', async () => {
    const first = make();
    let began = (): void => undefined;
    const started = new Promise<void>((resolve) => { began = resolve; });
    first.register(job('hourly', '0 * * * *', () => new Promise<void>((resolve) => { stops.push(resolve); began(); })));
    await first.runDue(START);
    bench().clock.set(START + HOUR);
    const abandoned = first.runDue(bench().clock.now());
    await started;
    const second = make();
    let runs = 0;
    second.register(job('hourly', '0 * * * *', async () => { runs += 1; }));
    expect(await second.runDue(bench().clock.now())).to.equal(0);
    bench().systemOffset += 91_000;
    expect(await second.runDue(bench().clock.now())).to.equal(1);
    expect(runs).to.equal(1);
    for (const stop of stops.splice(0)) stop();
    await abandoned;
  });

  it('stops a job that hangs, notes failures and goes on', async () => {
    const scheduler = make();
    let aborted = false;
    scheduler.register(job('hangs', '0 * * * *', (_ctx, signal) => new Promise<void>((resolve) => { stops.push(resolve); signal.addEventListener('abort', () => { aborted = true; }); }), { timeoutMs: 60 }));
    scheduler.register(job('throws', '0 * * * *', async () => { throw new Error('broken'); }));
    scheduler.register(job('works', '0 * * * *', async () => undefined));
    await scheduler.runDue(START);
    bench().clock.set(START + HOUR);
    expect(await scheduler.runDue(bench().clock.now())).to.equal(3);
    expect(aborted).to.equal(true);
    const history = await scheduler.history(bench().ctx());
    expect(history.map((run) => [run.name, run.ok]).toSorted()).to.deep.equal([['hangs', false], ['throws', false], ['works', true]]);
    expect(history.find((run) => run.name === 'throws')?.error).to.equal('Error: broken');
    expect(await scheduler.history(bench().ctx(2))).to.deep.equal([]);
    bench().clock.set(START + 2 * HOUR);
    expect(await scheduler.runDue(bench().clock.now())).to.equal(3);
  });

  it('keeps the last fifty runs of a job', async () => {
    const scheduler = make();
    scheduler.register(job('each-minute', '* * * * *', async () => undefined));
    expect(await scheduler.runDue(START + HOUR, advance)).to.equal(60);
    const history = await scheduler.history(bench().ctx(), 'core');
    expect(history).to.have.length(50);
    expect(history[0]?.startedAt).to.equal(START + HOUR);
    expect(await scheduler.history(bench().ctx(), 'other')).to.deep.equal([]);
  });

  it('lets a frequent job rest on a long way, never longer than twelve hours, and misses no day of a daily one', async () => {
    const scheduler = make();
    const frequent: number[] = [], daily: string[] = [];
    scheduler.register(job('frequent', '*/5 * * * *', async (ctx) => { frequent.push(ctx.now); }));
    scheduler.register(job('daily', '0 3 * * *', async (ctx) => { daily.push(clock(ctx.now)); }));
    const end = START + 14 * 24 * HOUR;
    await scheduler.runDue(end, advance);
    expect(frequent.length).to.be.within(28, 60);
    expect(Math.max(...frequent.map((at, n) => at - (frequent[n - 1] ?? START)))).to.be.at.most(12 * HOUR);
    expect(frequent.at(-1)).to.equal(end);
    expect(daily).to.have.length(14);
    expect(new Set(daily.map((at) => at.slice(0, at.indexOf('T')))).size).to.equal(14);
  });

  it('takes a changed schedule from now on', async () => {
    const before = make();
    before.register(job('x', '0 3 * * *', async () => undefined));
    await before.runDue(START);
    const after = make();
    const seen: string[] = [];
    after.register(job('x', '0 * * * *', async (ctx) => { seen.push(clock(ctx.now)); }));
    await after.runDue(START + 2 * HOUR, advance);
    expect(seen).to.deep.equal(['03-02T05:00', '03-02T06:00']);
  });

  it('wraps runs, forgets unregistered owners and refuses a name twice', async () => {
    const scheduler = make();
    const seen: string[] = [];
    const wrapped = job('x', '0 * * * *', async () => { seen.push('run'); }, { around: async (_ctx, name, run) => { seen.push(`in ${name}`); await run({ signal: AbortSignal.timeout(1_000) }); seen.push('out'); } });
    scheduler.register(wrapped);
    expect(() => scheduler.register(wrapped)).to.throw().with.property('code', 'GX_JOB_TAKEN');
    await scheduler.runDue(START + HOUR, advance);
    expect(seen).to.deep.equal(['in x', 'run', 'out']);
    scheduler.unregister('core');
    expect(await scheduler.runDue(START + DAY, advance)).to.equal(0);
  });

  it('runs by itself once started', async () => {
    const scheduler = make();
    const done = new Promise<void>((resolve) => { scheduler.register(job('hourly', '0 * * * *', async () => { resolve(); })); });
    await scheduler.runDue(START);
    scheduler.start();
    bench().clock.set(START + HOUR);
    await done;
    await scheduler.stop();
    expect(await scheduler.history(bench().ctx())).to.have.length(1);
  });
});
