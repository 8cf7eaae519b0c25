import type { Locale } from '../../plugin-api/index.js';
import { SHOPIFY_CDN } from './content-security-policy.js';

const MOST_BOUNCES = 3;
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** A path of our own origin, or undefined: `//evil.example` and `/\evil.example` are other origins to a browser. */
export function ownPath(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 2_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return undefined;
  const url = new URL(text, 'https://own.invalid');
  return url.origin === 'https://own.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}

/**
 * Where to send a document request without a valid ID token: our page with nothing but App Bridge, which fetches a token and opens
 * `shopify-reload` with it. Undefined after three rounds, so that a clock that is wrong ends in a sentence and not in a loop.
 */
export function bounceLocation(pagePath: string, path: string, query: URLSearchParams): string | undefined {
  const rounds = Number(query.get('gx-bounce') ?? '0');
  if (!Number.isInteger(rounds) || rounds < 0 || rounds >= MOST_BOUNCES) return undefined;
  const back = new URLSearchParams(query);
  for (const name of ['id_token', 'hmac', 'timestamp', 'session']) back.delete(name);
  back.set('gx-bounce', String(rounds + 1));
  const target = new URLSearchParams({ shop: query.get('shop') ?? '', 'shopify-reload': `${path}?${back.toString()}` });
  return `${pagePath}?${target.toString()}`;
}

/** The page that lets App Bridge fetch an ID token. */
export const bouncePage = (apiKey: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="shopify-api-key" content="${escape(apiKey)}"><title>Guanxi</title><script data-api-key="${escape(apiKey)}" src="${SHOPIFY_CDN}/shopifycloud/app-bridge.js"></script></head><body></body></html>`;

const STUCK: Readonly<Record<Locale, readonly [string, string]>> = {
  en: ['Guanxi could not sign you in', 'Close this page and open Guanxi again from the Shopify admin. If it happens again, check that the clock of your computer is right.'],
  'zh-CN': ['Guanxi 未能登录', '请关闭此页，从 Shopify 后台重新打开 Guanxi。若仍然如此，请检查电脑时间是否准确。'],
};

/** Plain page for whoever cannot be signed in; no script, so that it cannot loop. */
export function stuckPage(locale: Locale): string {
  const [title, text] = STUCK[locale];
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}
