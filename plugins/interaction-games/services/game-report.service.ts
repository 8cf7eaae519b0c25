import { addDays, below, businessDate, notFound, type Activities, type Activity, type Customers, type Database, type Page, type PageRequest, type ShopContext, type Statement } from 'guanxi/plugin';
import type { CheckInRules } from '../activities/check-in-rules.js';
import type { GuessRules } from '../activities/guess-rules.js';
import type { WheelRules } from '../activities/wheel-rules.js';
import { CheckIn } from '../entities/check-in.entity.js';
import { Play, type Checked } from '../entities/play.entity.js';
import { GUESS_TOTALS, GUESSES_BY_DAY } from './guess.statements.js';
import { CHECK_IN_TOTALS, CHECK_INS_BY_DAY, DECK, PLAYED_SINCE, PLAYS_BY_DAY, PRIZES, WHEEL_TOTALS, type TotalsRow } from './game.statements.js';

type Rules = WheelRules | CheckInRules | GuessRules;
export type Game = Activity<Rules>;
const totalsOf = (type: string): Statement<TotalsRow> => (type.endsWith('.wheel') ? WHEEL_TOTALS : type.endsWith('.guess-price') ? GUESS_TOTALS : CHECK_IN_TOTALS);
export interface GameReport {
  readonly totals: TotalsRow; readonly byDay: readonly { readonly date: string; readonly plays: number; readonly won: number }[];
  readonly prizes: readonly { readonly prize: number; readonly total: number; readonly remaining: number }[];
  readonly deck: { readonly size: number; readonly drawn: number; readonly reserve: number } | null;
}
export interface PlayLine { readonly id: string; readonly at: number; readonly businessDate: string; readonly personId: string; readonly person: string | null; readonly outcome: string; readonly prize: number | null; readonly cost: number; readonly pointsWon: number; readonly note: string | null; readonly checked: Checked | null }

/** What the merchant sees of a game. Positions of prizes in a deck are never shown. */
export class GameReports {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly customers: Customers) {}

  async games(ctx: ShopContext): Promise<(Game & { readonly totals: TotalsRow })[]> {
    const games = await this.activities.list<Rules>(ctx, {});
    return this.db.read(ctx, async (q) => {
      const rows = [];
      for (const game of games) {
        const totals = await q.one(totalsOf(game.type), { activity: game.id });
        rows.push({ ...game, totals: totals ?? { plays: 0, players: 0, winners: 0, won: 0, spent: 0, given: 0 } });
      }
      return rows;
    });
  }

  async report(ctx: ShopContext, id: string): Promise<{ game: Game } & GameReport> {
    const game = await this.activities.get<Rules>(ctx, id);
    if (!game) throw notFound('game', id);
    const wheel = game.type.endsWith('.wheel');
    return this.db.read(ctx, async (q) => ({
      game, totals: (await q.one(totalsOf(game.type), { activity: id })) ?? { plays: 0, players: 0, winners: 0, won: 0, spent: 0, given: 0 },
      byDay: await q.many(wheel ? PLAYS_BY_DAY : game.type.endsWith('.guess-price') ? GUESSES_BY_DAY : CHECK_INS_BY_DAY, { activity: id }),
      prizes: wheel ? (await q.many(PRIZES, { activity: id })).map(({ prize, total, remaining }) => ({ prize, total, remaining })) : [],
      deck: (wheel ? await q.one(DECK, { activity: id }) : undefined) ?? null,
    }));
  }

  async plays(ctx: ShopContext, activityId: string, page: PageRequest): Promise<Page<PlayLine>> {
    const game = await this.activities.get(ctx, activityId);
    if (!game) throw notFound('game', activityId);
    const found = await this.db.read<Page<Omit<PlayLine, 'person'>>>(ctx, async (q) => {
      if (game.type.endsWith('.wheel')) return q.page(Play, { activityId }, { by: 'at', direction: 'desc' }, page);
      const checkIns = await q.page(CheckIn, { activityId }, { by: 'at', direction: 'desc' }, page);
      return { ...checkIns, items: checkIns.items.map((each) => ({ id: each.id, at: each.at, businessDate: each.businessDate, personId: each.personId, outcome: 'won', prize: null, cost: 0, pointsWon: each.earned, note: null, checked: null })) };
    });
    const people = await this.customers.byIds(ctx, found.items.map((each) => each.personId));
    return {
      items: found.items.map((each) => ({ id: each.id, at: each.at, businessDate: each.businessDate, personId: each.personId, person: people.get(each.personId)?.name ?? null, outcome: each.outcome, prize: each.prize, cost: each.cost, pointsWon: each.pointsWon, note: each.note, checked: each.checked })),
      ...(found.next ? { next: found.next } : {}),
    };
  }

  /** Plays of the last 30 business dates, oldest first. */
  async trend(ctx: ShopContext): Promise<number[]> {
    const today = businessDate(ctx.shop, ctx.now);
    const from = addDays(today, -29);
    const rows = await this.db.read(ctx, (q) => q.scan(PLAYED_SINCE, { from }));
    const byDate = new Map(rows.map((row) => [row.date, row.plays]));
    return Array.from({ length: 30 }, (_, day) => byDate.get(addDays(from, day)) ?? 0);
  }

  async ofPerson(ctx: ShopContext, personId: string, range: { readonly before: number; readonly limit: number }): Promise<{ readonly plays: Play[]; readonly checkIns: CheckIn[] }> {
    return this.db.read(ctx, async (q) => ({
      plays: await q.find(Play, { personId, at: below(range.before) }, { order: { at: 'desc' }, limit: range.limit }),
      checkIns: await q.find(CheckIn, { personId, at: below(range.before) }, { order: { at: 'desc' }, limit: range.limit }),
    }));
  }
}
