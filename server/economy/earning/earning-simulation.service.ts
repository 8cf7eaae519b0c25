import { addDays, daysBetween, startOfBusinessDate, type BusinessDate, type Database, type ShopContext } from '../../plugin-api/index.js';
import { worthOf } from '../programme/programme.js';
import type { EarnRule } from './earn-rule.js';
import type { EarnRulesService } from './earn-rules.service.js';
import { simulateOrder, type SimulatedOrder, type SimulationRules } from './simulate-order.js';
import { ORDER_NAMES, PRODUCT_TYPES, SIMULATED_LINES, type SimulatedLine } from './simulation-statements.js';

/** With what a merchant knows it by. */
export interface NamedOrder extends SimulatedOrder { readonly number: string; readonly personId: string | null; readonly name: string | null }
export interface SimulationPeriod { /** Both included; at most 366 days. */ readonly from: BusinessDate; readonly to: BusinessDate }
export interface SimulationSide { readonly points: number; /** What they are worth, in minor units. */ readonly cost: number }
export interface EarningSimulation extends SimulationPeriod {
  readonly orders: number;
  /** Paid for goods and kept, in minor units. */
  readonly sales: number;
  readonly before: SimulationSide;
  readonly after: SimulationSide;
  /** What the ledger has of these orders; imported ones earned nothing. */
  readonly booked: number;
  /** By the week's first day. */
  readonly weeks: readonly { readonly date: BusinessDate; readonly before: number; readonly after: number }[];
  /** The 20 orders for which most changes. */
  readonly changed: readonly NamedOrder[];
}

const PAGE = 2_000;
const MOST = 20;
/** The Monday of the week; 1970-01-05 was one. */
const mondayOf = (date: BusinessDate): BusinessDate => addDays(date, -(((daysBetween('1970-01-05', date) % 7) + 7) % 7));

/** What a rule would have paid on orders that were really placed. Nothing is written. */
export class EarningSimulationService {
  constructor(private readonly db: Database, private readonly rules: EarnRulesService) {}

  /** Page by page, so that any number of orders needs little memory and other requests go on. */
  async *#pages(ctx: ShopContext, tried: EarnRule, { from, to }: SimulationPeriod): AsyncGenerator<SimulatedOrder[]> {
    const types = new Map((await this.db.read(ctx, (q) => q.scan(PRODUCT_TYPES))).map(({ sku, category }) => [sku, category]));
    const around: SimulationRules = { tried, versions: await this.rules.versions(ctx), campaigns: await this.rules.campaigns(ctx), types };
    const start = startOfBusinessDate(ctx.shop, from), until = startOfBusinessDate(ctx.shop, addDays(to, 1));
    let at = start, after = '';
    for (;;) {
      const rows = await this.db.read(ctx, (q) => q.scan(SIMULATED_LINES, { until, currency: ctx.shop.currency, at, after, limit: PAGE }));
      const page: SimulatedOrder[] = [];
      for (let n = 0; n < rows.length;) {
        const lines: SimulatedLine[] = [];
        for (const id = rows[n]!.order_id; rows[n]?.order_id === id; n++) lines.push(rows[n]!);
        page.push(simulateOrder(ctx, lines, around));
      }
      yield page;
      const last = rows.at(-1);
      if (!last || page.length < PAGE) return;
      at = last.placed_at;
      after = last.order_id;
    }
  }

  /** Every order of the period. */
  async *orders(ctx: ShopContext, tried: EarnRule, period: SimulationPeriod): AsyncGenerator<NamedOrder> {
    for await (const page of this.#pages(ctx, tried, period)) yield* await this.#named(ctx, page);
  }

  async #named(ctx: ShopContext, orders: readonly SimulatedOrder[]): Promise<NamedOrder[]> {
    const names = new Map((await this.db.read(ctx, (q) => q.many(ORDER_NAMES, { ids: JSON.stringify(orders.map(({ id }) => id)) }))).map((row) => [row.id, row]));
    return orders.map((order) => { const row = names.get(order.id); return { ...order, number: row?.number ?? '', personId: row?.person_id ?? null, name: row?.name ?? null }; });
  }

  async run(ctx: ShopContext, tried: EarnRule, period: SimulationPeriod): Promise<EarningSimulation> {
    let orders = 0, sales = 0, before = 0, after = 0, booked = 0;
    const weeks = new Map<BusinessDate, { before: number; after: number }>(), mondays = new Map<BusinessDate, BusinessDate>();
    let changed: SimulatedOrder[] = [];
    for (let date = mondayOf(period.from); date <= period.to; date = addDays(date, 7)) weeks.set(date, { before: 0, after: 0 });
    for await (const page of this.#pages(ctx, tried, period)) for (const order of page) {
      orders += 1; sales += order.sales; before += order.before; after += order.after; booked += order.booked;
      let monday = mondays.get(order.date);
      if (monday === undefined) mondays.set(order.date, monday = mondayOf(order.date));
      const week = weeks.get(monday);
      if (week) { week.before += order.before; week.after += order.after; }
      if (order.after !== order.before) changed.push(order);
      if (changed.length >= 500) changed = mostChanged(changed);
    }
    return {
      ...period, orders, sales, booked, before: { points: before, cost: worthOf(ctx.shop, before) }, after: { points: after, cost: worthOf(ctx.shop, after) },
      weeks: [...weeks].map(([date, week]) => ({ date, ...week })), changed: await this.#named(ctx, mostChanged(changed)),
    };
  }
}

const mostChanged = (orders: readonly SimulatedOrder[]): SimulatedOrder[] =>
  [...orders].sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.id < b.id ? -1 : 1)).slice(0, MOST);
