/** What Shopify gave us when the app was created. */
export interface ShopifyApp {
  /** Client id; public. */
  readonly apiKey: string;
  /** Client secrets that may sign: the current one first, then, during a rotation, the old one. */
  readonly secrets: readonly [string, ...string[]];
  /** Scopes of `shopify.app.toml`, comma separated. */
  readonly scopes: string;
}

/** The app from the configuration's `shopify` part. */
export const shopifyApp = (config: { readonly apiKey: string; readonly apiSecret: string; readonly oldApiSecret: string | undefined; readonly scopes: string }): ShopifyApp => ({
  apiKey: config.apiKey, scopes: config.scopes,
  secrets: config.oldApiSecret === undefined ? [config.apiSecret] : [config.apiSecret, config.oldApiSecret],
});
