import pg from 'pg';
import { entities as commerceEntities, migrations as commerceMigrations } from '../../server/commerce/schema.js';
import { compileStatement } from '../../server/data/compiled-statement.js';
import type { Engine } from '../../server/data/data-store.js';
import { ExplainService } from '../../server/economy/explaining/explain.service.js';
import { IntegrityService } from '../../server/economy/integrity.service.js';
import { PointsLedgerService } from '../../server/economy/points-ledger.service.js';
import { entities as economyEntities, migrations as economyMigrations } from '../../server/economy/schema.js';
import { LedgerSealsService } from '../../server/economy/seals/ledger-seals.service.js';
import { entities as eventEntities, migrations as eventMigrations } from '../../server/events/schema.js';
import { statement, type Statement } from '../../server/plugin-api/index.js';
import { engines, openDatabase, stopCluster, testContext, type OpenDatabase } from '../kit/databases.js';
import { tell } from './verdict.js';

/**
 * A ledger of one million entries: 5,000 members with 200 each, three credits with lots of their own and two spends that take from them, again
 * and again. What a person's balance, statement and explanation take, and the whole check of the invariants with and without seals.
 */
const ENTRIES = 1_000_000, PEOPLE = 5_000, CHUNK = 100_000, ASKED = 400, DAYS = 200;
const SETTLED = 10 * 60_000;
const AT = Date.UTC(2026, 2, 1, 4), EXPIRES = AT + 300 * 86_400_000;

/** Which of a member's entries `n` is: 0 to 2 give 10 points, 3 and 4 take 10 and 5 from the lots of 0 and 1. */
const TURN = `((n / ${PEOPLE}) % 5)`, AMOUNT = `(CASE ${TURN} WHEN 3 THEN -10 WHEN 4 THEN -5 ELSE 10 END)`, WHEN = `CAST(${AT} + n / ${PEOPLE} AS BIGINT)`;
const SEQ = 'WITH RECURSIVE seq(n) AS (SELECT CAST(:from AS BIGINT) UNION ALL SELECT n + 1 FROM seq WHERE n < CAST(:to AS BIGINT))';
type Id = (prefix: string, n: string) => string;
const ids: Readonly<Record<Engine, Id>> = { sqlite: (prefix, n) => `'${prefix}' || substr('000000000' || (${n}), -9)`, postgres: (prefix, n) => `'${prefix}' || lpad(CAST(${n} AS TEXT), 9, '0')` };
/** The same rows on both engines; they only write leading zeros differently. */
const rows = (into: string, select: (id: Id) => string): Statement => {
  const on = (engine: Engine): string => (engine === 'sqlite' ? `${SEQ} INSERT INTO ${into} ${select(ids.sqlite)}` : `${SEQ} INSERT INTO ${into} ${select(ids.postgres)}`);
  return statement(on('sqlite'), { postgres: on('postgres') });
};
const PERSON = (id: Id): string => id('p', `n % ${PEOPLE}`);
const PEOPLE_ROWS = [
  rows('person (shop_id, id, kind, created_at, updated_at)', (id) => `SELECT :shop, ${id('p', 'n')}, 'member', ${AT}, ${AT} FROM seq`),
  rows('person_account (shop_id, person_id, available, next_expiry_at, changed_at)', (id) => `SELECT :shop, ${id('p', 'n')}, ${(ENTRIES / PEOPLE / 5) * 15}, ${EXPIRES}, ${AT} FROM seq`),
];
const ENTRY_ROWS = [
  rows('ledger_transaction (shop_id, id, person_id, kind, source, cause_ref, at, business_date, available, pending, held, debt, available_after, actor)', (id) => `
    SELECT :shop, ${id('0', 'n')}, ${PERSON(id)}, CASE WHEN ${TURN} > 2 THEN 'spend' ELSE 'adjust' END, 'test.bench', ${id('c', 'n')}, ${WHEN}, '2026-03-01', ${AMOUNT}, 0, 0, 0, 0, 'bench' FROM seq`),
  rows('posting (shop_id, transaction_id, account, amount)', (id) => `SELECT :shop, ${id('0', 'n')}, 'available', ${AMOUNT} FROM seq`),
  rows('posting (shop_id, transaction_id, account, amount)', (id) => `SELECT :shop, ${id('0', 'n')}, CASE WHEN ${TURN} > 2 THEN 'redeemed:test.bench' ELSE 'adjusted' END, -${AMOUNT} FROM seq`),
  rows('lot (shop_id, id, person_id, transaction_id, quantity, remaining, state, activates_at, expires_at, source)', (id) => `
    SELECT :shop, ${id('l', 'n')}, ${PERSON(id)}, ${id('0', 'n')}, 10, CASE ${TURN} WHEN 0 THEN 0 WHEN 1 THEN 5 ELSE 10 END, 'active', ${WHEN}, ${WHEN} + ${EXPIRES - AT}, 'test.bench' FROM seq WHERE ${TURN} <= 2`),
  rows('allocation (shop_id, transaction_id, lot_id, amount)', (id) => `SELECT :shop, ${id('0', 'n')}, ${id('l', `(n - 3 * ${PEOPLE})`)}, -${AMOUNT} FROM seq WHERE ${TURN} > 2`),
];

