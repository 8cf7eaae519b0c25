import {
  actorName, conflict, newId, notFound, sql, type CoreEvents, type Database, type GrantRequest, type GrantResult, type Grants, type Instant, type Localised, type Page, type PageRequest, type Reward, type RewardKind,
  type ShopContext, type Unit,
} from '../plugin-api/index.js';
import { pageOf, pageSize, positionOf } from '../commerce/list-page.js';
import type { Outbox } from '../events/outbox.js';
import { chargeBudgets, dropCharges, refundBudgets } from './budgets/charge-steps.js';
import { fullBudgets } from './budgets/room.js';
import {
  CLAIM_GRANT, DROP_CLAIM, DROPPED_OF_GRANT, FIRST_GRANTS, GRANT_BY_ID, GRANT_BY_KEY, MARK_REVERSED, NEXT_GRANTS, ONCE_OF_FAMILY, STORE_OUTCOME, TRANSACTION_OF_GRANT, type GrantRow,
} from './grant-statements.js';
import { book, closeWallet, openFollowed } from './ledger-entry.js';
import { checkAmount, checkNames } from './ledger-input.js';
import { LOTS_OF_TRANSACTION } from './ledger-statements.js';
import { followPerson } from './person-follow.js';
import { creditGrant } from './points-credit.js';
import { HELD_STATE } from './risk/held-statements.js';
import { decideHeld, holdOf, recordHold, releasePoints } from './risk/held-steps.js';
import { RewardKinds, type PluginEnabled } from './reward-kinds.js';
import { expireDueLots, takeBack } from './wallet-moves.js';

/** One thing a person was given, for "my rewards" and the customer's page. */
export interface GrantView { readonly id: string; readonly reward: Reward; readonly source: string; readonly causeRef: string; readonly at: Instant; readonly reversedAt: Instant | null; readonly outcome: Readonly<Record<string, unknown>> }

const ORDER = 'grants.person';
const rewardOf = (row: GrantRow): Reward => ({
  kind: row.kind, amount: row.amount, ...(row.ref === null ? {} : { ref: row.ref }), ...(row.available_at === null ? {} : { availableAt: row.available_at }),
});
const requestOf = (row: GrantRow): GrantRequest => ({
  personId: row.person_id, reward: rewardOf(row), source: row.source, causeRef: row.cause_ref, key: row.grant_key, ...(row.budget_ref === null ? {} : { budgetRef: row.budget_ref }),
});
// eslint-disable-next-line require-yield
function* nothing(): Unit<undefined> { return undefined; }
function* droppedOf(grant: string, person: string): Unit<number> { return (yield* sql.one(DROPPED_OF_GRANT, { grant, person }))!.amount; }
const outcomeOf = (row: GrantRow): Readonly<Record<string, unknown>> => JSON.parse(row.outcome) as Readonly<Record<string, unknown>>;

/** The one door by which value is given: key → risk → budget → limit or stock → ledger → outbox, in one unit. */
export class GrantsService implements Grants {
  readonly #kinds: RewardKinds;
  readonly steps = {
    grant: (ctx: ShopContext, request: GrantRequest): Unit<GrantResult> => this.#grant(ctx, request),
    reverse: (ctx: ShopContext, grantId: string, reason: string): Unit<void> => this.#reverse(ctx, grantId, reason),
    /** Gives what was held. Errors: 404; 409 `GX_HELD_DECIDED`, `GX_HELD_UNAVAILABLE`. */
    release: (ctx: ShopContext, grantId: string, note: string | null): Unit<void> => this.#release(ctx, grantId, note),
    /** Puts back what was set aside for a held reward that nobody will get. */
    free: (ctx: ShopContext, grantId: string): Unit<void> => this.#free(ctx, grantId),
  };

  /** `enabled` says from memory whether a plugin is enabled in a shop: rewards of others are `unavailable`. */
  constructor(private readonly db: Database, private readonly outbox: Outbox, enabled: PluginEnabled) {
    this.#kinds = new RewardKinds(enabled);
  }

