import Database from 'better-sqlite3';
import pg from 'pg';
import type { DataLocation } from '../../server/data/data-store.js';
import { migrate } from '../../server/data/migrate.js';
import { openDataStore } from '../../server/data/open-data-store.js';
import { migrations } from '../../server/data/schema.js';
import { integer, migration, sql, statement, text, type ShopContext, type Unit } from '../../server/plugin-api/index.js';
import { createLocation, engines, stopCluster, testContext } from '../kit/databases.js';
import { tell } from './verdict.js';

/**
 * The hot door against a bare loop that runs the same statements with the same batching and the same durability: a redemption of a quota
 * row, a stock row, a ledger row, a draw and an outbox row, 64 at a time.
 */
const CALLERS = 64;
const ROUNDS = 5;
const UNITS = { sqlite: 6_000, postgres: 1_500 };

const tables = migration('CreateBench', 1763800097001, {
  up: async (m) => {
    await m.createTable('b_quota', { key: ['member'], bare: true, columns: { member: text(), used: integer() } });
    await m.createTable('b_stock', { key: ['prize'], bare: true, columns: { prize: text(), remaining: integer() } });
    await m.createTable('b_ledger', { key: ['ref'], bare: true, columns: { ref: text(), member: text(), delta: integer(), at: integer() } });
    await m.createTable('b_draw', { key: ['ref'], bare: true, columns: { ref: text(), member: text(), prize: text(), at: integer() } });
    await m.createTable('b_outbox', { key: ['ref'], bare: true, columns: { ref: text(), name: text(), payload: text(), at: integer() } });
    await m.run("INSERT INTO b_stock VALUES (1, 'wheel', 1000000000)");
  },
  down: async () => {},
});

const TEXTS = {
  quota: 'INSERT INTO b_quota (shop_id, member, used) VALUES (:shop, :member, 1) ON CONFLICT (shop_id, member) DO UPDATE SET used = b_quota.used + 1 WHERE b_quota.used < 1000000 RETURNING used',
  stock: "UPDATE b_stock SET remaining = remaining - 1 WHERE shop_id = :shop AND prize = 'wheel' AND remaining > 0 RETURNING remaining",
  ledger: 'INSERT INTO b_ledger (shop_id, ref, member, delta, at) VALUES (:shop, :ref, :member, :delta, :at)',
  draw: "INSERT INTO b_draw (shop_id, ref, member, prize, at) VALUES (:shop, :ref, :member, 'wheel', :at)",
  outbox: "INSERT INTO b_outbox (shop_id, ref, name, payload, at) VALUES (:shop, :ref, 'draw.won', :payload, :at)",
};
const S = { quota: statement<{ used: number }>(TEXTS.quota), stock: statement<{ remaining: number }>(TEXTS.stock), ledger: statement(TEXTS.ledger), draw: statement(TEXTS.draw), outbox: statement(TEXTS.outbox) };
const AT = 1_763_800_000_000;

function* redeem(ref: string, member: string): Unit<number> {
  if (!(yield* sql.one(S.quota, { member }))) throw new Error('limit');
  const stock = yield* sql.one(S.stock);
  if (!stock) throw new Error('sold out');
  yield* sql.run(S.ledger, { ref, member, delta: -10, at: AT });
  yield* sql.run(S.draw, { ref, member, at: AT });
  yield* sql.run(S.outbox, { ref, payload: JSON.stringify({ ref, member }), at: AT });
  return stock.remaining;
}

type Work = (ref: string, member: string) => Promise<unknown>;

interface Measure { readonly perSecond: number; /** CPU of this process per unit, in µs: holds on a busy machine, too. */ readonly cpu: number }

/** 64 callers that each wait for their answer. */
async function measure(prefix: string, total: number, work: Work): Promise<Measure> {
  let next = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: CALLERS }, async () => { while (next < total) { const n = next++; await work(`${prefix}-${n}`, `m${n % 1_000}`); } }));
  const { user, system } = process.cpuUsage(before);
  return { perSecond: total / ((performance.now() - started) / 1_000), cpu: (user + system) / total };
}

interface Waiting { readonly ref: string; readonly member: string; readonly resolve: (n: unknown) => void; readonly reject: (error: unknown) => void }

