import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { canonicalProxyQuery } from '../../../server/shops/shopify/app-proxy.verifier.js';

export const API_KEY = 'test-client-id';
export const SECRET = 'shpss_test-secret-0123456789';
export const OLD_SECRET = 'shpss_former-secret-98765432';
export const SHOP = 'example-shop.myshopify.com';
/** 1 November 2026, 12:00 UTC, in seconds. */
export const NOW = 1_793_534_400;

/** The claims of a merchant's ID token as Shopify makes them. */
export const claims = (change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  iss: `https://${SHOP}/admin`, dest: `https://${SHOP}`, aud: API_KEY, sub: '902541635', exp: NOW + 60, nbf: NOW, iat: NOW,
  jti: 'f8912129-1af6-4cad-9ca3-76b0f7621087', sid: 'aaea182f2732d44c23057c0fea584021a4485b2bd25d3eb7fd349313ad24c685', sig: 'opaque', ...change,
});

/** Signs claims; a claim that is `undefined` is left out. */
export function idToken(change: Readonly<Record<string, unknown>> = {}, secret = SECRET, alg = 'HS256'): Promise<string> {
  const payload = Object.fromEntries(Object.entries(claims(change)).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg, typ: 'JWT' }).sign(new TextEncoder().encode(secret.padEnd(alg === 'HS512' ? 64 : 0, 'x')));
}

export const webhookHmac = (body: string | Buffer, secret = SECRET): string => createHmac('sha256', secret).update(body).digest('base64');

/** A query as Shopify's proxy forwards it: the visitor's own parameters first, then the signed ones. */
export function proxyQuery(own: readonly (readonly [string, string])[], options: { readonly customer?: string; readonly shop?: string; readonly at?: number | string; readonly secret?: string } = {}): string {
  const pairs = [...own, ['shop', options.shop ?? SHOP], ['logged_in_customer_id', options.customer ?? ''], ['path_prefix', '/apps/engage'], ['timestamp', String(options.at ?? NOW)]] as [string, string][];
  return signQuery(pairs, options.secret);
}

export function signQuery(pairs: readonly (readonly [string, string])[], secret = SECRET): string {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of pairs) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  const signature = createHmac('sha256', secret).update(canonicalProxyQuery(grouped)).digest('hex');
  return new URLSearchParams([...pairs.map(([name, value]) => [name, value] as [string, string]), ['signature', signature]]).toString();
}
