import { businessDate, conflict, GxError, newId, notFound, sql, type Activities, type Activity, type Database, type Events, type GrantResult, type Grants, type PointsSpend, type ShopContext, type Unit } from 'guanxi/plugin';
import type { Members } from '../contracts/members.js';
import { deckSize, type WheelRules } from '../activities/wheel-rules.js';
import type { Checked, PLAY_OUTCOMES } from '../entities/play.entity.js';
import { BLANK, blocksOf, prizeOf, shuffledDeck } from './deck.js';
import { COUNT_NEXT_TRY, COUNT_TRY, COUNT_WIN, DRAW, MAKE_BLOCK, MAKE_DECK, MAKE_PRIZE, PUT_PRIZE_BACK, OWN_TURNS, RECORD_PLAY, TAKE_PRIZE, TAKE_RESERVE, USE_EXTRA } from './game.statements.js';
import { heldNotice } from './held-notice.js';

export interface PlayResult {
  readonly playId: string; readonly playNo: number; /** The receipt's time, by the server's clock. */ readonly at: number; readonly outcome: (typeof PLAY_OUTCOMES)[number];
  /** Index into the rules' prizes; null for a blank. The picture follows it. */
  readonly prize: number | null;
  readonly cost: number; readonly pointsWon: number; readonly triesLeft: { readonly free: number; readonly paid: number };
  /** What the prize brought besides points, e.g. a coupon code. */
  readonly given: Readonly<Record<string, unknown>>;
}

export interface OwnTurn { readonly playId: string; readonly at: number; readonly outcome: PlayResult['outcome']; readonly prize: number | null; readonly pointsWon: number; /** What became of a prize that was checked first. */ readonly checked: Checked | null }

export const WHEEL = 'interaction-games.wheel';
interface Given { readonly outcome: PlayResult['outcome']; readonly pointsWon: number; readonly note: string | null; readonly checked: Checked | null; readonly details: Readonly<Record<string, unknown>> }
/** What is told of a prize or a consolation: what it brought, or that it is checked first. */
const told = (ctx: ShopContext, grant: Extract<GrantResult, { ok: true }>): Pick<Given, 'checked' | 'details'> => (grant.held ? { checked: 'held', details: { notice: heldNotice(ctx, grant.until ?? null) } } : { checked: null, details: grant.outcome });

