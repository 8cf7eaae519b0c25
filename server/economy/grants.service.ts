import {
  actorName, conflict, newId, notFound, sql, type Database, type GrantRequest, type GrantResult, type Grants, type Instant, type Localised, type Page, type PageRequest, type Reward, type RewardKind,
  type ShopContext, type Unit,
} from '../plugin-api/index.js';
import { pageOf, pageSize, positionOf } from '../commerce/list-page.js';
import type { Outbox } from '../events/outbox.js';
import { chargeBudgets, refundBudgets } from './budgets.js';
import {
  CLAIM_GRANT, DROP_CLAIM, FIRST_GRANTS, GRANT_BY_ID, GRANT_BY_KEY, MARK_REVERSED, NEXT_GRANTS, ONCE_OF_FAMILY, STORE_OUTCOME, TRANSACTION_OF_GRANT, type GrantRow,
} from './grant-statements.js';
import { closeWallet, openFollowed } from './ledger-entry.js';
import { checkAmount, checkNames } from './ledger-input.js';
import { LOTS_OF_TRANSACTION } from './ledger-statements.js';
import { followPerson } from './person-follow.js';
import { creditGrant } from './points-credit.js';
import { RewardKinds, type PluginEnabled } from './reward-kinds.js';
import { expireDueLots, takeBack } from './wallet-moves.js';

/** One thing a person was given, for "my rewards" and the customer's page. */
export interface GrantView { readonly id: string; readonly reward: Reward; readonly source: string; readonly causeRef: string; readonly at: Instant; readonly reversedAt: Instant | null; readonly outcome: Readonly<Record<string, unknown>> }

const ORDER = 'grants.person';
const rewardOf = (row: GrantRow): Reward => ({
  kind: row.kind, amount: row.amount, ...(row.ref === null ? {} : { ref: row.ref }), ...(row.available_at === null ? {} : { availableAt: row.available_at }),
});
const outcomeOf = (row: GrantRow): Readonly<Record<string, unknown>> => JSON.parse(row.outcome) as Readonly<Record<string, unknown>>;

/** The one door by which value is given: key → budget → limit or stock → ledger → outbox, in one unit. */
export class GrantsService implements Grants {
  readonly #kinds: RewardKinds;
  readonly steps = {
    grant: (ctx: ShopContext, request: GrantRequest): Unit<GrantResult> => this.#grant(ctx, request),
    reverse: (ctx: ShopContext, grantId: string, reason: string): Unit<void> => this.#reverse(ctx, grantId, reason),
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

  *#grant(ctx: ShopContext, request: GrantRequest): Unit<GrantResult> {
    const { reward } = request;
    checkNames(request.source, request.key);
    checkAmount(reward.amount, reward.kind === 'none' ? 0 : 1);
    // What somebody had as a guest before signing in, they have had.
    if (request.once !== undefined && (yield* sql.one(ONCE_OF_FAMILY, { person: request.personId, once: request.once }))) return yield* this.#replay(ctx, request);
    const id = newId();
    const claim = yield* sql.one(CLAIM_GRANT, {
      id, person: request.personId, kind: reward.kind, amount: reward.amount, ref: reward.ref ?? null, availableAt: reward.availableAt ?? null, source: request.source,
      causeRef: request.causeRef.slice(0, 200), key: request.key, budgetRef: request.budgetRef ?? null, once: request.once ?? null, now: ctx.now, actor: actorName(ctx.actor).slice(0, 300),
    });
    if (!claim) return yield* this.#replay(ctx, request);
    if (!(yield* chargeBudgets(reward.kind, request.budgetRef, reward.amount, claim.budgets))) {
      yield* sql.run(DROP_CLAIM, { id });
      return { ok: false, reason: 'budget' };
    }
    const issued = yield* this.#issue(ctx, request, id);
    if (typeof issued === 'string') {
      if (claim.budgets > 0) yield* refundBudgets(reward.kind, request.budgetRef ?? null, reward.amount);
      yield* sql.run(DROP_CLAIM, { id });
      return { ok: false, reason: issued };
    }
    if (reward.kind !== 'none') {
      yield* this.outbox.steps.emit(ctx, 'grant.made', { grantId: id, personId: request.personId, kind: reward.kind, amount: reward.amount, source: request.source });
    }
    return { ok: true, grantId: id, replayed: false, reward, outcome: issued };
  }

