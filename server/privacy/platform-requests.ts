import type { ShopContext } from '../plugin-api/index.js';
import type { PrivacyRequestsService } from './privacy-requests.service.js';
import type { PrivacyService } from './privacy.service.js';

/** Compliance messages of a shop platform, which names people by its own customer ids. Each becomes one request and is carried out at once. */
export class PlatformRequests {
  constructor(private readonly privacy: PrivacyService, private readonly requests: PrivacyRequestsService) {}

  async dataRequest(ctx: ShopContext, subject: { readonly source: string; readonly externalId: string }, requestId: string): Promise<void> {
    const personId = await this.privacy.personOf(ctx, subject.source, subject.externalId);
    await this.#carryOut(ctx, 'data_request', `${subject.source}:${requestId}`, personId);
  }

  /** A customer who comes back after an erasure is another person here, so a later message about them is a request of its own. */
  async redactCustomer(ctx: ShopContext, subject: { readonly source: string; readonly externalId: string }): Promise<void> {
    const personId = await this.privacy.personOf(ctx, subject.source, subject.externalId);
    await this.#carryOut(ctx, 'redact', `${subject.source}:${subject.externalId}:${personId ?? 'nobody'}`, personId);
  }

  async redactShop(ctx: ShopContext): Promise<void> {
    await this.#carryOut(ctx, 'shop_redact', `shop:${new Date(ctx.now).toISOString().slice(0, 10)}`);
  }

  /** What fails stays open and is tried again every hour. */
  async #carryOut(ctx: ShopContext, topic: 'data_request' | 'redact' | 'shop_redact', ref: string, personId?: string): Promise<void> {
    const request = await this.requests.open(ctx, { topic, ref, personId });
    await this.requests.fulfil(ctx, request.id);
  }
}
