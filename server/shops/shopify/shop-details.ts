import { z, type Locale } from '../../plugin-api/index.js';
import type { Fetch } from './token-endpoint.js';

/** Version of the Admin API that everything here is written for. */
export const SHOPIFY_API_VERSION = '2026-07';

export interface ShopDetails { readonly name: string; readonly zone: string; readonly currency: string }

const reply = z.object({ data: z.object({ shop: z.object({ name: z.string().min(1), ianaTimezone: z.string().min(1), currencyCode: z.string().length(3) }) }) });

/** Name, zone and currency of a shop at its first opening; undefined when Shopify does not tell. Needs no scope. */
export async function readShopDetails(fetch: Fetch, shopDomain: string, accessToken: string): Promise<ShopDetails | undefined> {
  try {
    const response = await fetch(`https://${shopDomain}/admin/api/${SHOPIFY_API_VERSION}/graphql.json`, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(8_000),
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': accessToken },
      body: JSON.stringify({ query: '{ shop { name ianaTimezone currencyCode } }' }),
    });
    const shop = reply.safeParse(await response.json()).data?.data.shop;
    return response.ok && shop ? { name: shop.name, zone: shop.ianaTimezone, currency: shop.currencyCode } : undefined;
  } catch { return undefined; }
}

/** Our language for one of Shopify's locale names. */
export const localeOf = (name: string | undefined): Locale => (name?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
