import type { CommerceIntake } from '../../../commerce/snapshots.js';
import type { PointsLedgerService } from '../../../economy/points-ledger.service.js';
import { conflict, MINUTE, newId, refused, type Database, type Instant, type ShopContext, type WriteUnit } from '../../../plugin-api/index.js';
import { customerSnapshot, type DemoCustomer } from '../demo-customers.js';
import { demoState } from '../demo-state.js';
import { CartPricing, type Cart, type PricingDeps } from './cart-pricing.js';
import { orderSnapshot, refundSnapshot, type DemoOrder, type DemoRefund } from './demo-order.js';
import type { DemoOrders } from './demo-orders.js';
import { openCheckouts, type OpenCheckout } from './open-checkouts.js';
import { placedOrder } from './placed-order.js';
import type { Quote, QuoteTerms } from './quote.js';
import { refundOf, type RefundWish } from './refund-arithmetic.js';

type Buyer = DemoCustomer & { readonly personId: string };
export interface CheckoutDeps extends PricingDeps {
  readonly store: Database;
  readonly orders: DemoOrders;
  readonly intake: Pick<CommerceIntake, 'order' | 'refund'>;
  readonly ledger: Pick<PointsLedgerService, 'steps'>;
  readonly customerOf: (ctx: ShopContext, id: string) => Promise<DemoCustomer | undefined>;
}
/** How long a checkout keeps its codes, its points and its price. */
const OPEN_FOR = 30 * MINUTE;
const SOURCE = 'core.checkout';

const raced = (order: DemoOrder): Error => conflict('GX_ORDER_CHANGED', `Order ${order.number} was changed at the same moment. Try again.`, { orderId: order.id });
const badCode = (code: string, reason: string | undefined): Error => refused('GX_CODE_REFUSED', `The code ${code} does not apply: ${reason ?? 'unknown'}.`, { coupon: code, reason });

/** Opens, pays, delivers and refunds orders of the demo shop. Each is one unit: the shop's own record and the platform event stand or fall together. */
export class CheckoutService {
  readonly pricing: CartPricing;
  constructor(private readonly deps: CheckoutDeps) { this.pricing = new CartPricing(deps); }

  price(ctx: ShopContext, cart: Cart): Promise<Quote> { return this.pricing.price(ctx, cart); }

  /**
   * Begins a checkout, or begins one anew with another cart: for half an hour its codes are held for it, also when they expire meanwhile, and the
   * points that it is to be paid with are set aside. Codes that do not apply are named in the quote and left out.
   */
  async open(ctx: ShopContext, buyer: Buyer, cart: Cart, { id, without = [], own = true }: { readonly id?: string | undefined; readonly without?: readonly string[]; readonly own?: boolean } = {}): Promise<OpenCheckout> {
    await this.#leaveOverdue(ctx, buyer);
    const before = id === undefined ? undefined : await this.deps.store.write(ctx, (unit) => unit.steps(openCheckouts.get(id, buyer.id)));
    const going = before?.state === 'open' && before.until > ctx.now ? before : undefined;
    const whole = own ? await this.pricing.withOwn(ctx, cart, without, going?.document.quote.applied.map(({ code }) => code)) : cart;
    await this.pricing.price(ctx, whole, going?.id);
    const locked = await this.pricing.locked(ctx, whole);
    const terms = await this.pricing.terms(ctx, whole);
    return this.deps.store.write(ctx, (unit, inner) => this.#hold(unit, inner, buyer, whole, terms, { going, locked }));
  }

  async #hold(unit: WriteUnit, ctx: ShopContext, buyer: Buyer, cart: Cart, terms: QuoteTerms, { going, locked, strict = false }: { readonly going?: OpenCheckout | undefined; readonly locked?: boolean; readonly strict?: boolean }): Promise<OpenCheckout> {
    const { codes, ledger } = this.deps;
    const id = going?.id ?? `ord_${newId()}`;
    if (going?.document.holdId !== undefined) await unit.steps(ledger.steps.release(ctx, going.document.holdId, 'checkout changed'));
    const quote = await this.pricing.priced(ctx, cart, terms, id, locked);
    const bad = strict ? quote.codes.find((code) => !code.ok) : undefined;
    if (bad) throw badCode(bad.code, bad.reason);
    let until: Instant = ctx.now + OPEN_FOR;
    for (const { code } of quote.applied) {
      const held = await unit.steps(codes.steps.reserve(ctx, code, id));
      if (!held.ok) throw badCode(code, held.reason);
      until = Math.min(until, held.until);
    }
    for (const { code } of going?.document.quote.applied ?? []) if (!quote.applied.some((each) => each.code === code)) await unit.steps(codes.steps.release(ctx, code, 'abandoned', { orderRef: id, orderId: id }));
    const holds = (going?.document.holds ?? 0) + 1;
    let holdId: string | undefined;
    if (quote.points && quote.points.used > 0) {
      const held = await unit.steps(ledger.steps.hold(ctx, { personId: buyer.personId, amount: quote.points.used, source: SOURCE, causeRef: id, key: `${id}:points:${holds}`, minutes: OPEN_FOR / MINUTE }));
      if (!held.ok) throw refused('GX_POINTS_REFUSED', 'These points cannot be spent now. Pay without them.', { reason: held.reason, available: held.available });
      holdId = held.holdId;
    }
    const checkout: OpenCheckout = { id, customerId: buyer.id, state: 'open', until, document: { cart, quote, holds, ...(holdId === undefined ? {} : { holdId }) } };
    await unit.steps(openCheckouts.write(ctx, checkout));
    return checkout;
  }

