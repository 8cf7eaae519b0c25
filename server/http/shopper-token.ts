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

export const unauthenticated = (): GxError => new GxError('GX_UNAUTHENTICATED', 401, 'A valid bearer token is needed. Sign in again.');
