import { notFound, type Activities, type Activity, type Customers, type Database, type Page, type PageRequest, type ShopContext } from 'guanxi/plugin';
import { GUESS_TYPE, type GuessRules } from '../activities/guess-rules.js';
import { Guess } from '../entities/guess.entity.js';
import { GUESSES_BY_DAY, ROUND, ROUND_TOTALS, WINNER_TOTALS, WINNERS, type WinnerState } from './guess.statements.js';

export interface RoundReport {
  readonly game: Activity<GuessRules>; readonly price: number | null; readonly realPrice: number | null; readonly decidedAt: number | null; readonly nonce: string | null;
  readonly totals: { readonly guesses: number; readonly players: number; readonly lowest: number | null; readonly highest: number | null; readonly mean: number | null; readonly winners: number; readonly given: number; readonly underRealPrice: number };
  readonly byDay: readonly { readonly date: string; readonly plays: number; readonly won: number }[];
}
export interface GuessLine { readonly id: string; readonly at: number; readonly personId: string; readonly person: string | null; readonly no: number; readonly amount: number }
export interface WinnerLine { readonly personId: string; readonly person: string | null; readonly amount: number; readonly under: 'sealed' | 'real'; readonly state: WinnerState; readonly note: string | null; readonly at: number }

/** What the merchant sees of a round. The price is theirs, so they see it. */
export class RoundReports {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly customers: Customers) {}

  async report(ctx: ShopContext, id: string): Promise<RoundReport> {
    const game = await this.#round(ctx, id);
    return this.db.read(ctx, async (q) => {
      const round = await q.one(ROUND, { activity: id }), guesses = await q.one(ROUND_TOTALS, { activity: id }), winners = await q.one(WINNER_TOTALS, { activity: id });
      return {
        game, price: round?.price ?? null, realPrice: round?.real_price ?? null, decidedAt: round?.decided_at ?? null, nonce: round && round.decided_at !== null ? round.nonce : null, byDay: await q.many(GUESSES_BY_DAY, { activity: id }),
        totals: { guesses: guesses?.guesses ?? 0, players: guesses?.players ?? 0, lowest: guesses?.lowest ?? null, highest: guesses?.highest ?? null, mean: guesses?.mean ?? null, winners: winners?.winners ?? 0, given: winners?.given ?? 0, underRealPrice: winners?.real ?? 0 },
      };
    });
  }

  async guesses(ctx: ShopContext, id: string, page: PageRequest): Promise<Page<GuessLine>> {
    await this.#round(ctx, id);
    const found = await this.db.read(ctx, (q) => q.page(Guess, { activityId: id }, { by: 'at', direction: 'desc' }, page));
    const people = await this.customers.byIds(ctx, found.items.map(({ personId }) => personId));
    return { items: found.items.map((each) => ({ id: each.id, at: each.at, personId: each.personId, person: people.get(each.personId)?.name ?? null, no: each.guessNo, amount: each.amount })), ...(found.next ? { next: found.next } : {}) };
  }

  /** By person; `cursor` is the last one's id. */
  async winners(ctx: ShopContext, id: string, { limit = 50, cursor = '' }: PageRequest): Promise<Page<WinnerLine>> {
    await this.#round(ctx, id);
    const rows = await this.db.read(ctx, (q) => q.many(WINNERS, { activity: id, after: cursor, limit: limit + 1 }));
    const shown = rows.slice(0, limit), people = await this.customers.byIds(ctx, shown.map((row) => row.person_id));
    return {
      items: shown.map((row) => ({ personId: row.person_id, person: people.get(row.person_id)?.name ?? null, amount: row.amount, under: row.under, state: row.state, note: row.note, at: row.at })),
      ...(rows.length > limit ? { next: shown.at(-1)!.person_id } : {}),
    };
  }

  async #round(ctx: ShopContext, id: string): Promise<Activity<GuessRules>> {
    const game = await this.activities.get<GuessRules>(ctx, id);
    if (game?.type !== GUESS_TYPE) throw notFound('round', id);
    return game;
  }
}
