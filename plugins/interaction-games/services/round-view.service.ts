import { DAY, type Activities, type Activity, type Database, type Localised, type Products, type Reader, type ShopContext } from 'guanxi/plugin';
import { GUESS_TYPE, type GuessMode, type GuessRules } from '../activities/guess-rules.js';
import type { Hint } from '../entities/guess.entity.js';
import { COUPON_OF, GUESSES_OF, ROUND, WINNER_OF, WINNER_TOTALS, type WinnerState } from './guess.statements.js';
import { heldNotice } from './held-notice.js';

export interface RoundView {
  readonly id: string; readonly title: string; readonly state: 'open' | 'closed' | 'revealed'; readonly endsAt: number | null;
  readonly product: { readonly sku: string; readonly title: string; readonly imageUrl: string | null; readonly url: string | null };
  readonly currency: string; readonly mode: GuessMode; readonly tolerance: number; readonly hints: boolean; readonly prize: Localised; readonly commitment: string | null;
  /** Of this shopper; null for whoever is not signed in. */
  readonly mine: { readonly left: number; readonly guesses: readonly { readonly no: number; readonly amount: number; readonly hint: Hint | null }[] } | null;
  /** Only once the winners are known. */
  readonly result: {
    readonly price: number; readonly realPrice: number | null; readonly nonce: string; readonly winners: number;
    readonly won: { readonly amount: number; readonly under: 'sealed' | 'real'; readonly state: WinnerState; readonly notice: string | null; readonly code: string | null; readonly expiresAt: number | null } | null;
  } | null;
}

/** In the language of whoever reads; the first winners have the sentence itself. */
function noticeOf(ctx: ShopContext, note: string | null): string | null {
  const until = note === null ? null : Date.parse(note);
  return Number.isNaN(until) ? note : heldNotice(ctx, until);
}

/** How long a round is shown after its close. */
const SHOWN = 14 * DAY;

/** What shoppers see of rounds. Before the winners are known nothing of it depends on the price. */
export class RoundViews {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly products: Products) {}

  /** Open ones first, the one that closes first at the top; then those that closed in the last two weeks. */
  async shown(ctx: ShopContext, personId: string | undefined): Promise<RoundView[]> {
    const all = await this.activities.list<GuessRules>(ctx, { type: GUESS_TYPE });
    const open = all.filter(({ state }) => state === 'live').toSorted((a, b) => (a.endsAt ?? 0) - (b.endsAt ?? 0));
    const closed = all.filter(({ state, endsAt }) => (state === 'ended' || state === 'settled') && (endsAt ?? 0) > ctx.now - SHOWN).toSorted((a, b) => (b.endsAt ?? 0) - (a.endsAt ?? 0));
    const rounds = [...open, ...closed].slice(0, 20);
    const goods = rounds.length > 0 ? await this.products.bySkus(ctx, [...new Set(rounds.map(({ config }) => config.sku))]) : new Map<string, never>();
    return this.db.read(ctx, async (q) => {
      const views: RoundView[] = [];
      for (const round of rounds) {
        const { config: { sku, productTitle, currency, mode, tolerance, hints, prize, commitment, guesses: most } } = round, product = goods.get(sku);
        const guesses = personId ? await q.many(GUESSES_OF, { activity: round.id, person: personId }) : undefined;
        const result = round.state === 'live' ? null : await this.#result(ctx, q, round, personId);
        views.push({
          id: round.id, title: round.title, state: round.state === 'live' ? 'open' : result ? 'revealed' : 'closed', endsAt: round.endsAt,
          product: { sku, title: product?.title ?? productTitle, imageUrl: product?.imageUrl ?? null, url: product?.url ?? null }, currency, mode, tolerance, hints, prize: prize.title, commitment,
          mine: guesses ? { left: Math.max(0, most - guesses.length), guesses: guesses.map((each) => ({ no: each.guess_no, amount: each.amount, hint: each.hint })) } : null, result,
        });
      }
      return views;
    });
  }

  async #result(ctx: ShopContext, q: Reader, { id }: Activity<GuessRules>, personId: string | undefined): Promise<RoundView['result']> {
    const round = await q.one(ROUND, { activity: id });
    if (!round || round.decided_at === null) return null;
    const won = personId ? await q.one(WINNER_OF, { activity: id, person: personId }) : undefined;
    const coupon = won && personId ? await q.one(COUPON_OF, { activity: id, person: personId }) : undefined;
    const given = won?.outcome ? JSON.parse(won.outcome) as { readonly code?: string; readonly expiresAt?: number } : {};
    return {
      price: round.price, realPrice: round.real_price === round.price ? null : round.real_price, nonce: round.nonce, winners: (await q.one(WINNER_TOTALS, { activity: id }))?.winners ?? 0,
      won: won ? { amount: won.amount, under: won.under, state: won.state, notice: won.state === 'held' ? noticeOf(ctx, won.note) : null, code: coupon?.code ?? given.code ?? null, expiresAt: coupon?.expires_at ?? given.expiresAt ?? null } : null,
    };
  }
}
