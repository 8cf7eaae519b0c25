import { createHash } from 'node:crypto';
import type { CommerceIntake } from '../../../server/commerce/snapshots.js';
import { CommerceIntakeService } from '../../../server/commerce/commerce-intake.service.js';
import { DiscountCodesService } from '../../../server/commerce/discount-codes.service.js';
import * as commerce from '../../../server/commerce/schema.js';
import type { DataStore } from '../../../server/data/data-store.js';
import { OrderEarningService } from '../../../server/economy/earning/order-earning.service.js';
import * as economy from '../../../server/economy/schema.js';
import { InboxService } from '../../../server/events/inbox.service.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import * as events from '../../../server/events/schema.js';
import type { ShopContext } from '../../../server/plugin-api/index.js';
import * as shops from '../../../server/shops/schema.js';
import { Secrets } from '../../../server/secrets/secrets.service.js';
import { ShopsService } from '../../../server/shops/shops.service.js';
import { platformContext } from '../../../server/shops/shopify/webhook-receiver.js';
import * as shopify from '../../../server/shops/shopify/schema.js';
import { ShopifyPlatform } from '../../../server/shops/shopify/shopify.platform.js';
import type { PlatformSubject } from '../../../server/shops/shopify/webhook-ports.js';
import type { DatabaseOptions } from '../../kit/databases.js';
import { NOW, SHOP } from './signing.js';
import { app, type ShopifyStub } from './shopify-stub.js';

const parts = [shops, commerce, economy, events, shopify];
export const shopifyDatabase: DatabaseOptions = { entities: parts.flatMap((part) => [...part.entities]), migrations: parts.flatMap((part) => [...part.migrations]) };

/** The platform over a real database; only Shopify itself, time, and the privacy service's own work stand outside. */
export class ShopifyFixture {
  /** System time, milliseconds. */
  now = NOW * 1000;
  readonly privacyCalls: { readonly what: string; readonly subject: PlatformSubject | undefined; readonly requestId: string | undefined }[] = [];
  readonly intake: CommerceIntake;
  readonly inbox: InboxService;
  readonly shops: ShopsService;
  readonly secrets = new Secrets(createHash('sha256').update('fixture').digest('hex'));
  readonly platform: ShopifyPlatform;

  constructor(readonly store: DataStore, readonly stub: ShopifyStub) {
    const outbox = new OutboxService(store);
    this.intake = new CommerceIntakeService(store, outbox, new OrderEarningService(store), new DiscountCodesService(store, outbox));
    this.shops = new ShopsService(store);
    this.inbox = new InboxService(store, async (shopId) => platformContext(this.shops.byId(shopId)!, this.now));
    this.platform = this.node();
    this.inbox.register('shopify', (ctx, delivery) => this.platform.fold(ctx, delivery));
  }

  /** Another process on the same data. */
  node(store: DataStore = this.store): ShopifyPlatform {
    return new ShopifyPlatform({
      app, db: store, cipher: this.secrets, shops: this.shops, inbox: this.inbox, intake: this.intake, clock: { now: () => this.now }, fetch: this.stub.fetch, systemNow: () => this.now,
      privacy: {
        dataRequest: async (_ctx, subject, requestId) => { this.privacyCalls.push({ what: 'data_request', subject, requestId }); },
        redactCustomer: async (_ctx, subject) => { this.privacyCalls.push({ what: 'redact', subject, requestId: undefined }); },
        redactShop: async () => { this.privacyCalls.push({ what: 'shop_redact', subject: undefined, requestId: undefined }); },
      },
    });
  }
  ctx(key = SHOP): ShopContext { return platformContext(this.shops.byKey(key)!, this.now); }
}
