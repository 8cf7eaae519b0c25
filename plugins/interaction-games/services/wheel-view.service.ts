import { businessDate, type Activities, type Activity, type Database, type Grants, type PointsRead, type ShopContext } from 'guanxi/plugin';
import type { WheelRules } from '../activities/wheel-rules.js';
import { DECK, PLAYED_ON, PRIZES, TRIES_OF } from './game.statements.js';

export interface WheelView {
  readonly id: string; readonly title: string; readonly endsAt: number | null;
  /** Quantities are the odds: chance = quantity of all tickets. */
  readonly prizes: readonly { readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly kind: string; readonly amount: number; readonly quantity: number; readonly remaining: number }[];
  readonly tickets: number; readonly ticketsLeft: number; readonly blanks: number; readonly costPerTry: number;
  readonly guarantee: { readonly byTry: number; readonly prize: number; readonly quantity: number } | null;
  readonly freePerDay: number; readonly paidPerDay: number; readonly fallbackPoints: number;
  readonly triesLeft: { readonly free: number; readonly paid: number }; readonly points: number | null;
  /** A budget has no room: not every prize that is left can be given now. */
  readonly limited: boolean;
}

/** What a shopper sees of a wheel: rules, odds and own tries. Never positions. */
export class WheelViews {
  constructor(private readonly db: Database, private readonly activities: Activities, private readonly points: PointsRead, private readonly grants: Grants) {}

  async live(ctx: ShopContext, personId: string | undefined): Promise<WheelView[]> {
    const wheels = await this.activities.list<WheelRules>(ctx, { type: 'interaction-games.wheel', state: 'live' });
    const balance = personId ? await this.points.balance(ctx, personId) : undefined;
    return Promise.all(wheels.map(async (wheel) => {
      const view = await this.#view(ctx, wheel, personId, balance?.available ?? null);
      return { ...view, limited: await this.#isLimited(ctx, wheel, view) };
    }));
  }

  /** Only what can still be drawn counts. */
  async #isLimited(ctx: ShopContext, { id, config }: Activity<WheelRules>, { prizes }: Pick<WheelView, 'prizes'>): Promise<boolean> {
    const left = config.prizes.filter((_, index) => prizes[index]!.remaining > 0).map(({ kind, amount, ref }) => ({ kind, amount, ...(ref === undefined ? {} : { ref }) }));
    const scopes = left.flatMap(({ kind, ref }) => [`kind:${kind}`, ...(ref === undefined ? [] : [`kind:${kind}:${ref}`])]);
    return left.length > 0 && (await this.grants.reached(ctx, ['shop', id, ...scopes], left)).length > 0;
  }

  async #view(ctx: ShopContext, wheel: Activity<WheelRules>, personId: string | undefined, points: number | null): Promise<Omit<WheelView, 'limited'>> {
    const rules = wheel.config;
    const day = businessDate(ctx.shop, ctx.now);
    return this.db.read(ctx, async (q) => {
      const stock = new Map((await q.many(PRIZES, { activity: wheel.id })).map((row) => [row.prize, row]));
      const deck = await q.one(DECK, { activity: wheel.id });
      const counter = personId ? await q.one(TRIES_OF, { activity: wheel.id, person: personId, day }) : undefined;
      const used = counter?.used ?? (personId ? (await q.one(PLAYED_ON, { activity: wheel.id, person: personId, day }))?.plays : undefined) ?? 0;
      const paid = rules.costPerTry > 0 ? rules.paidPerDay : 0;
      return {
        id: wheel.id, title: wheel.title, endsAt: wheel.endsAt, tickets: deck?.size ?? 0, ticketsLeft: (deck?.size ?? 0) - (deck?.drawn ?? 0), blanks: rules.blanks, costPerTry: rules.costPerTry,
        prizes: rules.prizes.map((prize, index) => ({ title: prize.title, kind: prize.kind, amount: prize.amount, quantity: prize.quantity, remaining: stock.get(index)?.remaining ?? 0 })),
        guarantee: rules.guarantee ? { ...rules.guarantee } : null, freePerDay: rules.freePerDay, paidPerDay: paid, fallbackPoints: rules.fallbackPoints,
        triesLeft: { free: Math.max(0, rules.freePerDay - used) + (counter?.extra ?? 0), paid: Math.max(0, Math.min(paid, rules.freePerDay + paid - used)) }, points,
      };
    });
  }
}
