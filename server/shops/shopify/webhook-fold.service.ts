import type { CommerceIntake } from '../../commerce/snapshots.js';
import { GxError, type ShopContext } from '../../plugin-api/index.js';
import { customerSnapshot } from './customer-payload.js';
import type { InstallationService } from './installation.service.js';
import { parseLossless } from './lossless-json.js';
import { orderSnapshot } from './order-payload.js';
import { Fields } from './payload-fields.js';
import { productSnapshot } from './product-payload.js';
import { refundSnapshot } from './refund-payload.js';
import type { PlatformPrivacyRequests, PlatformSubject, StoredDelivery } from './webhook-ports.js';

/** `done`: folded. `ignored`: a topic that changes nothing here, or a message that time has overtaken. */
export type FoldResult = 'done' | 'ignored';
type Fold = (ctx: ShopContext, payload: Fields, delivery: StoredDelivery) => Promise<FoldResult>;

const unreadable = (topic: string): GxError => new GxError('GX_WEBHOOK_UNREADABLE', 422, `A ${topic} message lacks what it must have. Shopify may have changed its format.`);

/**
 * Turns stored deliveries into what the core understands. Every fold may run any number of times and in any order.
 * Topics that are subscribed for later modules (discounts, tags, consent, checkouts, bulk operations) are accepted and change nothing yet;
 * `orders/edited` carries only the edit, the result of which arrives as `orders/updated`.
 */
export class WebhookFold {
  readonly #folds: Readonly<Record<string, Fold>>;

  constructor(private readonly intake: CommerceIntake, private readonly installations: InstallationService, private readonly privacy: PlatformPrivacyRequests) {
    const order: Fold = (ctx, payload, delivery) => this.#order(ctx, payload, delivery);
    const customer: Fold = (ctx, payload, delivery) => this.#customer(ctx, payload, delivery);
    const product: Fold = (ctx, payload, delivery) => this.#product(ctx, payload, delivery);
    this.#folds = {
      'orders/create': order, 'orders/paid': order, 'orders/updated': order, 'orders/fulfilled': order, 'orders/cancelled': order,
      'refunds/create': (ctx, payload) => this.#refund(ctx, payload),
      'customers/create': customer, 'customers/update': customer,
      'products/create': product, 'products/update': product,
      'products/delete': (ctx, payload) => this.#productDeleted(ctx, payload),
      'app/uninstalled': async (ctx, _payload, delivery) => ((await this.installations.uninstalled(ctx, delivery.triggeredAt)) ? 'done' : 'ignored'),
      'app/scopes_update': async (ctx, payload) => { await this.installations.scopesChanged(ctx, payload.words('current')); return 'done'; },
      'customers/data_request': async (ctx, payload) => {
        const requestId = payload.object('data_request')?.digits('id');
        if (requestId === undefined) throw unreadable('customers/data_request');
        await this.privacy.dataRequest(ctx, subject(payload, 'orders_requested'), requestId);
        return 'done';
      },
      'customers/redact': async (ctx, payload) => { await this.privacy.redactCustomer(ctx, subject(payload, 'orders_to_redact')); return 'done'; },
      'shop/redact': async (ctx) => {
        if (!(await this.installations.mayRedact(ctx))) return 'ignored';
        await this.privacy.redactShop(ctx);
        return 'done';
      },
    };
  }

  /** @throws GX_WEBHOOK_UNREADABLE when a known topic lacks its id or amounts. */
  async fold(ctx: ShopContext, topic: string, delivery: StoredDelivery): Promise<FoldResult> {
    const fold = Object.hasOwn(this.#folds, topic) ? this.#folds[topic] : undefined;
    if (!fold) return 'ignored';
    const payload = Fields.of(parseLossless(delivery.body));
    if (!payload) throw unreadable(topic);
    return fold(ctx, payload, delivery);
  }

  async #order(ctx: ShopContext, payload: Fields, delivery: StoredDelivery): Promise<FoldResult> {
    const snapshot = orderSnapshot(payload, delivery.triggeredAt ?? ctx.now);
    if (!snapshot) throw unreadable('orders');
    await this.intake.order(ctx, snapshot);
    for (const refund of payload.list('refunds')) {
      const back = refundSnapshot(refund, snapshot.currency, snapshot.externalId);
      if (back) await this.intake.refund(ctx, back);
    }
    return 'done';
  }
  async #refund(ctx: ShopContext, payload: Fields): Promise<FoldResult> {
    const snapshot = refundSnapshot(payload, ctx.shop.currency);
    if (!snapshot) throw unreadable('refunds/create');
    await this.intake.refund(ctx, snapshot);
    return 'done';
  }
  async #customer(ctx: ShopContext, payload: Fields, delivery: StoredDelivery): Promise<FoldResult> {
    const snapshot = customerSnapshot(payload, delivery.triggeredAt ?? ctx.now);
    if (!snapshot) throw unreadable('customers');
    await this.intake.customer(ctx, snapshot);
    return 'done';
  }
  async #product(ctx: ShopContext, payload: Fields, delivery: StoredDelivery): Promise<FoldResult> {
    const snapshot = productSnapshot(payload, ctx.shop.currency, ctx.shop.key, delivery.triggeredAt ?? ctx.now);
    if (!snapshot) throw unreadable('products');
    await this.intake.product(ctx, snapshot);
    return 'done';
  }
  async #productDeleted(ctx: ShopContext, payload: Fields): Promise<FoldResult> {
    const externalId = payload.gid('Product');
    if (!externalId) throw unreadable('products/delete');
    await this.intake.productDeleted(ctx, externalId);
    return 'done';
  }
}

function subject(payload: Fields, orders: string): PlatformSubject {
  const customer = payload.object('customer');
  const externalId = customer?.gid('Customer');
  if (!customer || !externalId) throw unreadable('customers/redact');
  return {
    source: 'shopify', externalId, email: customer.text('email')?.toLowerCase() ?? null, phone: customer.text('phone') ?? null,
    orderExternalIds: payload.words(orders).map((number) => `gid://shopify/Order/${number}`),
  };
}