  /**
   * Takes the payment of an open checkout (the demo's always succeeds) at the price that it held. Doing it twice changes nothing.
   * @throws GX_CHECKOUT_OVER (409) after half an hour, with what the cart costs now and the codes that expired; nothing is bought then
   */
  async settle(ctx: ShopContext, buyer: Buyer, id: string): Promise<DemoOrder> {
    const checkout = await this.deps.store.write(ctx, (unit) => unit.steps(openCheckouts.get(id, buyer.id)));
    if (checkout.state === 'paid') return this.deps.orders.get(ctx, id);
    if (checkout.state === 'abandoned' || checkout.until <= ctx.now) {
      await this.#leaveOverdue(ctx, buyer);
      throw await this.#over(ctx, checkout);
    }
    return this.deps.store.write(ctx, (unit, inner) => this.#take(unit, inner, buyer, checkout));
  }

  async #take(unit: WriteUnit, ctx: ShopContext, buyer: Buyer, { id, document: { quote, holdId } }: OpenCheckout): Promise<DemoOrder> {
    if (!await unit.steps(openCheckouts.settle(id, 'paid'))) throw conflict('GX_CHECKOUT_OVER', 'This checkout was paid or left at the same moment. Look at your orders.', { checkout: id });
    const captured = holdId === undefined ? undefined : await unit.steps(this.deps.ledger.steps.capture(ctx, holdId));
    if (captured && !captured.ok) throw conflict('GX_CHECKOUT_OVER', 'The points of this checkout are no longer set aside. Check out again.', { checkout: id });
    const order = placedOrder(quote, { id, number: `#${await unit.steps(demoState.takeNumber())}`, customerId: buyer.id, at: ctx.now, spent: captured?.transactionId });
    await unit.steps(this.deps.orders.steps.insert(order));
    await this.deps.intake.order(ctx, orderSnapshot(order, customerSnapshot(buyer)));
    return order;
  }

