/** Source of App Bridge and Polaris; neither may be bundled. */
export const SHOPIFY_CDN = 'https://cdn.shopify.com';

/** Who may frame the page: exactly the authenticated shop and Shopify's admin; nobody when no shop is known. */
export const frameAncestors = (shopDomain: string | undefined): string =>
  shopDomain === undefined ? `frame-ancestors 'none'` : `frame-ancestors https://${shopDomain} https://admin.shopify.com`;

/** The header of an HTML document inside Shopify's admin. `scriptHashes` are those of our own inline scripts and import map. */
export function contentSecurityPolicy(shopDomain: string | undefined, scriptHashes: readonly string[] = []): string {
  const hashes = scriptHashes.map((hash) => ` '${hash}'`).join('');
  return [
    `default-src 'self'`, `script-src 'self' ${SHOPIFY_CDN}${hashes}`, `style-src 'self' ${SHOPIFY_CDN}`, `img-src 'self' data: https:`, `font-src 'self' ${SHOPIFY_CDN}`,
    `connect-src 'self' ${SHOPIFY_CDN} https://monorail-edge.shopifysvc.com`, `object-src 'none'`, `base-uri 'none'`, `form-action 'self'`, frameAncestors(shopDomain),
  ].join('; ');
}
