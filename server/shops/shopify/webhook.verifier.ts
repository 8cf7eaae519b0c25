import { shopDomain } from './shop-domain.js';
import { signedByOneOf } from './constant-time.js';

/** A delivery whose body Shopify signed. The signature covers the body only: topic, shop and ids are the sender's word. */
export interface WebhookDelivery {
  readonly topic: string;
  readonly shopDomain: string;
  /** `X-Shopify-Webhook-Id`: one per delivery, the same on its retries. */
  readonly deliveryId: string;
  /** `X-Shopify-Event-Id`: joins the deliveries that one action of a merchant caused. */
  readonly eventId: string | null;
  readonly apiVersion: string | null;
  /** UTC milliseconds; null when the header is missing or no date. */
  readonly triggeredAt: number | null;
  readonly body: string;
}
export type WebhookAnswer = { readonly ok: true; readonly delivery: WebhookDelivery } | { readonly ok: false; readonly reason: 'signature' | 'headers' };
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const TOPIC = /^[a-z][a-z_]*[/.][a-z][a-z_]*$/;

/** Verifies a webhook over its raw bytes. */
export class WebhookVerifier {
  constructor(private readonly secrets: readonly string[]) {}

  verify(rawBody: Buffer, headers: Headers): WebhookAnswer {
    const header = (name: string): string | undefined => (typeof headers[name] === 'string' ? headers[name] : undefined);
    const signature = header('x-shopify-hmac-sha256') ?? '';
    // Exactly the base64 of 32 bytes: Buffer.from would also read hex, white space and cut-off text.
    if (!/^[A-Za-z0-9+/]{43}=$/.test(signature) || !signedByOneOf(this.secrets, rawBody, Buffer.from(signature, 'base64'))) return { ok: false, reason: 'signature' };
    const topic = header('x-shopify-topic') ?? '';
    const shop = shopDomain(header('x-shopify-shop-domain'));
    const deliveryId = header('x-shopify-webhook-id') ?? '';
    if (!TOPIC.test(topic) || !shop || !/^[\w-]{1,100}$/.test(deliveryId)) return { ok: false, reason: 'headers' };
    const triggered = Date.parse(header('x-shopify-triggered-at') ?? '');
    return { ok: true, delivery: {
      topic, shopDomain: shop, deliveryId, eventId: header('x-shopify-event-id') ?? null, apiVersion: header('x-shopify-api-version') ?? null,
      triggeredAt: Number.isNaN(triggered) ? null : triggered, body: rawBody.toString('utf8'),
    } };
  }
}
