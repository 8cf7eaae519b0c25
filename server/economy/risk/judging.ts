import { DAY, HOUR, sql, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import { clustersOf, sharedCounts } from './clusters.js';
import { DROP_SCORES, FACTS, PUT_SCORES, RULES, SCORES_OF, SHARERS, SIGNALS_OF, type FactRow, type SignalRow } from './risk-statements.js';
import { actionOf, riskScore, rulesOf, type RiskAction, type RiskRules } from './score.js';

/** How long a signal is kept after it was last seen. */
export const SIGNALS_LIVE = 90 * DAY;
/** A cluster beyond this is looked at in part: who shares something with so many is no less suspicious for it. */
export const MOST_PEOPLE = 1_000;
const CROWD = 30;

export interface ScoredPerson { readonly person: string; readonly cluster: string; readonly people: number; readonly score: number; readonly action: RiskAction; readonly reasons: string }

export function membersOf(roots: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [id, root] of roots) { const known = members.get(root); if (known) known.push(id); else members.set(root, [id]); }
  return members;
}

/** Signals around some people, each shared thing asked for once, until a cluster ends or is beyond what is looked at. */
function* gather(people: readonly string[]): Unit<readonly SignalRow[]> {
  const known = new Map<string, SignalRow>(), asked = new Set<string>(), seen = new Set<string>(people);
  const keep = (row: SignalRow): void => { known.set(`${row.person}|${row.kind}|${row.hash}`, row); };
  let fresh = [...seen];
  do {
    const wanted: { kind: string; hash: string }[] = [];
    for (const row of yield* sql.many(SIGNALS_OF, { ids: JSON.stringify(fresh) })) {
      keep(row);
      const name = `${row.kind}|${row.hash}`;
      if (asked.has(name)) continue;
      asked.add(name);
      wanted.push({ kind: row.kind, hash: row.hash });
    }
    fresh = [];
    if (wanted.length === 0) break;
    for (const row of yield* sql.many(SHARERS, { rows: JSON.stringify(wanted), most: 2 * MOST_PEOPLE })) {
      keep(row);
      if (!seen.has(row.person)) { seen.add(row.person); fresh.push(row.person); }
    }
  } while (fresh.length > 0 && seen.size <= MOST_PEOPLE);
  return [...known.values()];
}

/** The most of them that came within one day. */
function burstOf(times: readonly Instant[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0, most = 0;
  for (const [at, time] of sorted.entries()) {
    while (time - sorted[from]! > DAY) from++;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

/** Scores of a whole cluster; `counts` tells for each person how many others share which kind of signal. */
export function scoreCluster(rules: RiskRules, cluster: string, members: readonly FactRow[], counts: ReadonlyMap<string, Readonly<Record<string, number>>>): readonly ScoredPerson[] {
  const burst = burstOf(members.map((member) => member.created_at)), refused = members.reduce((sum, member) => sum + member.refused, 0);
  return members.map(({ id, cleared, hourly }) => {
    const { device = 0, email = 0, address = 0, payment = 0 } = counts.get(id) ?? {};
    const { score, reasons } = riskScore({ device, email, address, payment, burst, refused, hourly, cleared });
    return { person: id, cluster, people: members.length, score, action: actionOf(rules, score), reasons: JSON.stringify(reasons) };
  });
}

export const factsSince = (ctx: ShopContext): { readonly since: Instant; readonly hour: Instant } => ({ since: ctx.now - SIGNALS_LIVE, hour: ctx.now - HOUR });

/** Judges people and whoever shares something with them. */
export function* judgeAround(ctx: ShopContext, people: readonly string[]): Unit<void> {
  const signals = yield* gather(people);
  const rules = rulesOf(yield* sql.one(RULES));
  const clusters = new Map([...people.map((id): [string, string] => [id, id]), ...clustersOf(signals)]);
  const counts = sharedCounts(signals), ids = [...clusters.keys()];
  const facts = new Map((yield* sql.many(FACTS, { ids: JSON.stringify(ids), ...factsSince(ctx) })).map((row) => [row.id, row]));
  const before = new Map((yield* sql.many(SCORES_OF, { ids: JSON.stringify(ids) })).map((row) => [row.person_id, row]));
  const asked = new Set(people), rows: ScoredPerson[] = [], gone: string[] = [];
  for (const [cluster, all] of membersOf(clusters)) {
    for (const scored of scoreCluster(rules, cluster, all.flatMap((id) => facts.get(id) ?? []), counts)) {
      const { person, people: many, score, action } = scored, old = before.get(person);
      if (many < 2 && score === 0) { if (old) gone.push(person); continue; }
      // In a crowd, one more person says nothing new of the others: their counts are brought up to date at night.
      if (many <= CROWD || asked.has(person) || old?.cluster_id !== cluster || old.score !== score || old.action !== action) rows.push(scored);
    }
  }
  if (rows.length > 0) yield* sql.run(PUT_SCORES, { rows: JSON.stringify(rows), holdHours: rules.holdHours, now: ctx.now });
  if (gone.length > 0) yield* sql.run(DROP_SCORES, { ids: JSON.stringify(gone) });
}
