import { sql, statement, type Database, type ShopContext } from '../../plugin-api/index.js';
import { CREDENTIAL_ID, ShopifyCredential } from './shopify-credential.entity.js';

/** Seals texts for one place of the database (AES-256-GCM with the place as authenticated data). `Secrets` is one. */
export interface Cipher {
  encrypt(place: string, clear: string): string;
  decrypt(place: string, sealed: string): string;
}
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** System milliseconds. */
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number;
  readonly scopes: string;
}
export interface StoredPair extends Omit<TokenPair, 'scopes'> { readonly previousRefreshToken: string | null; readonly revision: number }

const SAVE = statement(`INSERT INTO shopify_credential (shop_id, id, access_token, refresh_token, previous_refresh_token, access_expires_at, refresh_expires_at, revision, created_at, updated_at)
  VALUES (:shop, :id, :access, :refresh, NULL, :accessUntil, :refreshUntil, 1, :now, :now)
  ON CONFLICT (shop_id, id) DO UPDATE SET previous_refresh_token = shopify_credential.refresh_token, access_token = excluded.access_token, refresh_token = excluded.refresh_token,
    access_expires_at = excluded.access_expires_at, refresh_expires_at = excluded.refresh_expires_at, revision = shopify_credential.revision + 1, updated_at = excluded.updated_at`);
const DROP = statement('DELETE FROM shopify_credential WHERE shop_id = :shop');
const TAKE = statement<{ owner: string }>(`INSERT INTO shopify_lease (shop_id, id, owner, held_until, created_at, updated_at) VALUES (:shop, 'token', :owner, :until, :now, :now)
  ON CONFLICT (shop_id, id) DO UPDATE SET owner = excluded.owner, held_until = excluded.held_until, updated_at = excluded.updated_at WHERE shopify_lease.held_until < :now RETURNING owner`);
const GIVE = statement(`DELETE FROM shopify_lease WHERE shop_id = :shop AND id = 'token' AND owner = :owner`);

/** Keeps a shop's token pair, sealed, and the lease that lets one node at a time change it. */
export class CredentialStore {
  constructor(private readonly db: Database, private readonly cipher: Cipher) {}

  /** Old and new refresh tokens move between two columns of one row, so both are sealed for the same place. */
  #place(ctx: ShopContext, kind: 'access' | 'refresh'): string { return `shopify_credential|${kind}_token|${ctx.shop.id}|${CREDENTIAL_ID}`; }

  async load(ctx: ShopContext): Promise<StoredPair | undefined> {
    const row = await this.db.read(ctx, (q) => q.findOne(ShopifyCredential, { id: CREDENTIAL_ID }));
    if (!row) return undefined;
    return {
      accessToken: this.cipher.decrypt(this.#place(ctx, 'access'), row.accessToken), refreshToken: this.cipher.decrypt(this.#place(ctx, 'refresh'), row.refreshToken),
      previousRefreshToken: row.previousRefreshToken === null ? null : this.cipher.decrypt(this.#place(ctx, 'refresh'), row.previousRefreshToken),
      accessExpiresAt: row.accessExpiresAt, refreshExpiresAt: row.refreshExpiresAt, revision: row.revision,
    };
  }

  /** Both tokens in one statement, before either is used. */
  async save(ctx: ShopContext, pair: TokenPair, systemNow: number): Promise<void> {
    const params = {
      id: CREDENTIAL_ID, access: this.cipher.encrypt(this.#place(ctx, 'access'), pair.accessToken), refresh: this.cipher.encrypt(this.#place(ctx, 'refresh'), pair.refreshToken),
      accessUntil: pair.accessExpiresAt, refreshUntil: pair.refreshExpiresAt, now: systemNow,
    };
    await this.db.write(ctx, (unit) => unit.run(SAVE, params));
  }

  async drop(ctx: ShopContext): Promise<void> { await this.db.write(ctx, (unit) => unit.run(DROP)); }

  /** Whether `owner` now holds the shop's lease. A lease that outlived its holder is taken over. */
  async takeLease(ctx: ShopContext, owner: string, systemNow: number, forMs: number): Promise<boolean> {
    const row = await this.db.hot(ctx, `shopify-lease:${ctx.shop.id}`, function* () { return yield* sql.one(TAKE, { owner, now: systemNow, until: systemNow + forMs }); });
    return row?.owner === owner;
  }
  async giveLease(ctx: ShopContext, owner: string): Promise<void> {
    await this.db.hot(ctx, `shopify-lease:${ctx.shop.id}`, function* () { return yield* sql.run(GIVE, { owner }); });
  }
}
