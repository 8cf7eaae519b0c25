import type { Shop, ShopContext } from '../../plugin-api/index.js';

/** Where a delivery is stored before it is answered. `InboxService` is one. */
export interface DeliveryInbox {
  /** `seen` when `(shop, source, deliveryId)` is stored already. */
  accept(ctx: ShopContext, source: string, deliveryId: string, topic: string, payload: StoredDelivery): Promise<'new' | 'seen'>;
}
/** What the inbox keeps of a delivery. `body` is the raw text: parsing it as plain JSON would round the ids. */
export interface StoredDelivery { readonly body: string; readonly triggeredAt: number | null; readonly eventId: string | null }

/** The person whom a compliance webhook is about, as the platform names them. */
export interface PlatformSubject { readonly source: 'shopify'; readonly externalId: string; readonly email: string | null; readonly phone: string | null; readonly orderExternalIds: readonly string[] }

/** What the law asks of us through the platform; each is remembered and carried out within its time. Repeated calls are one request. */
export interface PlatformPrivacyRequests {
  dataRequest(ctx: ShopContext, subject: PlatformSubject, requestId: string): Promise<void>;
  redactCustomer(ctx: ShopContext, subject: PlatformSubject): Promise<void>;
  redactShop(ctx: ShopContext): Promise<void>;
}

/** The tenants, as far as this platform needs them. `ShopsService` is one. */
export interface ShopDirectory {
  byKey(key: string): Shop | undefined;
  ensure(shop: Omit<Shop, 'id'>, now: number): Promise<Shop>;
  setState(shop: Shop, state: 'active' | 'uninstalled' | 'redacted'): Promise<void>;
  state(id: number): 'active' | 'uninstalled' | 'redacted';
}
