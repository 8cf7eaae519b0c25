import { GxError, type Database, type ShopContext } from '../../plugin-api/index.js';
import { normaliseOrder } from '../order-row.js';
import type { OrderSnapshot, RefundSnapshot } from '../snapshots.js';
import type { Assembled, ReturnedLine } from './order-assembly.js';
import type { ReportBuilder } from './import-report.js';
import { ReturnMatching } from './return-matching.js';

/** Takes past orders and refunds, many at a time. `CommerceIntakeService` is one. */
export interface BatchIntake {
  orderBatch(ctx: ShopContext, snapshots: readonly OrderSnapshot[], options: { readonly history: true }): Promise<{ readonly changed: number }>;
  refundBatch(ctx: ShopContext, snapshots: readonly RefundSnapshot[], options: { readonly history: true }): Promise<{ readonly changed: number }>;
}

const ORDERS_PER_BATCH = 1_000;
const LINES_PER_BATCH = 1_000;

/** Collects orders and hands them over in batches; memory holds one batch. */
export class OrderBatches {
  #orders: { readonly row: number; readonly order: OrderSnapshot }[] = [];
  #refunds: RefundSnapshot[] = [];
  #returns: ReturnedLine[] = [];
  #lines = 0;
  readonly #matching: ReturnMatching;

  constructor(private readonly ctx: ShopContext, private readonly db: Database, private readonly intake: BatchIntake, private readonly report: ReportBuilder) {
    this.#matching = new ReturnMatching(ctx.shop.platform, report);
  }

  add(row: number, { order, refund, returns }: Assembled): void {
    if (order) { this.#orders.push({ row, order }); this.#lines += order.lines.length; }
    if (refund) this.#refunds.push(refund);
    this.#returns.push(...returns);
  }
  get full(): boolean { return this.#orders.length >= ORDERS_PER_BATCH || this.#lines >= LINES_PER_BATCH || this.#returns.length >= ORDERS_PER_BATCH; }

  async flush(): Promise<void> {
    const orders = this.#orders, returns = this.#returns;
    let refunds = this.#refunds;
    this.#orders = []; this.#refunds = []; this.#returns = []; this.#lines = 0;
    await this.#take(orders);
    if (returns.length > 0) refunds = [...refunds, ...(await this.db.read(this.ctx, (q) => this.#matching.match(q, returns)))];
    if (refunds.length === 0) return;
    const { changed } = await this.intake.refundBatch(this.ctx, refunds, { history: true });
    this.report.taken += changed;
    this.report.unchanged += refunds.length - changed;
  }

  /** A batch is all or nothing; when a rule refuses one of its orders, that one is reported and the others go in. */
  async #take(orders: readonly { readonly row: number; readonly order: OrderSnapshot }[]): Promise<void> {
    if (orders.length === 0) return;
    let good = orders;
    let answer: { readonly changed: number };
    try { answer = await this.intake.orderBatch(this.ctx, orders.map(({ order }) => order), { history: true }); } catch (error) {
      if (!(error instanceof GxError) || error.code !== 'GX_SNAPSHOT') throw error;
      good = orders.filter(({ row, order }) => {
        try { normaliseOrder(this.ctx.shop, order); return true; } catch (refusal) { this.report.skipRefused(row, refusal); return false; }
      });
      answer = good.length === 0 ? { changed: 0 } : await this.intake.orderBatch(this.ctx, good.map(({ order }) => order), { history: true });
    }
    this.report.taken += answer.changed;
    this.report.unchanged += good.length - answer.changed;
  }
}