const made = (from: number, to: number) => ({ from, to });
const STEPS: readonly (readonly [Statement, { readonly from: number; readonly to: number }])[] = [
  ...PEOPLE_ROWS.map((text) => [text, made(0, PEOPLE - 1)] as const),
  ...Array.from({ length: ENTRIES / CHUNK }, (_, n) => ENTRY_ROWS.map((text) => [text, made(n * CHUNK, (n + 1) * CHUNK - 1)] as const)).flat(),
];
/** On PostgreSQL past the store, which ends a statement after seconds, and without asking five million times for what was just made; its statistics are what autovacuum would have gathered. */
async function seed({ store, location }: OpenDatabase): Promise<void> {
  if (location.engine === 'sqlite') {
    for (const [text, range] of STEPS) await store.write(ctx, (unit) => unit.run(text, range));
    return;
  }
  const client = new pg.Client({ connectionString: location.url });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const [text, range] of STEPS) {
      const { text: sql, names } = compileStatement(text.postgres, 'postgres');
      await client.query(sql, names.map((name) => (name === 'shop' ? ctx.shop.id : range[name as keyof typeof range])));
    }
    await client.query('VACUUM ANALYZE');
  } finally { await client.end(); }
}
/** When ids up to the day's last entry are settled: they carry no time here, so the clock is read off the id. */
const eveningOf = (day: number): number => Number.parseInt(`0${String((ENTRIES / DAYS) * (day + 1)).padStart(9, '0')}`.slice(0, 8), 16) * 0x1_00_00 + SETTLED;

const ctx = testContext({ now: AT + 86_400_000 });
const percentile = (times: readonly number[], share: number): number => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!;
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function judge(engine: Engine, what: string, limit: number | undefined, seconds: string, value: number): void {
  const reached = limit === undefined ? undefined : value <= limit;
  console.log(`  ${what}: ${seconds}${limit === undefined ? '' : `, wanted ≤ ${limit >= 1000 ? `${limit / 1000} s` : `${limit} ms`}: ${reached === true ? 'reached' : 'NOT REACHED'}`}`);
  tell({ what: `${what} (${engine})`, against: limit === undefined ? 'nothing' : 'its limit', measured: seconds, wanted: limit === undefined ? '–' : `≤ ${limit >= 1000 ? `${limit / 1000} s` : `${limit} ms`}`, reached });
  if (reached === false && process.env['GUANXI_BENCH_STRICT']) process.exitCode = 1;
}

for (const engine of engines) {
  const database = await openDatabase(engine, { entities: [...commerceEntities, ...economyEntities, ...eventEntities], migrations: [...commerceMigrations, ...economyMigrations, ...eventMigrations] });
  const { store } = database;
  try {
    const seeded = await timed(() => seed(database));
    console.log(`\nA ledger of ${ENTRIES.toLocaleString('en')} entries on ${engine} (made in ${(seeded / 1000).toFixed(0)} s)`);
    const points = new PointsLedgerService(store), explain = new ExplainService(store), integrity = new IntegrityService(store);
    let clock = 0;
    const seals = new LedgerSealsService(store, () => clock);
    const person = (n: number): string => `p${String((n * 37) % PEOPLE).padStart(9, '0')}`;
    for (const [what, ask, limit] of [
      ['Balance of one person, p99', (n: number) => points.balance(ctx, person(n)), 5], ['Statement of one person, p99', (n: number) => points.statement(ctx, person(n), { limit: 50 }), 5],
      ['Explanation of one person, p99', (n: number) => explain.explain(ctx, person(n)), undefined],
    ] as const) {
      const times: number[] = [];
      for (let n = 0; n < ASKED + 20; n++) { const took = await timed(() => ask(n)); if (n >= 20) times.push(took); }
      const p99 = percentile(times, 0.99);
      judge(engine, what, limit, `${p99.toFixed(2)} ms (median ${percentile(times, 0.5).toFixed(2)} ms)`, p99);
    }
    let violations: readonly unknown[] = [];
    const checked = await timed(async () => { violations = await integrity.check(ctx); });
    if (violations.length > 0) throw new Error(`The bench's own ledger is broken: ${JSON.stringify(violations).slice(0, 500)}`);
    judge(engine, 'Integrity check', 10_000, `${(checked / 1000).toFixed(1)} s`, checked);
    const sealing = await timed(async () => {
      for (let day = 0; day < DAYS; day++) {
        clock = eveningOf(day);
        await seals.seal(ctx);
      }
    });
    judge(engine, `Sealing ${DAYS} days`, undefined, `${(sealing / 1000).toFixed(1)} s`, sealing);
    const began = performance.now();
    const { broken, count, entries } = await seals.verify(ctx);
    const verified = performance.now() - began;
    if (broken.length > 0 || count !== DAYS || entries !== ENTRIES) throw new Error(`The bench's own seals are broken: ${count} seals over ${entries} entries, of which ${broken.length} do not fit.`);
    judge(engine, 'Integrity check with all seals', 10_000, `${((checked + verified) / 1000).toFixed(1)} s`, checked + verified);
  } finally { await database.drop(); }
}
await stopCluster();
