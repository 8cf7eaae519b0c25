import type { DiscountCodesService } from '../../../commerce/discount-codes.service.js';
import type { CommerceIntake } from '../../../commerce/snapshots.js';
import { conflict, newId, refused, type Database, type ShopContext } from '../../../plugin-api/index.js';
import { customerSnapshot, type DemoCustomer } from '../demo-customers.js';
import { demoState } from '../demo-state.js';
import { orderSnapshot, refundSnapshot, type DemoOrder } from './demo-order.js';
import type { DemoOrders } from './demo-orders.js';
import { quote, type CartLine, type Quote } from './quote.js';
import { refundOf, type RefundWish } from './refund-arithmetic.js';

type Buyer = DemoCustomer & { readonly personId: string };

/** Places, delivers and refunds orders of the demo shop. Each is one unit: the shop's own record and the platform event stand or fall together. */
export class CheckoutService {
  constructor(
    private readonly database: Database, private readonly orders: DemoOrders, private readonly codes: Pick<DiscountCodesService, 'evaluate' | 'steps'>, private readonly intake: Pick<CommerceIntake, 'order' | 'refund'>,
    private readonly customerOf: (ctx: ShopContext, id: string) => Promise<DemoCustomer | undefined>,
  ) {}

  /** What a cart would cost; codes that do not apply say why. @throws GX_SKU (422) */
  async price(ctx: ShopContext, cart: { readonly lines: readonly CartLine[]; readonly codes: readonly string[]; readonly personId: string | undefined }): Promise<Quote> {
    const { subtotal } = quote(cart.lines, []);
    return quote(cart.lines, await this.codes.evaluate(ctx, cart.codes.filter((code) => code.trim()), subtotal, cart.personId ?? null));
  }

  /**
   * Takes the payment (the demo's always succeeds) and the codes, and reports the order as a platform would. The codes are held for this
   * order here; folding the paid order uses them.
   * @throws GX_CODE_REFUSED (422) when a code does not apply: nothing is bought then
   */
  async pay(ctx: ShopContext, buyer: Buyer, cart: { readonly lines: readonly CartLine[]; readonly codes: readonly string[] }): Promise<DemoOrder> {
    return this.database.write(ctx, async (unit, inner) => {
      const priced = await this.price(inner, { ...cart, personId: buyer.personId });
      const bad = priced.codes.find((code) => !code.ok);
      if (bad) throw refused('GX_CODE_REFUSED', `The code ${bad.code} does not apply: ${bad.reason ?? 'unknown'}.`, { coupon: bad.code, reason: bad.reason });
      const id = `ord_${newId()}`;
      for (const { code } of priced.codes) {
        const held = await unit.steps(this.codes.steps.reserve(inner, code, id));
        if (!held.ok) throw refused('GX_CODE_REFUSED', `The code ${code} does not apply: ${held.reason}.`, { coupon: code, reason: held.reason });
      }
      const order: DemoOrder = {
        id, number: `#${await unit.steps(demoState.takeNumber())}`, customerId: buyer.id, placedAt: ctx.now, deliveredAt: null, updatedAt: ctx.now,
        subtotal: priced.subtotal, discount: priced.discount, shipping: priced.shipping, total: priced.total,
        codes: priced.codes.map(({ code, amount }) => ({ code, amount })), lines: priced.lines.map((line, i) => ({ id: `${id}_${i + 1}`, ...line })), refunds: [],
      };
      await unit.steps(this.orders.steps.insert(order));
      await this.intake.order(inner, orderSnapshot(order, customerSnapshot(buyer)));
      return order;
    });
  }

  /** Doing it twice changes nothing. */
  async deliver(ctx: ShopContext, id: string): Promise<DemoOrder> {
    return this.database.write(ctx, async (unit, inner) => {
      const { version, ...order } = await unit.steps(this.orders.steps.get(id));
      if (order.deliveredAt !== null) return order;
      const delivered: DemoOrder = { ...order, deliveredAt: ctx.now, updatedAt: Math.max(ctx.now, order.updatedAt + 1) };
      if (!await unit.steps(this.orders.steps.replace(delivered, version))) throw raced(order);
      const customer = await this.customerOf(inner, order.customerId);
      if (customer) await this.intake.order(inner, orderSnapshot(delivered, customerSnapshot(customer)));
      return delivered;
    });
  }

  /** Gives back the wished pieces, or everything that is left. @throws GX_REFUND_… (422) */
  async refund(ctx: ShopContext, id: string, wishes: readonly RefundWish[] | undefined): Promise<DemoOrder> {
    return this.database.write(ctx, async (unit, inner) => {
      const { version, ...order } = await unit.steps(this.orders.steps.get(id));
      const refund = refundOf(order, wishes, `ref_${newId()}`, ctx.now);
      const refunded: DemoOrder = { ...order, refunds: [...order.refunds, refund], updatedAt: Math.max(ctx.now, order.updatedAt + 1) };
      if (!await unit.steps(this.orders.steps.replace(refunded, version))) throw raced(order);
      await this.intake.refund(inner, refundSnapshot(order, refund));
      return refunded;
    });
  }
}

const raced = (order: DemoOrder): Error => conflict('GX_ORDER_CHANGED', `Order ${order.number} was changed at the same moment. Try again.`, { orderId: order.id });
