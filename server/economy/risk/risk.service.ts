import { actorName, HOUR, MINUTE, refused, sql, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { BuyerSignals } from '../../commerce/buyer-signals.js';
import type { Consumer, Outbox } from '../../events/outbox.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { clustersOf, sharedCounts } from './clusters.js';
import { factsSince, judgeAround, membersOf, scoreCluster, SIGNALS_LIVE, type ScoredPerson } from './judging.js';
import { signalHash, type SignalKind } from './normal-forms.js';
import {
  ADD_SIGNAL, BUSY, CLUSTERS, DROP_OLDER, DROP_STALE_SCORES, EMAIL_OF, FACTS, FORGET_SIGNALS, PUT_RULES, PUT_SCORES, RULES, SCORE_OF, SCORED_OF_CLUSTER, SEEN_AGAIN, SET_ACTIONS, SHARED_SIGNALS, type FactRow,
} from './risk-statements.js';
import { rulesOf, type RiskAction, type RiskReason, type RiskRules } from './score.js';

const BUSY_FROM = 30;
/** So many people of a cluster are read or written at a time. */
const SLICE = 200;

type Signals = Readonly<Partial<Record<SignalKind, string | null | undefined>>>;
export interface PersonRisk { readonly personId: string; readonly clusterId: string; readonly people: number; readonly score: number; readonly action: RiskAction; readonly reasons: readonly RiskReason[]; readonly at: Instant }
export interface ClusterMember extends PersonRisk { readonly name: string | null; readonly email: string | null; readonly since: Instant; readonly orders: number }
const view = (row: { readonly person_id: string; readonly cluster_id: string; readonly people: number; readonly score: number; readonly action: RiskAction; readonly reasons: string; readonly at: number }): PersonRisk =>
  ({ personId: row.person_id, clusterId: row.cluster_id, people: row.people, score: row.score, action: row.action, reasons: JSON.parse(row.reasons) as RiskReason[], at: row.at });

/** Who shares what with whom, and the score that follows. It is worked out when something is learnt, so that giving a reward reads one row. */
export class RiskService implements BuyerSignals {
  readonly steps = {
    learn: (ctx: ShopContext, personId: string, signals: Signals): Unit<void> => this.#learn(ctx, personId, signals),
  };

  /** `key` makes the hashes; it never leaves the server. */
  constructor(private readonly db: Database, private readonly key: Buffer, private readonly audit: AuditService, private readonly outbox: Outbox) {}

  /** Learns signals of a person and judges anew whoever shares them. What is stored is a keyed hash. */
  note(ctx: ShopContext, personId: string, signals: Signals): Promise<void> {
    return this.db.hot(ctx, 'risk', (inner) => this.#note(inner, personId, signals));
  }

  *#note(ctx: ShopContext, personId: string, signals: Signals): Unit<void> {
    if (yield* this.#remember(ctx, personId, signals)) yield* judgeAround(ctx, [personId]);
  }

  /** In somebody else's unit: the score follows beside it. */
  *#learn(ctx: ShopContext, personId: string, signals: Signals): Unit<void> {
    if (yield* this.#remember(ctx, personId, signals)) yield* this.outbox.steps.emit(ctx, 'risk.signals', { personId });
  }

  /** Whether anything of it is new. */
  *#remember(ctx: ShopContext, person: string, signals: Signals): Unit<boolean> {
    let news = false;
    for (const [kind, value] of Object.entries(signals) as [SignalKind, string | null | undefined][]) {
      const hash = value ? signalHash(this.key, ctx.shop.id, kind, value) : undefined;
      if (hash === undefined) continue;
      if ((yield* sql.run(ADD_SIGNAL, { person, kind, hash, now: ctx.now })) > 0) {
        yield* sql.run(DROP_OLDER, { person, kind });
        news = true;
      } else yield* sql.run(SEEN_AGAIN, { person, kind, hash, now: ctx.now });
    }
    return news;
  }

  /** Learns the mailbox of new customers, and judges whoever an order told something of. */
  consumer(): Consumer {
    return { name: 'core.risk', enabled: () => true, handles: {
      'customer.created': (ctx, { personId }: { readonly personId: string }) => this.noteEmail(ctx, personId), 'risk.signals': (ctx, { personId }: { readonly personId: string }) => this.judge(ctx, [personId]),
    } };
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
    const signals = await this.db.read(ctx, (q) => q.scan(SHARED_SIGNALS)), counts = sharedCounts(signals), rules = await this.rules(ctx);
    let scored = 0;
    for (const [cluster, members] of membersOf(clustersOf(signals))) {
      if (signal?.aborted === true) return scored;
      if (members.length < 2) continue;
      const facts: FactRow[] = [];
      for (const some of slices(members)) facts.push(...await this.db.read(ctx, (q) => q.many(FACTS, { ids: JSON.stringify(some), ...factsSince(ctx) })));
      for (const rows of slices(scoreCluster(rules, cluster, facts, counts))) await this.#put(ctx, rows, rules.holdHours);
      scored += members.length;
    }
    await this.judgeBusy(ctx);
    // What was judged while this ran stays.
    await this.db.hot(ctx, 'risk', function* (inner): Unit<void> { yield* sql.run(DROP_STALE_SCORES, { before: inner.now - 10 * MINUTE }); });
    return scored;
  }

  #put(ctx: ShopContext, rows: readonly ScoredPerson[], holdHours: number): Promise<void> {
    return this.db.hot(ctx, 'risk', function* (inner): Unit<void> { yield* sql.run(PUT_SCORES, { rows: JSON.stringify(rows), holdHours, now: inner.now }); });
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

function slices<T>(all: readonly T[]): readonly (readonly T[])[] { return Array.from({ length: Math.ceil(all.length / SLICE) }, (_, n) => all.slice(n * SLICE, (n + 1) * SLICE)); }
