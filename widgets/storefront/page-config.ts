/** What the loader's script tag says about the page. */
export interface PageConfig {
  /** `https://…/api/storefront`, or the shop's proxy path. */
  readonly base: string;
  /** Sent with every call; names the shop where the address does not. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes an address of an asset absolute. */
  readonly asset: (path: string) => string;
}
