import { actorName, DAY, HOUR, refused, sql, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { clustersOf, sharedCounts } from './clusters.js';
import { signalHash, type SignalKind } from './normal-forms.js';
import {
  ALL_SIGNALS, BUSY, CLUSTERS, DROP_OLDER, DROP_SCORES, DROP_STALE_SCORES, EMAIL_OF, FACTS, FORGET_SIGNALS, PUT_RULES, PUT_SCORES, PUT_SIGNAL, RULES, SCORE_OF, SCORED_OF_CLUSTER, SCORES_OF, SET_ACTIONS, SHARERS, SIGNALS_OF, type SignalRow,
} from './risk-statements.js';
import { actionOf, DEFAULT_RULES, riskScore, type RiskAction, type RiskReason, type RiskRules } from './score.js';

/** How long a signal is kept after it was last seen. */
export const SIGNALS_LIVE = 90 * DAY;
/** A cluster beyond this is looked at in part: who shares something with so many is no less suspicious for it. */
const MOST_PEOPLE = 1_000;
const BUSY_FROM = 30;
const CROWD = 30;

export interface PersonRisk { readonly personId: string; readonly clusterId: string; readonly people: number; readonly score: number; readonly action: RiskAction; readonly reasons: readonly RiskReason[]; readonly at: Instant }
export interface ClusterMember extends PersonRisk { readonly name: string | null; readonly email: string | null; readonly since: Instant; readonly orders: number }
const view = (row: { readonly person_id: string; readonly cluster_id: string; readonly people: number; readonly score: number; readonly action: RiskAction; readonly reasons: string; readonly at: number }): PersonRisk =>
  ({ personId: row.person_id, clusterId: row.cluster_id, people: row.people, score: row.score, action: row.action, reasons: JSON.parse(row.reasons) as RiskReason[], at: row.at });

/** Who shares what with whom, and the score that follows. It is worked out when something is learnt, so that giving a reward reads one row. */
export class RiskService {
  /** `key` makes the hashes; it never leaves the server. */
  constructor(private readonly db: Database, private readonly key: Buffer, private readonly audit: AuditService) {}

  /** Learns signals of a person and judges anew whoever shares them. What is stored is a keyed hash. */
  note(ctx: ShopContext, personId: string, signals: Readonly<Partial<Record<SignalKind, string>>>): Promise<void> {
    const hashes = (Object.entries(signals) as [SignalKind, string][]).flatMap(([kind, value]) => { const hash = signalHash(this.key, ctx.shop.id, kind, value); return hash === undefined ? [] : [{ kind, hash }]; });
    return this.db.hot(ctx, 'risk', function* (inner): Unit<void> {
      for (const { kind, hash } of hashes) {
        yield* sql.run(PUT_SIGNAL, { person: personId, kind, hash, now: inner.now });
        yield* sql.run(DROP_OLDER, { person: personId, kind });
      }
      yield* judgeAround(inner, [personId]);
    });
  }

  /** Learns the mailbox of a new customer. */
  async noteEmail(ctx: ShopContext, personId: string): Promise<void> {
    const email = (await this.db.read(ctx, (q) => q.one(EMAIL_OF, { person: personId })))?.email;
    if (email) await this.note(ctx, personId, { email });
  }

  /** Judges people and their clusters anew, e.g. after staff decided about one of them. */
  judge(ctx: ShopContext, people: readonly string[]): Promise<void> { return people.length === 0 ? Promise.resolve() : this.db.hot(ctx, 'risk', (inner) => judgeAround(inner, people)); }

  /** Job: whoever was given unusually much lately. */
  async judgeBusy(ctx: ShopContext): Promise<void> {
    const people = (await this.db.read(ctx, (q) => q.many(BUSY, { hour: ctx.now - HOUR, least: BUSY_FROM }))).map(({ person_id }) => person_id);
    if (people.length > 0) await this.judge(ctx, people);
  }

  /** Job: forgets old signals and works out all clusters anew. Answers how many people are scored. */
  async judgeAll(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    await this.db.hot(ctx, 'risk', function* (inner): Unit<void> { yield* sql.run(FORGET_SIGNALS, { before: inner.now - SIGNALS_LIVE }); });
    const clusters = membersOf(clustersOf(await this.db.read(ctx, (q) => q.scan(ALL_SIGNALS))));
    let scored = 0;
    for (const members of clusters.values()) {
      if (signal?.aborted === true) return scored;
      if (members.length < 2) continue;
      scored += members.length;
      await this.judge(ctx, members);
    }
    await this.judgeBusy(ctx);
    await this.db.hot(ctx, 'risk', function* (inner): Unit<void> { yield* sql.run(DROP_STALE_SCORES, { before: inner.now }); });
    return scored;
  }

  async of(ctx: ShopContext, personId: string): Promise<PersonRisk | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(SCORE_OF, { person: personId }));
    return row && view(row);
  }

  /** Everybody of a cluster, the highest score first; at most 500. */
  async cluster(ctx: ShopContext, clusterId: string): Promise<readonly ClusterMember[]> {
    return (await this.db.read(ctx, (q) => q.many(SCORED_OF_CLUSTER, { cluster: clusterId }))).map((row) => ({ ...view(row), name: row.name, email: row.email, since: row.created_at, orders: row.orders }));
  }

  /** Clusters in which something is held or would be, the highest score first. */
  async clusters(ctx: ShopContext): Promise<readonly { readonly id: string; readonly people: number; readonly score: number; readonly held: number }[]> {
    const { holdFrom } = await this.rules(ctx);
    return (await this.db.read(ctx, (q) => q.many(CLUSTERS, { least: holdFrom }))).map((row) => ({ id: row.cluster_id, people: row.people, score: row.score, held: row.held }));
  }

  async rules(ctx: ShopContext): Promise<RiskRules> { return rulesOf(await this.db.read(ctx, (q) => q.one(RULES))); }

  /** From now on; what is held already stays held. Errors: 422 `GX_RISK_RULES`. */
  async saveRules(ctx: ShopContext, rules: RiskRules): Promise<void> {
    if (rules.holdFrom > rules.reviewFrom) throw refused('GX_RISK_RULES', 'Rewards are held from a lower score than the one that asks for a review. Lower the first or raise the second.');
    const { audit } = this;
    await this.db.hot(ctx, 'risk', function* (inner): Unit<void> {
      const before = rulesOf(yield* sql.one(RULES)), params = { watching: rules.watching ? 1 : 0, holdFrom: rules.holdFrom, reviewFrom: rules.reviewFrom, holdHours: rules.holdHours };
      yield* sql.run(PUT_RULES, { ...params, now: inner.now, actor: actorName(inner.actor).slice(0, 300) });
      yield* sql.run(SET_ACTIONS, params);
      yield* audit.steps.record(inner, 'risk.rules', `shop:${inner.shop.key}`, { before, after: rules });
    });
  }
}

