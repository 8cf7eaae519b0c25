import { passGates } from '../../../commerce/row-gate.js';
import type { CommerceIntake } from '../../../commerce/snapshots.js';
import { spenderLives } from '../../../economy/partial-refund.js';
import type { PointsLedgerService } from '../../../economy/points-ledger.service.js';
import { conflict, MINUTE, newId, refused, type Database, type Instant, type ShopContext, type Unit, type WriteUnit } from '../../../plugin-api/index.js';
import { customerSnapshot, type DemoCustomer } from '../demo-customers.js';
import { demoState } from '../demo-state.js';
import { CartPricing, type Cart, type PricingDeps } from './cart-pricing.js';
import { orderSnapshot, refundSnapshot, type Delivery, type DemoOrder, type DemoRefund } from './demo-order.js';
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
   * points that it is to be paid with are set aside. Codes that do not apply are named in the quote and left out. A shopper has one checkout: what
   * another window held is free first, so that nobody is kept from their own coupons and points, or buys a cart twice.
   */
  async open(ctx: ShopContext, buyer: Buyer, cart: Cart, { id, without = [], own = true }: { readonly id?: string | undefined; readonly without?: readonly string[]; readonly own?: boolean } = {}): Promise<OpenCheckout> {
    const { store } = this.deps;
    const before = await store.write(ctx, (unit, inner) => this.#goingOn(unit, inner, buyer, id));
    const whole = own ? await this.pricing.withOwn(ctx, cart, without, before?.document.quote.applied.map(({ code }) => code)) : cart;
    await this.pricing.price(ctx, whole, before?.id);
    await this.pricing.opened(ctx, whole);
    const locked = await this.pricing.locked(ctx, whole);
    const terms = await this.pricing.terms(ctx, whole);
    return store.write(ctx, async (unit, inner) => this.#hold(unit, inner, buyer, whole, terms, { going: await this.#goingOn(unit, inner, buyer, id), locked }));
  }

  /** The checkout with this id where it is still open; all others of the shopper are left. Whoever has passed here is alone with the shopper's checkouts. */
  async #goingOn(unit: WriteUnit, ctx: ShopContext, buyer: Buyer, id: string | undefined): Promise<OpenCheckout | undefined> {
    await unit.steps(passGates('customer', [`checkout:${buyer.id}`]));
    const named = id === undefined ? undefined : await unit.steps(openCheckouts.get(id, buyer.id));
    const going = named?.state === 'open' && named.until > ctx.now ? named : undefined;
    for (const other of await unit.steps(openCheckouts.ofCustomer(buyer.id))) if (other.id !== going?.id) await this.#leave(unit, ctx, other);
    return going;
  }

  async #hold(unit: WriteUnit, ctx: ShopContext, buyer: Buyer, cart: Cart, terms: QuoteTerms, { going, locked, strict = false }: { readonly going?: OpenCheckout | undefined; readonly locked?: boolean; readonly strict?: boolean }): Promise<OpenCheckout> {
    const { codes, ledger } = this.deps;
    const id = going?.id ?? `ord_${newId()}`;
    const before = going?.document.holdId;
    // Longer, or nothing where the shopper took the points back meanwhile.
    const heldUntil = before === undefined ? undefined : await unit.steps(ledger.steps.extend(ctx, before, OPEN_FOR / MINUTE));
    const heldPoints = heldUntil === undefined ? 0 : going?.document.quote.points?.used ?? 0;
    const quote = await this.pricing.priced(ctx, cart, terms, { holder: id, locked, heldPoints });
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
    if (before !== undefined && heldUntil !== undefined) {
      if (quote.points?.used === heldPoints) { holdId = before; until = Math.min(until, heldUntil); }
      else await unit.steps(ledger.steps.release(ctx, before, 'checkout changed'));
    }
    if (holdId === undefined && quote.points && quote.points.used > 0) {
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
   * @throws GX_CHECKOUT_OVER (409) after half an hour or when another window took over, with what the cart costs now and the codes that expired; nothing is bought then
   */
  async settle(ctx: ShopContext, buyer: Buyer, id: string, delivery: Delivery = {}): Promise<DemoOrder> {
    const done = await this.deps.store.write(ctx, async (unit, inner): Promise<{ readonly order: DemoOrder; readonly over?: undefined } | { readonly over: OpenCheckout }> => {
      await unit.steps(passGates('customer', [`checkout:${buyer.id}`]));
      const checkout = await unit.steps(openCheckouts.get(id, buyer.id));
      if (checkout.state === 'paid') return { order: await unit.steps(this.deps.orders.steps.get(id)) };
      if (checkout.state === 'abandoned') return { over: checkout };
      if (checkout.until > inner.now) return { order: await this.#take(unit, inner, buyer, checkout, delivery) };
      await this.#leave(unit, inner, checkout);
      return { over: checkout };
    });
    if (done.over) throw await this.#over(ctx, done.over);
    return done.order;
  }

  async #take(unit: WriteUnit, ctx: ShopContext, buyer: Buyer, { id, document: { quote, holdId } }: OpenCheckout, delivery: Delivery): Promise<DemoOrder> {
    await unit.steps(openCheckouts.settle(id, 'paid'));
    const captured = holdId === undefined ? undefined : await unit.steps(this.deps.ledger.steps.capture(ctx, holdId));
    if (captured && !captured.ok) throw conflict('GX_CHECKOUT_OVER', 'The points of this checkout are no longer set aside. Check out again.', { checkout: id });
    const order = placedOrder(quote, { id, number: `#${await unit.steps(demoState.takeNumber())}`, customerId: buyer.id, at: ctx.now, spent: captured?.transactionId });
    await unit.steps(this.deps.orders.steps.insert(order));
    const { orderId } = await this.deps.intake.order(ctx, orderSnapshot(order, customerSnapshot(buyer), delivery));
    for (const lost of quote.why) if (lost.kind === 'code' && lost.reason) await unit.steps(this.deps.codes.steps.lost(ctx, lost.id, { orderId, reason: lost.reason, difference: lost.difference, beside: lost.with }));
    return order;
  }

  async #over(ctx: ShopContext, { id, until, document: { cart, quote } }: OpenCheckout): Promise<Error> {
    const now = await this.pricing.price(ctx, cart);
    const lost = now.codes.filter(({ code, ok }) => !ok && quote.applied.some((each) => each.code === code)).map(({ code, reason }) => ({ code, reason }));
    const because = until > ctx.now ? 'elsewhere' : 'time';
    const what = because === 'time' ? 'This checkout was open for more than 30 minutes' : 'This purchase went on in another window';
    return conflict('GX_CHECKOUT_OVER', `${what}, so what this checkout held is free again. Look at the price and pay again.`, { checkout: id, because, was: quote.total, now: now.total, lost });
  }

  /** Gives back what a checkout held. Nothing for one that is paid. */
  async abandon(ctx: ShopContext, buyer: Buyer, id: string): Promise<void> {
    await this.deps.store.write(ctx, async (unit, inner) => {
      await unit.steps(passGates('customer', [`checkout:${buyer.id}`]));
      await this.#leave(unit, inner, await unit.steps(openCheckouts.get(id, buyer.id)));
    });
  }

  async #leave(unit: WriteUnit, ctx: ShopContext, { id, document: { quote, holdId } }: OpenCheckout): Promise<void> {
    if (!await unit.steps(openCheckouts.settle(id, 'abandoned'))) return;
    for (const { code } of quote.applied) await unit.steps(this.deps.codes.steps.release(ctx, code, 'abandoned', { orderRef: id, orderId: id }));
    if (holdId !== undefined) await unit.steps(this.deps.ledger.steps.release(ctx, holdId, 'checkout abandoned'));
  }

  /**
   * Checks out and pays in one go. The codes are held for this order; folding the paid order uses them.
   * @throws GX_CODE_REFUSED (422) when a code does not apply: nothing is bought then
   */
  async pay(ctx: ShopContext, buyer: Buyer, cart: Omit<Cart, 'personId'>, delivery: Delivery = {}): Promise<DemoOrder> {
    const whole = { ...cart, personId: buyer.personId };
    const bad = (await this.pricing.price(ctx, whole)).codes.find((code) => !code.ok);
    if (bad) throw badCode(bad.code, bad.reason);
    await this.pricing.opened(ctx, whole);
    const terms = await this.pricing.terms(ctx, whole);
    return this.deps.store.write(ctx, async (unit, inner) => this.#take(unit, inner, buyer, await this.#hold(unit, inner, buyer, whole, terms, { strict: true }), delivery));
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
  async returning(ctx: ShopContext, id: string, wishes: readonly RefundWish[]): Promise<DemoRefund> {
    const order = await this.deps.orders.get(ctx, id);
    return this.deps.store.hot(ctx, `returning:${id}`, () => this.#reachable(order, refundOf(order, wishes, 'preview', ctx.now)));
  }

  /** Money goes back also to somebody who was erased; points have nobody to go to then. */
  *#reachable(order: DemoOrder, { points, ...refund }: DemoRefund): Unit<DemoRefund> {
    return points && order.points && (yield* spenderLives(order.points.transactionId)) ? { ...refund, points } : refund;
  }

  /**
   * Gives back the wished pieces, or everything that is left; points go to the lots that they came from, unless their owner was erased. `after`: how many refunds there were when
   * this one was wished for, so that a second click gives nothing back twice. @throws GX_REFUND_… (422), GX_ORDER_CHANGED (409)
   */
  async refund(ctx: ShopContext, id: string, wishes: readonly RefundWish[] | undefined, after?: number): Promise<DemoOrder> {
    const { orders, ledger } = this.deps;
    return this.deps.store.write(ctx, async (unit, inner) => {
      const { version, ...order } = await unit.steps(orders.steps.get(id));
      if (after !== undefined && after !== order.refunds.length) throw raced(order);
      const refund = await unit.steps(this.#reachable(order, refundOf(order, wishes, `ref_${newId()}`, ctx.now)));
      const refunded: DemoOrder = { ...order, refunds: [...order.refunds, refund], updatedAt: Math.max(ctx.now, order.updatedAt + 1) };
      if (!await unit.steps(orders.steps.replace(refunded, version))) throw raced(order);
      await this.deps.intake.refund(inner, refundSnapshot(order, refund));
      if (order.points && refund.points) await unit.steps(ledger.steps.refundPart(inner, order.points.transactionId, refund.points, refund.id, 'order refunded'));
      return refunded;
    });
  }
}