  registerKind(pluginId: string, name: string, kind: RewardKind, title: Localised): void { this.#kinds.register(pluginId, name, kind, title); }
  /** Removes all kinds of a plugin. */
  unregister(pluginId: string): void { this.#kinds.unregister(pluginId); }

  grant(ctx: ShopContext, request: GrantRequest): Promise<GrantResult> {
    return this.db.hot(ctx, request.personId, (inner) => this.#grant(inner, request));
  }

  reverse(ctx: ShopContext, grantId: string, reason: string): Promise<void> {
    return this.db.hot(ctx, grantId, (inner) => this.#reverse(inner, grantId, reason));
  }

  async kinds(ctx: ShopContext): Promise<readonly { readonly kind: string; readonly title: string; readonly options: readonly { readonly ref: string; readonly title: string }[] }[]> {
    const own = { kind: 'points', title: ctx.locale === 'zh-CN' ? '积分' : 'Points', options: [] };
    const contributed = await Promise.all(this.#kinds.usableKinds(ctx).map(async ([kind, { title, kind: code }]) => ({ kind, title: title[ctx.locale], options: await code.options(ctx) })));
    return [own, ...contributed];
  }

  reached(ctx: ShopContext, scopes: readonly string[], rewards?: readonly Reward[]): Promise<readonly string[]> {
    return this.db.read(ctx, (q) => fullBudgets(ctx, q, scopes, rewards, (reward) => this.#costOf(ctx, { reward })));
  }

  /** What a person was given, newest first. */
  async ofPerson(ctx: ShopContext, personId: string, page: PageRequest): Promise<Page<GrantView>> {
    const limit = pageSize(page);
    const from = positionOf(ORDER, page, 'number');
    return this.db.read(ctx, async (q) => {
      const rows = from === undefined ? await q.many(FIRST_GRANTS, { person: personId, limit: limit + 1 })
        : await q.many(NEXT_GRANTS, { person: personId, after: from.at, afterId: from.id, limit: limit + 1 });
      return pageOf(ORDER, rows, limit, (row) => ({ at: row.at, id: row.id }), (row): GrantView => ({
        id: row.id, reward: rewardOf(row), source: row.source, causeRef: row.cause_ref, at: row.at, reversedAt: row.reversed_at, outcome: outcomeOf(row),
      }));
    });
  }

  /** `checked`: what it stands for has been checked already. */
  *#grant(ctx: ShopContext, request: GrantRequest, checked = false): Unit<GrantResult> {
    const { reward } = request;
    checkNames(request.source, request.key);
    checkAmount(reward.amount, reward.kind === 'none' ? 0 : 1);
    // What somebody had as a guest before signing in, they have had.
    if (request.once !== undefined && (yield* sql.one(ONCE_OF_FAMILY, { person: request.personId, once: request.once }))) return yield* this.#replay(ctx, request);
    const id = newId();
    const scope = request.budgetRef ?? request.source;
    const claim = yield* sql.one(CLAIM_GRANT, {
      id, person: request.personId, kind: reward.kind, amount: reward.amount, ref: reward.ref ?? null, availableAt: reward.availableAt ?? null, source: request.source,
      causeRef: request.causeRef.slice(0, 200), key: request.key, budgetRef: request.budgetRef ?? null, once: request.once ?? null, now: ctx.now, actor: actorName(ctx.actor).slice(0, 300), scope,
    });
    if (!claim) return yield* this.#replay(ctx, request);
    const cost = claim.budgets > 0 ? yield* this.#costOf(ctx, request) : undefined;
    if (!(yield* chargeBudgets(ctx, this.outbox, request, id, claim.budgets, cost))) {
      yield* sql.run(DROP_CLAIM, { id });
      return request.fallback ? yield* this.#fallBack(ctx, request, request.fallback) : { ok: false, reason: 'budget' };
    }
    const hold = checked || reward.kind === 'none' ? undefined : holdOf(ctx, claim);
    const issued = hold && reward.kind !== 'points' ? yield* this.#setAside(ctx, request, id)
      : yield* this.#issue(ctx, hold ? { ...request, reward: { ...reward, availableAt: Math.max(hold.until, reward.availableAt ?? 0) } } : request, id);
    if (typeof issued === 'string') {
      if (claim.budgets > 0) yield* dropCharges(id);
      yield* sql.run(DROP_CLAIM, { id });
      return { ok: false, reason: issued };
    }
    if (hold) yield* recordHold(ctx, id, request.personId, scope, hold, request.fallback);
    else if (reward.kind !== 'none') yield* this.#announce(ctx, id, request);
    return { ok: true, grantId: id, replayed: false, reward, outcome: issued, ...(hold ? { held: true, until: hold.review ? null : hold.until } : {}) };
  }

  *#announce(ctx: ShopContext, grantId: string, { personId, reward, source }: Pick<GrantRequest, 'personId' | 'reward' | 'source'>): Unit<void> {
    yield* this.outbox.steps.emit(ctx, 'grant.made', { grantId, personId, kind: reward.kind, amount: reward.amount, source });
  }

  /** Tells the module that gave a held grant what became of it. */
  *#tell(ctx: ShopContext, row: GrantRow, personId: string, what: Pick<CoreEvents['grant.decided'], 'decision'> & Partial<Pick<CoreEvents['grant.decided'], 'outcome' | 'instead'>>): Unit<void> {
    const told: CoreEvents['grant.decided'] = { grantId: row.id, personId, kind: row.kind, amount: row.amount, source: row.source, causeRef: row.cause_ref, key: row.grant_key, outcome: {}, instead: null, ...what };
    yield* this.outbox.steps.emit(ctx, 'grant.decided', told);
  }

  /** The limit of a budget is reached: the activity's own substitute, under the same key. A used-up activity pays no substitute either, so the shop does. */
  *#fallBack(ctx: ShopContext, { fallback: _tried, budgetRef: _usedUp, ...request }: GrantRequest, fallback: Reward): Unit<GrantResult> {
    const given = yield* this.#grant(ctx, { ...request, reward: fallback });
    return given.ok ? { ...given, fallback: true } : { ok: false, reason: 'budget' };
  }

  *#costOf(ctx: ShopContext, request: Pick<GrantRequest, 'reward'>): Unit<number | undefined> {
    return yield* this.#kinds.find(request.reward.kind)?.cost?.(ctx, request) ?? nothing();
  }

  /** What is checked first waits for its person, if its kind can set it aside. */
  *#setAside(ctx: ShopContext, request: GrantRequest, id: string): Unit<Readonly<Record<string, unknown>> | 'out-of-stock' | 'unavailable'> {
    const kind = this.#kinds.usable(ctx, request.reward.kind);
    if (!kind) return 'unavailable';
    return kind.reserve && !(yield* kind.reserve(ctx, request, id)) ? 'out-of-stock' : {};
  }

  *#issue(ctx: ShopContext, request: GrantRequest, id: string, reserved = false): Unit<Readonly<Record<string, unknown>> | 'guest-limit' | 'out-of-stock' | 'unavailable'> {
    if (request.reward.kind === 'none') return {};
    if (request.reward.kind === 'points') return (yield* creditGrant(ctx, request, id)) ? {} : 'guest-limit';
    const kind = this.#kinds.usable(ctx, request.reward.kind);
    if (!kind) return 'unavailable';
    const outcome = yield* kind.issue(ctx, request, id, reserved);
    if (!outcome) return 'out-of-stock';
    yield* sql.run(STORE_OUTCOME, { id, outcome: JSON.stringify(outcome) });
    return outcome;
  }