  /** What overdue checkouts of this shopper hold is free at once, so that nobody waits for a job. */
  async #leaveOverdue(ctx: ShopContext, buyer: Buyer): Promise<void> {
    for (const id of await this.deps.store.write(ctx, (unit) => unit.steps(openCheckouts.overdue(ctx, buyer.id)))) await this.abandon(ctx, buyer, id);
  }

  async #over(ctx: ShopContext, { id, document: { cart, quote } }: OpenCheckout): Promise<Error> {
    const now = await this.pricing.price(ctx, cart);
    const lost = now.codes.filter(({ code, ok }) => !ok && quote.applied.some((each) => each.code === code)).map(({ code, reason }) => ({ code, reason }));
    return conflict('GX_CHECKOUT_OVER', 'This checkout was open for more than 30 minutes, so what it held is free again. Look at the price and pay again.', { checkout: id, was: quote.total, now: now.total, lost });
  }

  /** Gives back what a checkout held. Nothing for one that is paid. */
  async abandon(ctx: ShopContext, buyer: Buyer, id: string): Promise<void> {
    await this.deps.store.write(ctx, async (unit, inner) => {
      const { document: { quote, holdId } } = await unit.steps(openCheckouts.get(id, buyer.id));
      if (!await unit.steps(openCheckouts.settle(id, 'abandoned'))) return;
      for (const { code } of quote.applied) await unit.steps(this.deps.codes.steps.release(inner, code, 'abandoned', { orderRef: id, orderId: id }));
      if (holdId !== undefined) await unit.steps(this.deps.ledger.steps.release(inner, holdId, 'checkout abandoned'));
    });
  }

  /**
   * Checks out and pays in one go. The codes are held for this order; folding the paid order uses them.
   * @throws GX_CODE_REFUSED (422) when a code does not apply: nothing is bought then
   */
  async pay(ctx: ShopContext, buyer: Buyer, cart: Omit<Cart, 'personId'>): Promise<DemoOrder> {
    const whole = { ...cart, personId: buyer.personId };
    const bad = (await this.pricing.price(ctx, whole)).codes.find((code) => !code.ok);
    if (bad) throw badCode(bad.code, bad.reason);
    const terms = await this.pricing.terms(ctx, whole);
    return this.deps.store.write(ctx, async (unit, inner) => this.#take(unit, inner, buyer, await this.#hold(unit, inner, buyer, whole, terms, { strict: true })));
  }

  /** Doing it twice changes nothing. */
  async deliver(ctx: ShopContext, id: string): Promise<DemoOrder> {
    const { orders } = this.deps;
    return this.deps.store.write(ctx, async (unit, inner) => {
      const { version, ...order } = await unit.steps(orders.steps.get(id));
      if (order.deliveredAt !== null) return order;
      const delivered: DemoOrder = { ...order, deliveredAt: ctx.now, updatedAt: Math.max(ctx.now, order.updatedAt + 1) };
      if (!await unit.steps(orders.steps.replace(delivered, version))) throw raced(order);
      const customer = await this.deps.customerOf(inner, order.customerId);
      if (customer) await this.deps.intake.order(inner, orderSnapshot(delivered, customerSnapshot(customer)));
      return delivered;
    });
  }

  /** What `refund` would give back now, and what becomes of coupons. */
  async returning(ctx: ShopContext, id: string, wishes: readonly RefundWish[]): Promise<DemoRefund> { return refundOf(await this.deps.orders.get(ctx, id), wishes, 'preview', ctx.now); }

  /** Gives back the wished pieces, or everything that is left; points go to the lots that they came from. @throws GX_REFUND_… (422) */
  async refund(ctx: ShopContext, id: string, wishes: readonly RefundWish[] | undefined): Promise<DemoOrder> {
    const { orders, ledger } = this.deps;
    return this.deps.store.write(ctx, async (unit, inner) => {
      const { version, ...order } = await unit.steps(orders.steps.get(id));
      const refund = refundOf(order, wishes, `ref_${newId()}`, ctx.now);
      const refunded: DemoOrder = { ...order, refunds: [...order.refunds, refund], updatedAt: Math.max(ctx.now, order.updatedAt + 1) };
      if (!await unit.steps(orders.steps.replace(refunded, version))) throw raced(order);
      await this.deps.intake.refund(inner, refundSnapshot(order, refund));
      if (order.points && refund.points) await unit.steps(ledger.steps.refundPart(inner, order.points.transactionId, refund.points, refund.id, 'order refunded'));
      return refunded;
    });
  }
}
