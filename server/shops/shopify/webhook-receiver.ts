import type { Clock, Locale, Shop, ShopContext } from '../../plugin-api/index.js';
import { Fields } from './payload-fields.js';
import type { DeliveryInbox, ShopDirectory } from './webhook-ports.js';
import type { Headers, WebhookDelivery, WebhookVerifier } from './webhook.verifier.js';

/** 200: stored, known already, or not for a shop of ours. 401: not signed by Shopify, or signed for another shop. 400: signed, but no webhook. */
export type ReceiverStatus = 200 | 400 | 401;

/** The shop that the signed body itself names, if it does. */
function bodyShop(payload: Fields): string | undefined {
  return payload.text('shop_domain') ?? payload.text('myshopify_domain');
}

export const platformContext = (shop: Shop, now: number, locale: Locale = shop.locale): ShopContext => ({ shop, actor: { kind: 'platform', source: 'shopify' }, locale, now });

/** Verifies a delivery and stores it; the work is done later from the inbox, so that Shopify has its answer in milliseconds. */
export class WebhookReceiver {
  constructor(private readonly verifier: WebhookVerifier, private readonly shops: ShopDirectory, private readonly inbox: DeliveryInbox, private readonly clock: Clock) {}

  async receive(rawBody: Buffer, headers: Headers): Promise<ReceiverStatus> {
    const answer = this.verifier.verify(rawBody, headers);
    if (!answer.ok) return answer.reason === 'signature' ? 401 : 400;
    const payload = this.#payload(answer.delivery);
    if (!payload) return 400;
    const named = bodyShop(payload);
    if (named !== undefined && named !== answer.delivery.shopDomain) return 401;
    const shop = this.shops.byKey(answer.delivery.shopDomain);
    if (!shop || shop.platform !== 'shopify') return 200;
    const { topic, deliveryId, body, triggeredAt, eventId } = answer.delivery;
    await this.inbox.accept(platformContext(shop, this.clock.now()), 'shopify', deliveryId, topic, { body, triggeredAt, eventId });
    return 200;
  }

  #payload(delivery: WebhookDelivery): Fields | undefined {
    try { return Fields.of(JSON.parse(delivery.body)); } catch { return undefined; }
  }
}