  *#release(ctx: ShopContext, grantId: string, note: string | null): Unit<void> {
    const row = yield* sql.one(GRANT_BY_ID, { id: grantId });
    if (!row) throw notFound('grant', grantId);
    const told = (yield* sql.one(HELD_STATE, { grant: grantId }))?.fallback;
    const fallback = told ? JSON.parse(told) as Reward : undefined;
    // The account before the held grant, as everywhere, also that of a substitute.
    const wallet = row.kind === 'points' || fallback?.kind === 'points' ? yield* openFollowed(ctx, row.person_id) : undefined;
    if (!(yield* decideHeld(ctx, grantId, 'released', note))) throw conflict('GX_HELD_DECIDED', 'Somebody has decided about this reward already. Reload the list.');
    // A guest's reward is for whoever the guest became meanwhile.
    const request = { ...requestOf(row), personId: wallet?.personId ?? (yield* followPerson(row.person_id)).personId, ...(fallback ? { fallback } : {}) };
    if (wallet && row.kind === 'points') {
      yield* releasePoints(ctx, row);
      // The one who stayed had it too: nothing reaches anybody now.
      if ((yield* droppedOf(grantId, wallet.personId)) === row.amount) { yield* this.#tell(ctx, row, request.personId, { decision: 'over' }); return; }
      yield* this.#tell(ctx, row, request.personId, { decision: 'given' });
    } else {
      const issued = yield* this.#issue(ctx, request, grantId, true);
      // One was set aside, so what is missing is not stock: it can never be given any more.
      if (issued === 'out-of-stock' && this.#kinds.find(row.kind)?.reserve) { yield* this.#giveInstead(ctx, row, request); return; }
      if (typeof issued === 'string') throw conflict('GX_HELD_UNAVAILABLE', `The reward "${row.kind}" cannot be given now (${issued}). Restock it or switch its module on, then release it.`, { reason: issued });
      yield* this.#tell(ctx, row, request.personId, { decision: 'given', outcome: issued });
    }
    yield* this.#announce(ctx, grantId, request);
  }

  /** Ends a held reward that is over: as if it had never been given, and the activity's substitute in its place, which was checked with it. */
  *#giveInstead(ctx: ShopContext, row: GrantRow, { budgetRef: _over, fallback, ...request }: GrantRequest): Unit<void> {
    yield* sql.run(MARK_REVERSED, { id: row.id, now: ctx.now, note: 'over before it could be given' });
    yield* this.#free(ctx, row.id);
    yield* refundBudgets(ctx, row.id);
    const given = fallback && fallback.kind !== 'none' ? yield* this.#grant(ctx, { ...request, reward: fallback, key: `held:${row.id}:instead` }, true) : undefined;
    yield* this.#tell(ctx, row, request.personId, given?.ok ? { decision: 'instead', outcome: given.outcome, instead: { grantId: given.grantId, kind: given.reward.kind, amount: given.reward.amount } } : { decision: 'over' });
  }

