import { actorName, conflict, GxError, notFound, refused, sql, type Database, type Instant, type Params, type ShopContext, type Statement, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import type { GrantsService } from '../grants.service.js';
import { checkReason } from '../ledger-input.js';
import { APPEAL, HELD_BY_ID, HELD_COUNTS, HELD_DUE, HELD_LIST, HELD_OF_CLUSTER, HELD_OF_PERSON, HELD_OF_SCOPE, HELD_SLICE, HELD_STATE, OPEN_STOPS, RESUME, STOPS, type HeldId, type HeldRow } from './held-statements.js';
import type { RiskService } from './risk.service.js';
import type { RiskReason } from './score.js';

export interface HeldGrant {
  readonly grantId: string; readonly personId: string; readonly name: string | null; readonly scope: string; readonly cause: 'risk' | 'breaker'; readonly score: number; readonly reasons: readonly RiskReason[];
  readonly reward: { readonly kind: string; readonly amount: number; readonly ref: string | null }; readonly source: string; readonly at: Instant; /** `null`: until staff decide. */ readonly until: Instant | null;
  readonly state: HeldRow['state']; readonly decidedAt: Instant | null; readonly decidedBy: string | null; readonly note: string | null; readonly appeal: string | null; readonly appealedAt: Instant | null;
  readonly clusterId: string | null; readonly people: number;
}
export interface GrantStop { readonly id: string; readonly scope: string; readonly rule: 'rate' | 'risk'; readonly grants: number; readonly usual: number; readonly risky: number; readonly at: Instant; readonly resumedAt: Instant | null; readonly resumedBy: string | null; readonly note: string | null; readonly held: number }

const view = (row: HeldRow): HeldGrant => ({
  grantId: row.grant_id, personId: row.person_id, name: row.name, scope: row.scope, cause: row.cause, score: row.score, reasons: JSON.parse(row.reasons) as RiskReason[], reward: { kind: row.kind, amount: row.amount, ref: row.ref },
  source: row.source, at: row.at, until: row.review === 1 ? null : row.until, state: row.state, decidedAt: row.decided_at, decidedBy: row.decided_by, note: row.note, appeal: row.appeal, appealedAt: row.appealed_at,
  clusterId: row.cluster_id, people: row.people ?? 1,
});

/** Rewards that are checked before they are given. Nobody loses one without a person's decision and a reason. */
export class HeldGrantsService {
  constructor(private readonly db: Database, private readonly grants: GrantsService, private readonly risk: RiskService, private readonly audit: AuditService) {}

  /** The latest 200; appeals and what waits for a decision come first. */
  async list(ctx: ShopContext, state: HeldRow['state'] = 'held'): Promise<readonly HeldGrant[]> { return (await this.db.read(ctx, (q) => q.many(HELD_LIST, { state }))).map(view); }
  async ofPerson(ctx: ShopContext, personId: string): Promise<readonly HeldGrant[]> { return (await this.db.read(ctx, (q) => q.many(HELD_OF_PERSON, { person: personId }))).map(view); }
  counts(ctx: ShopContext): Promise<{ readonly held: number; readonly appeals: number; readonly reviews: number; readonly stops: number }> {
    return this.db.read(ctx, async (q) => ({ ...(await q.one(HELD_COUNTS))!, stops: (await q.one(OPEN_STOPS))!.n }));
  }

  /** Gives a held reward. Errors: 404; 409 `GX_HELD_DECIDED`, `GX_HELD_UNAVAILABLE`. */
  async release(ctx: ShopContext, grantId: string, note: string | null): Promise<void> { await this.risk.judge(ctx, await this.#give(ctx, grantId, note)); }

  /** Answers whose risk has to be judged anew. */
  async #give(ctx: ShopContext, grantId: string, note: string | null): Promise<readonly string[]> {
    const held = await this.#held(ctx, grantId);
    const { grants, audit } = this;
    await this.db.hot(ctx, held.personId, function* (inner): Unit<void> {
      yield* grants.steps.release(inner, grantId, note);
      yield* audit.steps.record(inner, 'grant.released', `person:${held.personId}`, { grant: grantId, score: held.score, note });
    });
    return held.cause === 'risk' ? [held.personId] : [];
  }

  /** Takes a held reward back for good. Errors: 404; 409 `GX_HELD_DECIDED`; 422 `GX_REASON_MISSING`. */
  async refuse(ctx: ShopContext, grantId: string, reason: string): Promise<void> { await this.risk.judge(ctx, await this.#takeBack(ctx, grantId, checkReason(reason))); }

  async #takeBack(ctx: ShopContext, grantId: string, note: string): Promise<readonly string[]> {
    if (ctx.actor.kind !== 'staff') throw new GxError('GX_HELD_STAFF', 403, 'Only a member of staff takes a held reward back. Jobs and modules release it, or leave it to staff.');
    const held = await this.#held(ctx, grantId);
    const { grants, audit } = this;
    await this.db.hot(ctx, held.personId, function* (inner): Unit<void> {
      const state = yield* sql.one(HELD_STATE, { grant: grantId });
      if (state?.state !== 'held') throw decided();
      // What the shopper was promised for a moment is theirs from then on, also when the job comes late.
      if (held.reward.kind === 'points' && state.until <= inner.now) throw conflict('GX_HELD_OVER', 'The time for checking these points is over, so they are the shopper\'s. Take points back by an adjustment with a reason.');
      yield* grants.steps.reverse(inner, grantId, note);
      yield* audit.steps.record(inner, 'grant.refused', `person:${held.personId}`, { grant: grantId, score: held.score, reason: note });
    });
    return held.cause === 'risk' ? [held.personId] : [];
  }

  /** Decides about everything that is held in a cluster, one by one. Answers how many were decided, and how many could not be given now. */
  async decideCluster(ctx: ShopContext, clusterId: string, release: boolean, reason: string): Promise<{ readonly decided: number; readonly left: number }> {
    const note = checkReason(reason);
    return this.#each(ctx, HELD_OF_CLUSTER, { cluster: clusterId }, release, note);
  }

  /** A shopper asks staff to look again. Errors: 404 for what is not theirs or was given; 422 `GX_APPEAL_TEXT`. */
  async appeal(ctx: ShopContext, personId: string, grantId: string, text: string): Promise<void> {
    const words = text.trim();
    if (words.length === 0 || words.length > 1_000) throw refused('GX_APPEAL_TEXT', 'Say in 1 to 1,000 characters why you should have this reward.');
    const { audit } = this;
    await this.db.hot(ctx, personId, function* (inner): Unit<void> {
      if ((yield* sql.run(APPEAL, { grant: grantId, person: personId, text: words, now: inner.now })) === 0) throw notFound('held reward', grantId);
      yield* audit.steps.record(inner, 'grant.appealed', `person:${personId}`, { grant: grantId });
    });
  }

  /** Job: gives what was held long enough. Answers how many. What cannot be given now stays and is tried again. */
  async releaseDue(ctx: ShopContext, signal?: AbortSignal): Promise<number> {
    return (await this.#each(ctx, HELD_DUE, { now: ctx.now }, true, null, signal)).decided;
  }

  /** The latest 50 stops of activities, open ones first. */
  async stops(ctx: ShopContext): Promise<readonly GrantStop[]> {
    return (await this.db.read(ctx, (q) => q.many(STOPS))).map((row) => ({
      id: row.id, scope: row.scope, rule: row.rule, grants: row.grants, usual: row.usual, risky: row.risky, at: row.at, resumedAt: row.resumed_at, resumedBy: row.resumed_by, note: row.note, held: row.held,
    }));
  }

  /** Lets an activity give again, and gives what was held meanwhile unless staff keep it for a look. Errors: 404; 409 `GX_STOP_RESUMED`; 422 `GX_REASON_MISSING`. */
  async resume(ctx: ShopContext, stopId: string, reason: string, releaseHeld: boolean): Promise<{ readonly decided: number; readonly left: number }> {
    const note = checkReason(reason);
    const { audit } = this;
    const scope = await this.db.hot(ctx, 'risk', function* (inner): Unit<string> {
      const stop = yield* sql.one(RESUME, { id: stopId, now: inner.now, by: actorName(inner.actor).slice(0, 300), note });
      if (!stop) throw conflict('GX_STOP_RESUMED', 'This activity gives rewards already, or was never stopped. Reload the list.');
      yield* audit.steps.record(inner, 'grants.resumed', `activity:${stop.scope}`, { stop: stopId, reason: note, releaseHeld });
      return stop.scope;
    });
    return releaseHeld ? this.#each(ctx, HELD_OF_SCOPE, { scope }, true, note) : { decided: 0, left: 0 };
  }

  async #held(ctx: ShopContext, grantId: string): Promise<HeldGrant> {
    const row = await this.db.read(ctx, (q) => q.one(HELD_BY_ID, { grant: grantId }));
    if (!row) throw notFound('held reward', grantId);
    if (row.state !== 'held') throw decided();
    return view(row);
  }

  /** One by one, so that what cannot be decided now keeps nobody else waiting. What is broken is thrown when all others are done. */
  async #each(ctx: ShopContext, which: Statement<HeldId>, params: Params, release: boolean, note: string | null, signal?: AbortSignal): Promise<{ readonly decided: number; readonly left: number }> {
    let done = 0, left = 0, broken: unknown;
    const touched = new Set<string>();
    const decide = async (grantId: string): Promise<void> => {
      try {
        for (const personId of await (release ? this.#give(ctx, grantId, note) : this.#takeBack(ctx, grantId, note ?? ''))) touched.add(personId);
        done++;
      } catch (error) {
        const { code } = error as { readonly code?: string };
        if (code === 'GX_HELD_DECIDED') return;
        left++;
        if (code !== 'GX_HELD_UNAVAILABLE' && code !== 'GX_HELD_OVER' && code !== 'GX_REWARD_KIND_MISSING') broken ??= error;
      }
    };
    const stopped = (): boolean => signal?.aborted === true;
    for (let after: string | undefined = ''; after !== undefined && !stopped();) {
      const some: HeldId[] = await this.db.read(ctx, (q) => q.many(which, { ...params, after }));
      for (const { grant_id } of some) if (!stopped()) await decide(grant_id);
      after = some.length < HELD_SLICE ? undefined : some.at(-1)?.grant_id;
    }
    const people = [...touched];
    for (let from = 0; from < people.length; from += HELD_SLICE) await this.risk.judge(ctx, people.slice(from, from + HELD_SLICE));
    if (broken !== undefined) throw broken;
    return { decided: done, left };
  }
}

const decided = (): Error => conflict('GX_HELD_DECIDED', 'Somebody has decided about this reward already. Reload the list.');
