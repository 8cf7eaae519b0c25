import type { CommerceIntakeService } from '../../commerce/commerce-intake.service.js';
import { DiscountCodeEntity } from '../../commerce/entities/discount-code.entity.js';
import type { DiscountCodesService } from '../../commerce/discount-codes.service.js';
import type { CodeGuessing } from '../../commerce/code-guessing.js';
import type { ProductOpenings } from '../../commerce/product-openings.js';
import type { MemberPrices } from '../../commerce/stacking/member-prices.js';
import type { StackingService } from '../../commerce/stacking/stacking.service.js';
import type { DataStore } from '../../data/data-store.js';
import type { PointsLedgerService } from '../../economy/points-ledger.service.js';
import type { Dispatcher } from '../../events/outbox.js';
import type { Scheduler } from '../../jobs/jobs.js';
import type { DiscountTerms, Shop, ShopContext } from '../../plugin-api/index.js';
import { CheckoutService } from './checkout/checkout.service.js';
import { DemoOrders } from './checkout/demo-orders.js';
import type { DemoClock } from './demo-clock.js';
import { DemoCustomers } from './demo-customers.js';
import { automationRoutes } from './doors/automation.routes.js';
import type { DemoRoute } from './doors/door.js';
import { storefrontRoutes } from './doors/storefront.routes.js';

/** What the demo shop needs of the core. */
export interface DemoDeps {
  readonly store: DataStore;
  readonly clock: DemoClock;
  readonly intake: CommerceIntakeService;
  readonly discounts: DiscountCodesService;
  readonly stacking: StackingService;
  readonly memberPrices: MemberPrices;
  readonly openings: ProductOpenings;
  readonly guessing: CodeGuessing;
  readonly ledger: PointsLedgerService;
  readonly dispatcher: Dispatcher;
  readonly scheduler: Scheduler;
  /** A member's bearer. */
  readonly issueBearer: (shop: Shop, personId: string) => string;
}

export interface DemoParts extends DemoDeps {
  readonly customers: DemoCustomers;
  readonly orders: DemoOrders;
  readonly checkout: CheckoutService;
  /** A person's coupon codes, newest first. */
  readonly codesOf: (ctx: ShopContext, personId: string) => Promise<{ readonly code: string; readonly state: string; readonly expiresAt: number; readonly terms: DiscountTerms }[]>;
}

/** A small real shop that plays the platform: it keeps its own customers and orders and reports them like any other. */
export function createDemoShop(deps: DemoDeps): DemoParts {
  const customers = new DemoCustomers(deps.store, deps.intake);
  const orders = new DemoOrders(deps.store);
  const checkout = new CheckoutService({ ...deps, codes: deps.discounts, points: deps.ledger, orders, customerOf: (ctx, id) => customers.byId(ctx, id) });
  return {
    ...deps, customers, orders, checkout,
    codesOf: (ctx, personId) => deps.store.read(ctx, async (q) =>
      (await q.find(DiscountCodeEntity, { personId }, { order: { createdAt: 'desc' }, limit: 20 })).filter(({ state }) => state !== 'revoked').map(({ code, state, expiresAt, kind, worth, minimum, sku, stacking }) => ({ code, state, expiresAt, terms: { kind, value: worth, minimum, ...(sku === null ? {} : { sku }), ...stacking } }))),
  };
}

/** The demo's doors, for the host's route table; they exist in demo mode only. */
export const demoRoutes = (parts: DemoParts): readonly DemoRoute[] => [...automationRoutes(parts), ...storefrontRoutes(parts)];
