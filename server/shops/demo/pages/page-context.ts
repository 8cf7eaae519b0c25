import type { IncomingMessage } from 'node:http';
import type { Locale } from '../../../plugin-api/index.js';
import { translator, price, type Translate } from './texts.js';

/** What every page is drawn with. */
export interface PageContext {
  readonly locale: Locale;
  readonly t: Translate;
  readonly money: (fen: number) => string;
  /** An address inside the shop that keeps the language when it stands in the address already. */
  readonly link: (path: string, query?: Readonly<Record<string, string>>) => string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** `?lang=` decides, then the browser's preference, then English. */
export function pageContext(req: IncomingMessage): PageContext {
  const url = new URL(req.url ?? '/', 'http://shop');
  const asked = url.searchParams.get('lang');
  const wanted = asked ?? String(req.headers['accept-language'] ?? '');
  const locale: Locale = /^\s*zh/i.test(wanted) ? 'zh-CN' : 'en';
  return {
    locale, t: translator(locale), money: (fen) => price(locale, fen), path: url.pathname, query: url.searchParams,
    link: (path, query = {}) => {
      const search = new URLSearchParams({ ...query, ...(asked ? { lang: locale } : {}) }).toString();
      return search ? `${path}?${search}` : path;
    },
  };
}