  *#issue(ctx: ShopContext, request: GrantRequest, id: string): Unit<Readonly<Record<string, unknown>> | 'guest-limit' | 'out-of-stock' | 'unavailable'> {
    if (request.reward.kind === 'none') return {};
    if (request.reward.kind === 'points') return (yield* creditGrant(ctx, request, id)) ? {} : 'guest-limit';
    const kind = this.#kinds.usable(ctx, request.reward.kind);
    if (!kind) return 'unavailable';
    const outcome = yield* kind.issue(ctx, request, id);
    if (!outcome) return 'out-of-stock';
    yield* sql.run(STORE_OUTCOME, { id, outcome: JSON.stringify(outcome) });
    return outcome;
  }

  /** The claim failed: the key is known, or the person lives on under another id. */
  *#replay(ctx: ShopContext, request: GrantRequest): Unit<GrantResult> {
    const row = yield* sql.one(GRANT_BY_KEY, { key: request.key });
    if (row) {
      if (row.kind !== request.reward.kind || row.amount !== request.reward.amount || row.source !== request.source) {
        throw conflict('GX_LEDGER_KEY_REUSED', 'This key already names another grant. Use a new key for a new effect.', { key: request.key });
      }
      return { ok: true, grantId: row.id, replayed: true, reward: rewardOf(row), outcome: outcomeOf(row) };
    }
    const had = request.once === undefined ? undefined : yield* sql.one(ONCE_OF_FAMILY, { person: request.personId, once: request.once });
    if (had) return { ok: true, grantId: had.id, replayed: true, reward: rewardOf(had), outcome: outcomeOf(had) };
    const { personId } = yield* followPerson(request.personId);
    if (personId === request.personId) throw notFound('person', personId);
    return yield* this.#grant(ctx, { ...request, personId });
  }

  *#reverse(ctx: ShopContext, grantId: string, reason: string): Unit<void> {
    const known = yield* sql.one(GRANT_BY_ID, { id: grantId });
    if (!known) throw notFound('grant', grantId);
    if (known.reversed_at !== null) return;
    // The account before the grant, as everywhere: who repeats the grant's key holds the account and waits for the grant's row.
    const wallet = known.kind === 'points' ? yield* openFollowed(ctx, known.person_id) : undefined;
    const row = yield* sql.one(MARK_REVERSED, { id: grantId, now: ctx.now, note: reason.slice(0, 500) });
    if (!row) return;
    if (wallet) {
      yield* expireDueLots(ctx, wallet);
      const given = (yield* sql.one(TRANSACTION_OF_GRANT, { person: row.person_id, grant: grantId }))!;
      const ownLots = yield* sql.many(LOTS_OF_TRANSACTION, { person: wallet.personId, owner: row.person_id, transactionId: given.id });
      yield* takeBack(ctx, wallet, [{ amount: row.amount, ownLots }], { source: row.source, causeRef: row.cause_ref, note: reason, grantId });
      yield* closeWallet(wallet);
    } else if (row.kind !== 'none') {
      const kind = this.#kinds.find(row.kind);
      if (!kind) throw conflict('GX_REWARD_KIND_MISSING', `The plugin that gave "${row.kind}" is not running, so the reward cannot be taken back now. Start it and try again.`);
      yield* kind.revoke(ctx, grantId);
    }
    yield* refundBudgets(row.kind, row.budget_ref, row.amount);
  }
}
