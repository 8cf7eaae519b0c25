import { randomUUID } from 'node:crypto';
import { GxError, MINUTE, SECOND, type Log, type ShopContext } from '../../plugin-api/index.js';
import type { CredentialStore, StoredPair, TokenPair } from './credential-store.js';
import type { TokenAnswer, TokenEndpoint } from './token-endpoint.js';

const EARLY_MS = 5 * MINUTE;
const LEASE_MS = 60 * SECOND;
const WAIT_MS = 30 * SECOND;
const POLL_MS = 50;

const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });
const unreachable = (): GxError => new GxError('GX_SHOPIFY_UNREACHABLE', 503, 'Shopify does not answer. Try again in a minute.');

/**
 * A shop's offline access token: kept fresh, refreshed by one node at a time, stored before it is used.
 * Refresh tokens rotate, so two refreshes at once could leave the shop with a pair that Shopify no longer knows.
 */
export class TokenExchangeService {
  readonly #node = randomUUID();
  readonly #running = new Map<number, Promise<string | undefined>>();

  constructor(private readonly endpoint: TokenEndpoint, private readonly store: CredentialStore, private readonly systemNow: () => number, private readonly log?: Log) {}

  /** The pair for an ID token; the caller stores it with `adopt` once the shop has a row. */
  exchange(shopDomain: string, idToken: string): Promise<TokenAnswer> { return this.endpoint.exchange(shopDomain, idToken); }
  adopt(ctx: ShopContext, pair: TokenPair): Promise<void> { return this.store.save(ctx, pair, this.systemNow()); }

  /** Whether a pair is stored that can still be refreshed; otherwise the next opening of the app has to exchange again. */
  async usable(ctx: ShopContext): Promise<boolean> {
    const pair = await this.store.load(ctx);
    return pair !== undefined && pair.refreshExpiresAt > this.systemNow();
  }

  /**
   * A token that is valid for the next minutes; undefined when the shop has none and must open the app again.
   * @throws GX_SHOPIFY_UNREACHABLE (503) when the token is spent and Shopify does not answer.
   */
  async accessToken(ctx: ShopContext): Promise<string | undefined> {
    const pair = await this.store.load(ctx);
    if (!pair) return undefined;
    return this.#fresh(pair) ? pair.accessToken : this.#single(ctx);
  }

  /** Renews the pair even if the access token is fresh: shops that nobody opens for 90 days would lose it. For a weekly job. */
  async renew(ctx: ShopContext): Promise<void> {
    const pair = await this.store.load(ctx);
    if (pair) await this.#single(ctx, pair.revision);
  }

  /** After `app/uninstalled`, or when the Admin API answers 401 to a fresh token. */
  drop(ctx: ShopContext): Promise<void> { return this.store.drop(ctx); }

  #fresh(pair: StoredPair): boolean { return pair.accessExpiresAt - this.systemNow() > EARLY_MS; }

  #single(ctx: ShopContext, staleRevision?: number): Promise<string | undefined> {
    const running = this.#running.get(ctx.shop.id);
    if (running) return running;
    const flight = this.#refresh(ctx, staleRevision).finally(() => this.#running.delete(ctx.shop.id));
    this.#running.set(ctx.shop.id, flight);
    return flight;
  }

  /** `staleRevision`: the pair to replace although it is fresh. */
  async #refresh(ctx: ShopContext, staleRevision: number | undefined): Promise<string | undefined> {
    const owner = `${this.#node}:${randomUUID().slice(0, 8)}`;
    const deadline = this.systemNow() + WAIT_MS;
    for (;;) {
      const mine = await this.store.takeLease(ctx, owner, this.systemNow(), LEASE_MS);
      try {
        const pair = await this.store.load(ctx);
        if (!pair) return undefined;
        if (this.#fresh(pair) && pair.revision !== staleRevision) return pair.accessToken;
        if (mine) return await this.#renewPair(ctx, pair);
        if (this.systemNow() > deadline) {
          if (pair.accessExpiresAt > this.systemNow()) return pair.accessToken;
          throw unreachable();
        }
      } finally {
        if (mine) await this.store.giveLease(ctx, owner);
      }
      await pause(POLL_MS);
    }
  }

  async #renewPair(ctx: ShopContext, pair: StoredPair): Promise<string | undefined> {
    let answer = await this.endpoint.refresh(ctx.shop.key, pair.refreshToken);
    if (!answer.ok && answer.reason === 'grant' && pair.previousRefreshToken !== null) answer = await this.endpoint.refresh(ctx.shop.key, pair.previousRefreshToken);
    if (answer.ok) {
      await this.store.save(ctx, answer.pair, this.systemNow());
      return answer.pair.accessToken;
    }
    this.log?.warn(ctx, 'Shopify refused to renew the access token', { reason: answer.reason });
    if (answer.reason === 'grant' || answer.reason === 'client') {
      await this.store.drop(ctx);
      return undefined;
    }
    if (pair.accessExpiresAt > this.systemNow()) return pair.accessToken;
    throw unreachable();
  }
}
