import { shopDomain } from './shop-domain.js';
import { signedByOneOf } from './constant-time.js';

/** Who a storefront request comes from, by the platform's signature alone. */
export interface ProxyIdentity {
  readonly shopDomain: string;
  /** GID of the signed-in customer, the same id that webhooks carry; null for an anonymous visitor. */
  readonly customerId: string | null;
  /** Where the merchant mounted the proxy, e.g. `/apps/engage`; build storefront links from it. */
  readonly pathPrefix: string;
  /** The request's own parameters. The raw query must go nowhere: a leaked signature can be replayed for 90 s. */
  readonly query: ReadonlyMap<string, readonly string[]>;
}
export type ProxyAnswer = { readonly ok: true; readonly identity: ProxyIdentity } | { readonly ok: false; readonly reason: 'malformed' | 'stale' | 'signature' };

const RESERVED = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp'] as const;
const TOLERANCE_SECONDS = 90;
const LONGEST_QUERY = 8_192;
const OWN_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const FORMS: Readonly<Record<(typeof RESERVED)[number], RegExp>> = {
  shop: /^[a-z0-9-]+\.myshopify\.com$/, logged_in_customer_id: /^\d{0,20}$/, path_prefix: /^\/[A-Za-z0-9_/-]{1,100}$/, timestamp: /^\d{10}$/,
};

/** A name of which part could be mistaken for a reserved one when the pairs are joined without separators. */
const confusable = (name: string): boolean => RESERVED.some((word) => name.endsWith(word) || word.endsWith(name));
/** Names of Shopify's other signed requests; a proxied request never carries them. */
const FOREIGN = new Set(['hmac', 'host', 'id_token', 'session', 'embedded']);

/**
 * The string that Shopify signs: `name=value` with repeated values joined by commas, sorted by bytes, joined by nothing.
 * The library sorts by `localeCompare` on names, which refuses valid requests.
 */
export function canonicalProxyQuery(pairs: ReadonlyMap<string, readonly string[]>): string {
  return [...pairs].filter(([name]) => name !== 'signature').map(([name, values]) => Buffer.from(`${name}=${values.join(',')}`)).sort(Buffer.compare).map(String).join('');
}

function parse(rawQuery: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const values = pairs.get(name);
    if (values) values.push(value); else pairs.set(name, [value]);
  }
  return pairs;
}

/**
 * Verifies a request that Shopify's app proxy forwarded.
 *
 * The signed string has no separators, so one signature may fit two readings. Three rules make the reading unique: no value contains `=`
 * (hence every `=` of the string ends a name), every reserved name appears exactly once, and no own name ends with a reserved name or is
 * the end of one (hence the text before each genuine reserved `=` can only be read as that name).
 */
export class AppProxyVerifier {
  constructor(private readonly secrets: readonly string[], private readonly systemNow: () => number) {}

  /** `rawQuery` as it stands after `?`, not parsed by anybody. */
  verify(rawQuery: string): ProxyAnswer {
    if (rawQuery.length > LONGEST_QUERY) return { ok: false, reason: 'malformed' };
    const pairs = parse(rawQuery);
    const signature = pairs.get('signature');
    if (signature?.length !== 1 || !/^[0-9a-f]{64}$/.test(signature[0]!)) return { ok: false, reason: 'malformed' };
    for (const name of RESERVED) {
      const values = pairs.get(name);
      if (values?.length !== 1 || !FORMS[name].test(values[0]!)) return { ok: false, reason: 'malformed' };
    }
    const query = new Map<string, readonly string[]>();
    for (const [name, values] of pairs) {
      if (values.some((value) => value.includes('='))) return { ok: false, reason: 'malformed' };
      if (name === 'signature' || (RESERVED as readonly string[]).includes(name)) continue;
      if (!OWN_NAME.test(name) || confusable(name) || FOREIGN.has(name)) return { ok: false, reason: 'malformed' };
      query.set(name, values);
    }
    const only = (name: (typeof RESERVED)[number]): string => pairs.get(name)![0]!;
    if (Math.abs(this.systemNow() / 1000 - Number(only('timestamp'))) > TOLERANCE_SECONDS) return { ok: false, reason: 'stale' };
    if (!signedByOneOf(this.secrets, canonicalProxyQuery(pairs), Buffer.from(signature[0]!, 'hex'))) return { ok: false, reason: 'signature' };
    const shop = shopDomain(only('shop'));
    if (!shop) return { ok: false, reason: 'malformed' };
    const customer = only('logged_in_customer_id');
    return { ok: true, identity: { shopDomain: shop, customerId: customer === '' ? null : `gid://shopify/Customer/${customer}`, pathPrefix: only('path_prefix'), query } };
  }
}
