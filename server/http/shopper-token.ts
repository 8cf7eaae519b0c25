import { createHmac, timingSafeEqual } from 'node:crypto';
import { GxError } from '../plugin-api/index.js';

/**
 * Compact bearers, `gxs_<claims>.<HMAC-SHA-256>` for shoppers and `gxa_…` for staff. Made with node:crypto rather than a JWT library
 * because verification stands in the hot path and theirs is asynchronous; the format admits one algorithm only.
 */
export interface ShopperClaims { readonly shop: number; readonly person: string; readonly guest: boolean; /** System milliseconds. */ readonly exp: number }
export interface StaffClaims { readonly shop: number; readonly staff: string; readonly name: string; readonly role: string; readonly exp: number }

const sign = (key: Buffer, body: string): string => createHmac('sha256', key).update(body).digest('base64url');

function issue(prefix: string, key: Buffer, claims: object): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${prefix}${body}.${sign(key, prefix + body)}`;
}

function verify<T extends { exp: number }>(prefix: string, key: Buffer, token: string, systemNow: number): T | undefined {
  if (!token.startsWith(prefix) || token.length > 1000) return undefined;
  const dot = token.lastIndexOf('.');
  if (dot < 0) return undefined;
  const expected = Buffer.from(sign(key, token.slice(0, dot)));
  const given = Buffer.from(token.slice(dot + 1));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  const claims = JSON.parse(Buffer.from(token.slice(prefix.length, dot), 'base64url').toString('utf8')) as T;
  return claims.exp > systemNow ? claims : undefined;
}

export const issueShopperToken = (key: Buffer, claims: ShopperClaims): string => issue('gxs_', key, claims);
export const issueStaffToken = (key: Buffer, claims: StaffClaims): string => issue('gxa_', key, claims);
/** Undefined for anything forged, expired or made for another purpose. */
export const verifyShopperToken = (key: Buffer, token: string, systemNow: number): ShopperClaims | undefined => verify<ShopperClaims>('gxs_', key, token, systemNow);
export const verifyStaffToken = (key: Buffer, token: string, systemNow: number): StaffClaims | undefined => verify<StaffClaims>('gxa_', key, token, systemNow);

/**
 * Verifies each token once: computing the HMAC anew for every request of a shopper is a quarter of the work of answering it. What was
 * verified stays true until the token expires, because the keys last as long as the process. Two generations of which the older is
 * dropped when the younger is full: to search a map for its oldest entry takes longer than to verify.
 */
export class KnownTokens<T extends { readonly exp: number }> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  /** Remembers at most `most` tokens. */
  constructor(private readonly verify: (token: string, systemNow: number) => T | undefined, private readonly most = 10_000) {}

  claims(token: string, systemNow: number): T | undefined {
    const young = this.#young.get(token);
    const claims = young ?? this.#old.get(token) ?? this.verify(token, systemNow);
    if (!claims || claims.exp <= systemNow) return undefined;
    if (!young) {
      if (this.#young.size >= this.most / 2) { this.#old = this.#young; this.#young = new Map(); }
      this.#young.set(token, claims);
    }
    return claims;
  }
}

export const unauthenticated = (): GxError => new GxError('GX_UNAUTHENTICATED', 401, 'A valid bearer token is needed. Sign in again.');