export class Wheel {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly points: PointsSpend, private readonly grants: Grants, private readonly events: Events, private readonly membersOf: (ctx: ShopContext) => Members | undefined) {}

  /** Lays out the deck in the unit that publishes the wheel. */
  *publish(_ctx: ShopContext, activity: Activity<WheelRules>): Unit<void> {
    const rules = activity.config;
    yield* sql.run(MAKE_DECK, { activity: activity.id, size: deckSize(rules), reserve: rules.guarantee?.quantity ?? 0 });
    for (const [block, tickets] of blocksOf(shuffledDeck(rules)).entries()) yield* sql.run(MAKE_BLOCK, { activity: activity.id, block, tickets });
    for (const [prize, { quantity }] of rules.prizes.entries()) {
      yield* sql.run(MAKE_PRIZE, { activity: activity.id, prize, total: quantity + (rules.guarantee?.prize === prize ? rules.guarantee.quantity : 0) });
    }
  }

  /** One turn: cost, ticket, stock, prize and record are one unit. Sold out and too few points change nothing. */
  async play(ctx: ShopContext, personId: string, activityId: string): Promise<PlayResult> {
    const known = this.membersOf(ctx);
    if (known && !(await known.mayDraw(ctx, personId))) throw new GxError('GX_NO_DRAW_FOR_CHILDREN', 403, 'Draws are for people of 14 years and older.');
    return this.db.hot(ctx, `wheel:${activityId}`, (inner) => this.#turn(inner, personId, activityId));
  }

  /** The latest 20 turns of one person, newest first. */
  async turns(ctx: ShopContext, personId: string, activityId: string): Promise<readonly OwnTurn[]> {
    return (await this.db.read(ctx, (q) => q.many(OWN_TURNS, { activity: activityId, person: personId }))).map(({ points_won: pointsWon, id: playId, ...row }) => ({ ...row, playId, pointsWon }));
  }

  *#turn(ctx: ShopContext, person: string, id: string): Unit<PlayResult> {
    const activity = yield* this.activities.steps.live<WheelRules>(ctx, id);
    if (!activity || activity.type !== WHEEL) throw notFound('game', id);
    const rules = activity.config;
    const day = businessDate(ctx.shop, ctx.now);
    const paidTries = rules.costPerTry > 0 ? rules.paidPerDay : 0;
    const attempt = { activity: id, person, day, most: rules.freePerDay + paidTries };
    const counted = (yield* sql.one(COUNT_NEXT_TRY, attempt)) ?? (yield* sql.one(COUNT_TRY, attempt));
    if (!counted || (rules.freePerDay + paidTries === 0 && counted.extra === 0)) throw conflict('GX_NO_TRIES', 'No tries are left today. Come back tomorrow.');
    const extra = counted.day_plays > rules.freePerDay && counted.extra > 0;
    if (extra) yield* sql.run(USE_EXTRA, { activity: id, person });
    const [used, extraLeft] = extra ? [counted.day_plays - 1, counted.extra - 1] : [counted.day_plays, counted.extra];
    const cost = !extra && used > rules.freePerDay ? rules.costPerTry : 0;
    const playId = newId();
    if (cost > 0) {
      // The record of plays has each number of a person once; a key that grows with time keeps the ledger's index in one place.
      const paid = yield* this.points.steps.spend(ctx, { personId: person, amount: cost, source: WHEEL, causeRef: playId, key: `wheel:${playId}` });
      if (!paid.ok) throw paid.reason === 'guest' ? conflict('GX_SIGN_IN_TO_PAY', 'Sign in to use points for more tries.') : conflict('GX_TOO_FEW_POINTS', `A try costs ${cost} points; ${paid.available} are available.`, { cost, available: paid.available });
    }
    const drawn = yield* this.#draw(id, rules, counted.plays, counted.wins);
    const given = yield* this.#give(ctx, person, activity, rules, playId, counted.plays, drawn.prize);
    yield* sql.run(RECORD_PLAY, { id: playId, activity: id, person, playNo: counted.plays, ticket: drawn.ticket, outcome: given.outcome, prize: drawn.prize ?? null, cost, pointsWon: given.pointsWon, note: given.note, checked: given.checked, day, now: ctx.now });
    // Wins are counted only as long as the newcomers' guarantee asks for them.
    if (given.outcome === 'won' && rules.guarantee && counted.plays < rules.guarantee.byTry) yield* sql.run(COUNT_WIN, { activity: id, person });
    yield* this.events.steps.emit(ctx, 'interaction-games.played', { playId, personId: person, activityId: id, outcome: given.outcome, cost, pointsWon: given.pointsWon });
    return {
      playId, playNo: counted.plays, at: ctx.now, outcome: given.outcome, prize: drawn.prize ?? null, cost, pointsWon: given.pointsWon, given: given.details,
      triesLeft: { free: Math.max(0, rules.freePerDay - used) + extraLeft, paid: Math.max(0, Math.min(paidTries, rules.freePerDay + paidTries - used)) },
    };
  }

  /** A newcomer's ticket from the reserve, or the next of the deck. */
  *#draw(activity: string, rules: WheelRules, tries: number, wins: number): Unit<{ readonly prize: number | undefined; readonly ticket: number | null }> {
    const { guarantee } = rules;
    if (guarantee && tries === guarantee.byTry && wins === 0 && (yield* sql.run(TAKE_RESERVE, { activity })) > 0) return { prize: guarantee.prize, ticket: null };
    const next = yield* sql.one(DRAW, { activity });
    if (!next) throw conflict('GX_SOLD_OUT', 'All tickets of this game are drawn. Nothing was charged.');
    return { prize: prizeOf(next.letter ?? BLANK), ticket: next.drawn - 1 };
  }

  *#give(ctx: ShopContext, personId: string, activity: Activity<WheelRules>, rules: WheelRules, playId: string, playNo: number, index: number | undefined): Unit<Given> {
    const prize = index === undefined ? undefined : rules.prizes[index];
    if (index === undefined || !prize) return { outcome: 'blank', pointsWon: 0, note: null, checked: null, details: {} };
    const key = `${activity.id}:${personId}:${playNo}`, fallback = { kind: 'points', amount: rules.fallbackPoints };
    const request = { personId, source: WHEEL, causeRef: playId };
    let reason = 'out-of-stock';
    if ((yield* sql.run(TAKE_PRIZE, { activity: activity.id, prize: index })) > 0) {
      const grant = yield* this.grants.steps.grant(ctx, {
        ...request, key: `${key}:prize`, budgetRef: activity.id, reward: { kind: prize.kind, amount: prize.amount, ...(prize.ref === undefined ? {} : { ref: prize.ref }) }, ...(fallback.amount > 0 ? { fallback } : {}),
      });
      if (grant.ok && !grant.fallback) return { outcome: 'won', pointsWon: prize.kind === 'points' ? prize.amount : 0, note: null, ...told(ctx, grant) };
      // A guest at the cap leaves the ticket for others; anything else would leave it stuck at the head of the deck.
      if (!grant.ok && grant.reason === 'guest-limit') throw conflict('GX_SIGN_IN_TO_WIN', 'Guests can hold only so many points. Sign in to go on playing.');
      yield* sql.run(PUT_PRIZE_BACK, { activity: activity.id, prize: index });
      // A wheel whose budget is used up pays no substitute either: the shop did, as the rules promise.
      if (grant.ok) return { outcome: 'fallback', pointsWon: grant.reward.amount, note: 'budget', ...told(ctx, grant) };
      reason = grant.reason;
    }
    // Where a budget is used up, the consolation was refused with the prize.
    const consolation = fallback.amount > 0 && reason !== 'budget' ? yield* this.grants.steps.grant(ctx, { ...request, key: `${key}:fallback`, reward: fallback, budgetRef: activity.id }) : undefined;
    return { outcome: 'fallback', note: reason, ...(consolation?.ok ? { pointsWon: fallback.amount, ...told(ctx, consolation) } : { pointsWon: 0, checked: null, details: {} }) };
  }
}