  *#free(ctx: ShopContext, grantId: string): Unit<void> {
    const kind = this.#kinds.find((yield* sql.one(GRANT_BY_ID, { id: grantId }))?.kind ?? '');
    if (kind?.free) yield* kind.free(ctx, grantId);
  }

  /** The claim failed: the key is known, or the person lives on under another id. */
  *#replay(ctx: ShopContext, request: GrantRequest): Unit<GrantResult> {
    const row = yield* sql.one(GRANT_BY_KEY, { key: request.key });
    if (row) {
      const same = (reward: Reward | undefined): boolean => row.kind === reward?.kind && row.amount === reward.amount;
      if (row.source !== request.source || !same(request.reward) && !same(request.fallback)) {
        throw conflict('GX_LEDGER_KEY_REUSED', 'This key already names another grant. Use a new key for a new effect.', { key: request.key });
      }
      return { ...(yield* this.#stored(row)), ...(same(request.reward) ? {} : { fallback: true }) };
    }
    const had = request.once === undefined ? undefined : yield* sql.one(ONCE_OF_FAMILY, { person: request.personId, once: request.once });
    if (had) return yield* this.#stored(had);
    const { personId } = yield* followPerson(request.personId);
    if (personId === request.personId) throw notFound('person', personId);
    return yield* this.#grant(ctx, { ...request, personId });
  }

  *#stored(row: GrantRow): Unit<Extract<GrantResult, { ok: true }>> {
    const held = yield* sql.one(HELD_STATE, { grant: row.id });
    return { ok: true, grantId: row.id, replayed: true, reward: rewardOf(row), outcome: outcomeOf(row), ...(held?.state === 'held' ? { held: true, until: held.review === 1 ? null : held.until } : {}) };
  }

  *#reverse(ctx: ShopContext, grantId: string, reason: string): Unit<void> {
    const known = yield* sql.one(GRANT_BY_ID, { id: grantId });
    if (!known) throw notFound('grant', grantId);
    if (known.reversed_at !== null) return;
    // The account before the grant, as everywhere: who repeats the grant's key holds the account and waits for the grant's row.
    const wallet = known.kind === 'points' ? yield* openFollowed(ctx, known.person_id) : undefined;
    const row = yield* sql.one(MARK_REVERSED, { id: grantId, now: ctx.now, note: reason.slice(0, 500) });
    if (!row) return;
    const waited = yield* decideHeld(ctx, grantId, 'refused', reason);
    if (wallet) {
      yield* expireDueLots(ctx, wallet);
      const given = (yield* sql.one(TRANSACTION_OF_GRANT, { person: row.person_id, grant: grantId }))!;
      const ownLots = yield* sql.many(LOTS_OF_TRANSACTION, { person: wallet.personId, owner: row.person_id, transactionId: given.id });
      const entry = { source: row.source, causeRef: row.cause_ref, note: reason, grantId };
      const left = row.amount - (yield* droppedOf(grantId, wallet.personId));
      if (left > 0) yield* takeBack(ctx, wallet, [{ amount: left, ownLots }], entry);
      else yield* book(ctx, wallet, { kind: 'reversal', ...entry, moves: {} });
      yield* closeWallet(wallet);
    } else if (row.kind !== 'none') {
      const kind = this.#kinds.find(row.kind);
      if (!kind) throw conflict('GX_REWARD_KIND_MISSING', `The plugin that gave "${row.kind}" is not running, so the reward cannot be taken back now. Start it and try again.`);
      if (!waited) yield* kind.revoke(ctx, grantId);
      else if (kind.free) yield* kind.free(ctx, grantId);
    }
    yield* refundBudgets(ctx, grantId);
    if (waited) yield* this.#tell(ctx, row, wallet?.personId ?? (yield* followPerson(row.person_id)).personId, { decision: 'refused' });
  }
}
