import { z } from '../../plugin-api/index.js';
import type { TokenPair } from './credential-store.js';
import type { ShopifyApp } from './shopify-app.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
/**
 * `id-token`: the ID token is bad or too old. `grant`: the refresh token is expired, revoked or used. `client`: the app was uninstalled
 * (or our secret is wrong). `unsafe`: a token that would never expire. `unavailable`: try again later.
 */
export type TokenAnswer = { readonly ok: true; readonly pair: TokenPair } | { readonly ok: false; readonly reason: 'id-token' | 'grant' | 'client' | 'unsafe' | 'unavailable' };

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 200;
const TIMEOUT_MS = 8_000;
const REASONS: Readonly<Record<string, 'id-token' | 'grant' | 'client'>> = { invalid_subject_token: 'id-token', invalid_grant: 'grant', invalid_client: 'client', application_cannot_be_found: 'client' };

const reply = z.object({
  access_token: z.string().min(1), scope: z.string(), expires_in: z.number().int().positive(),
  refresh_token: z.string().min(1), refresh_token_expires_in: z.number().int().positive(),
});
const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

/** Shopify's token endpoint: ID token → token pair, refresh token → next pair. Retries what may pass; never follows a redirect, never logs. */
export class TokenEndpoint {
  constructor(private readonly app: ShopifyApp, private readonly fetch: Fetch, private readonly systemNow: () => number) {}

  exchange(shopDomain: string, idToken: string): Promise<TokenAnswer> {
    return this.#ask(shopDomain, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', subject_token: idToken, subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token', expiring: '1',
    });
  }
  refresh(shopDomain: string, refreshToken: string): Promise<TokenAnswer> {
    return this.#ask(shopDomain, { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async #ask(shopDomain: string, grant: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#once(shopDomain, grant);
      if (answer.ok || answer.reason !== 'unavailable' || attempt + 1 === ATTEMPTS) return answer;
      await pause(FIRST_WAIT_MS * 2 ** attempt);
    }
  }

  async #once(shopDomain: string, grant: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    try {
      const response = await this.fetch(`https://${shopDomain}/admin/oauth/access_token`, {
        method: 'POST', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ client_id: this.app.apiKey, client_secret: this.app.secrets[0], ...grant }),
      });
      const body: unknown = await response.json().catch(() => undefined);
      if (response.status >= 500 || response.status === 429) return { ok: false, reason: 'unavailable' };
      if (!response.ok) {
        const code = z.object({ error: z.string() }).safeParse(body).data?.error ?? '';
        return { ok: false, reason: REASONS[code] ?? (response.status === 401 ? 'client' : 'unavailable') };
      }
      const parsed = reply.safeParse(body);
      if (!parsed.success) return { ok: false, reason: 'unsafe' };
      const now = this.systemNow();
      const { access_token, refresh_token, expires_in, refresh_token_expires_in, scope } = parsed.data;
      return { ok: true, pair: { accessToken: access_token, refreshToken: refresh_token, accessExpiresAt: now + expires_in * 1000, refreshExpiresAt: now + refresh_token_expires_in * 1000, scopes: scope } };
    } catch {
      // Time-out, reset, DNS: the request may have been carried out, but both grants may be sent again.
      return { ok: false, reason: 'unavailable' };
    }
  }
}
