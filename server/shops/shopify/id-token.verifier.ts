import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { ShopifyApp } from './shopify-app.js';
import { shopDomain } from './shop-domain.js';

/** The merchant's identity, as Shopify's admin vouches for it. */
export interface MerchantIdentity {
  readonly shopDomain: string;
  /** Shopify's number of the staff member. */
  readonly userId: string;
  readonly sessionId: string;
  /** System milliseconds. */
  readonly expiresAt: number;
}
export type IdTokenAnswer = { readonly ok: true; readonly identity: MerchantIdentity } | { readonly ok: false; readonly reason: 'missing' | 'expired' | 'invalid' };

const TOLERANCE_SECONDS = 10;
const LONGEST_LIFE_SECONDS = 300;
const LONGEST_TOKEN = 4_096;

function identityOf(claims: JWTPayload): MerchantIdentity | undefined {
  const { iss, dest, sub, sid, exp, iat } = claims;
  if (typeof dest !== 'string' || !dest.startsWith('https://') || iss !== `${dest}/admin`) return undefined;
  const domain = shopDomain(dest.slice('https://'.length));
  // A shopper's checkout or account extension holds tokens of the same key: their `sub` is a customer's GID, or missing.
  if (!domain || typeof sub !== 'string' || !/^\d{1,20}$/.test(sub) || typeof sid !== 'string' || sid === '') return undefined;
  if (exp === undefined || iat === undefined || exp - iat > LONGEST_LIFE_SECONDS) return undefined;
  return { shopDomain: domain, userId: sub, sessionId: sid, expiresAt: exp * 1000 };
}

/**
 * Verifies the ID token (session token) of Shopify's admin. The official decoder checks signature, times and audience only; this one also
 * ties `iss` to `dest`, takes the shop from `dest` alone and refuses every token that is not a staff member's.
 * Nothing of the token goes into the answer's reason or any message.
 */
export class IdTokenVerifier {
  readonly #keys: readonly Uint8Array[];

  constructor(private readonly app: ShopifyApp, private readonly systemNow: () => number) {
    this.#keys = app.secrets.map((secret) => new TextEncoder().encode(secret));
  }

  async verify(token: string | undefined): Promise<IdTokenAnswer> {
    if (token === undefined || token === '') return { ok: false, reason: 'missing' };
    if (token.length > LONGEST_TOKEN) return { ok: false, reason: 'invalid' };
    let reason: 'expired' | 'invalid' = 'invalid';
    for (const key of this.#keys) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'], audience: this.app.apiKey, clockTolerance: TOLERANCE_SECONDS, currentDate: new Date(this.systemNow()),
          requiredClaims: ['exp', 'nbf', 'iat', 'iss', 'dest', 'sub', 'sid', 'aud'],
        });
        const identity = typeof payload.aud === 'string' ? identityOf(payload) : undefined;
        return identity ? { ok: true, identity } : { ok: false, reason: 'invalid' };
      } catch (error) {
        if (error instanceof errors.JWTExpired) reason = 'expired';
      }
    }
    return { ok: false, reason };
  }
}

/** The token of an `Authorization: Bearer …` header; tokens are accepted nowhere else. */
export const bearerOf = (header: string | undefined): string | undefined => /^Bearer ([A-Za-z0-9_.-]+)$/.exec(header ?? '')?.[1];