function rulesOf(row: { readonly watching: number; readonly hold_from: number; readonly review_from: number; readonly hold_hours: number } | undefined): RiskRules {
  return row ? { watching: row.watching === 1, holdFrom: row.hold_from, reviewFrom: row.review_from, holdHours: row.hold_hours } : DEFAULT_RULES;
}

function membersOf(roots: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [id, root] of roots) { const known = members.get(root); if (known) known.push(id); else members.set(root, [id]); }
  return members;
}

/** All signals of the clusters around some people, each shared thing asked for once. */
function* gather(people: readonly string[]): Unit<readonly SignalRow[]> {
  const known = new Map<string, SignalRow>(), asked = new Set<string>(), seen = new Set<string>(people);
  let fresh = [...seen];
  while (fresh.length > 0 && seen.size <= MOST_PEOPLE) {
    const wanted: { kind: string; hash: string }[] = [];
    for (const { kind, hash } of yield* sql.many(SIGNALS_OF, { ids: JSON.stringify(fresh) })) {
      if (asked.has(`${kind}|${hash}`)) continue;
      asked.add(`${kind}|${hash}`);
      wanted.push({ kind, hash });
    }
    fresh = [];
    if (wanted.length === 0) break;
    for (const row of yield* sql.many(SHARERS, { rows: JSON.stringify(wanted) })) {
      known.set(`${row.person}|${row.kind}|${row.hash}`, row);
      if (!seen.has(row.person)) { seen.add(row.person); fresh.push(row.person); }
    }
  }
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

function* judgeAround(ctx: ShopContext, people: readonly string[]): Unit<void> {
  const signals = yield* gather(people);
  const rules = rulesOf(yield* sql.one(RULES));
  const clusters = new Map([...people.map((id): [string, string] => [id, id]), ...clustersOf(signals)]);
  const counts = sharedCounts(signals), ids = [...clusters.keys()];
  const facts = new Map((yield* sql.many(FACTS, { ids: JSON.stringify(ids), since: ctx.now - SIGNALS_LIVE, hour: ctx.now - HOUR })).filter((row) => row.erased === 0).map((row) => [row.id, row]));
  const before = new Map((yield* sql.many(SCORES_OF, { ids: JSON.stringify(ids) })).map((row) => [row.person_id, row]));
  const asked = new Set(people), rows: Record<string, string | number>[] = [], gone: string[] = [];
  for (const [cluster, all] of membersOf(clusters)) {
    const members = all.flatMap((id) => facts.get(id) ?? []);
    const burst = burstOf(members.map((member) => member.created_at)), refusals = members.reduce((sum, member) => sum + member.refused, 0);
    for (const { id, cleared, hourly } of members) {
      const { device = 0, email = 0, address = 0, payment = 0 } = counts.get(id) ?? {};
      const { score, reasons } = riskScore({ device, email, address, payment, burst, refused: refusals, hourly, cleared });
      const old = before.get(id), action = actionOf(rules, score);
      if (members.length < 2 && score === 0) { if (old) gone.push(id); continue; }
      // In a crowd, one more person says nothing new of the others: their counts are brought up to date at night.
      if (members.length <= CROWD || asked.has(id) || old?.cluster_id !== cluster || old.score !== score || old.action !== action) rows.push({ person: id, cluster, people: members.length, score, action, reasons: JSON.stringify(reasons) });
    }
  }
  if (rows.length > 0) yield* sql.run(PUT_SCORES, { rows: JSON.stringify(rows), holdHours: rules.holdHours, now: ctx.now });
  if (gone.length > 0) yield* sql.run(DROP_SCORES, { ids: JSON.stringify(gone) });
}
