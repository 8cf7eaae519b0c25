const PATTERN = /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/;

/**
 * The canonical domain of a Shopify shop, or undefined. Stricter than the library's `sanitizeShop`, which lets through upper case and
 * trailing slashes: two spellings of one shop would become two tenants.
 */
export const shopDomain = (text: unknown): string | undefined => (typeof text === 'string' && PATTERN.test(text) ? text : undefined);