function bareSqlite(file: string): { work: Work; close(): Promise<void> } {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  const prepare = (text_: string) => db.prepare(text_.replaceAll(':shop', '1').replace(/:(\w+)/g, '?'));
  const [quota, stock, ledger, draw, outbox] = [prepare(TEXTS.quota), prepare(TEXTS.stock), prepare(TEXTS.ledger), prepare(TEXTS.draw), prepare(TEXTS.outbox)];
  const [begin, commit, mark, release, undo] = ['BEGIN IMMEDIATE', 'COMMIT', 'SAVEPOINT s', 'RELEASE s', 'ROLLBACK TO s'].map((text_) => db.prepare(text_));
  const one = ({ ref, member }: Waiting): unknown => {
    if (!quota.get(member)) throw new Error('limit');
    const left = stock.get() as { remaining: number } | undefined;
    if (!left) throw new Error('sold out');
    ledger.run(ref, member, -10, AT);
    draw.run(ref, member, AT);
    outbox.run(ref, JSON.stringify({ ref, member }), AT);
    return left.remaining;
  };
  let line: Waiting[] = [];
  const flush = (): void => {
    const group = line.splice(0, 64);
    if (line.length) setImmediate(flush);
    begin!.run();
    const results = group.map((item) => { mark!.run(); try { const result = one(item); release!.run(); return { result }; } catch (error) { undo!.run(); release!.run(); return { error }; } });
    commit!.run();
    results.forEach((outcome, i) => { if ('error' in outcome) group[i]!.reject(outcome.error); else group[i]!.resolve(outcome.result); });
  };
  return { work: (ref, member) => new Promise((resolve, reject) => { if (!line.length) setImmediate(flush); line.push({ ref, member, resolve, reject }); }), close: async () => { line = []; db.close(); } };
}

async function barePostgres(url: string): Promise<{ work: Work; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const named = Object.entries(TEXTS).map(([name, text_]) => {
    const names: string[] = [];
    const positional = text_.replaceAll(':shop', '1').replace(/:(\w+)/g, (_all, key: string) => `$${names.includes(key) ? names.indexOf(key) + 1 : names.push(key)}`);
    return [name, (values: unknown[]) => client.query({ name, text: positional, values })] as const;
  });
  const q = Object.fromEntries(named) as Record<keyof typeof TEXTS, (values: unknown[]) => Promise<pg.QueryResult>>;
  let line: Waiting[] = [];
  let running = false;
  const flush = async (): Promise<void> => {
    running = true;
    await new Promise(setImmediate);
    while (line.length) {
      const group = line.splice(0, 64);
      await client.query('BEGIN');
      const results: unknown[] = [];
      for (const { ref, member } of group) {
        await client.query('SAVEPOINT s');
        await q.quota([member]);
        results.push((await q.stock([])).rows[0]);
        await q.ledger([ref, member, -10, AT]);
        await q.draw([ref, member, AT]);
        await q.outbox([ref, JSON.stringify({ ref, member }), AT]);
        await client.query('RELEASE s');
      }
      await client.query('COMMIT');
      group.forEach((item, i) => item.resolve(results[i]));
    }
    running = false;
  };
  return { work: (ref, member) => new Promise((resolve, reject) => { line.push({ ref, member, resolve, reject }); if (!running) void flush(); }), close: async () => { line = []; await client.end(); } };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function compare(engine: 'sqlite' | 'postgres'): Promise<void> {
  const total = UNITS[engine];
  const made = await Promise.all([createLocation(engine), createLocation(engine)]);
  const [ours, theirs] = made.map((one) => one.location) as [DataLocation, DataLocation];
  for (const location of [ours, theirs]) await migrate(location, 'core_migrations', [...migrations, tables]);
  const store = await openDataStore({ location: ours, entities: [] });
  const bare = theirs.engine === 'sqlite' ? bareSqlite(theirs.file) : await barePostgres(theirs.url);
  const ctx = testContext();
  const hot: Work = (ref, member) => store.hot(ctx, 'wheel', () => redeem(ref, member));
  const onceOnly: Work = (ref, member) => store.hot({ ...ctx, once: { scope: 'bench', key: ref, hash: 'h', units: 0, replayed: false } } as ShopContext, 'wheel', () => redeem(ref, member));
  const rates: Record<'bare' | 'hot' | 'once', Measure[]> = { bare: [], hot: [], once: [] };
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, work] of [['bare', bare.work], ['hot', hot], ['once', onceOnly]] as const) {
      const result = await measure(`${name}${round}`, round < 0 ? total / 10 : total, work);
      if (round >= 0) rates[name].push(result);
    }
  }
  const labels = { bare: 'bare loop, same statements and batching', hot: 'db.hot', once: 'db.hot with a stored answer (one statement more)' };
  const [speed, cpu] = [median(rates.bare.map((one) => one.perSecond)), median(rates.bare.map((one) => one.cpu))];
  for (const name of ['bare', 'hot', 'once'] as const) {
    const mine = { speed: median(rates[name].map((one) => one.perSecond)), cpu: median(rates[name].map((one) => one.cpu)) };
    console.log(`data ${engine} ${labels[name]}: ${Math.round(mine.speed)}/s (ratio ${(mine.speed / speed).toFixed(2)}), CPU ${mine.cpu.toFixed(0)} µs (ratio ${(cpu / mine.cpu).toFixed(2)})`);
    if (name !== 'bare') {
      tell({ what: `Data layer on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${labels[name]}: units per second`, against: labels.bare, measured: `${(mine.speed / speed).toFixed(2)} (${(cpu / mine.cpu).toFixed(2)} by CPU)`, wanted: 'no target', reached: undefined });
    }
  }
  await store.close();
  await bare.close();
  for (const one of made) await one.drop();
}

try {
  for (const engine of engines) await compare(engine);
} finally {
  await stopCluster();
}
