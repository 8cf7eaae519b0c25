import type { IncomingMessage } from 'node:http';
import type { Instant, Locale, ShopContext } from '../../../plugin-api/index.js';
import { programmeOf } from '../../../economy/programme/programme.js';
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
  readonly now: Instant;
  readonly day: (at: Instant) => string;
  /** How long after delivery something can go back, in days. */
  readonly returnDays: number;
  /** True when a module that is switched on has a widget for this place, so that no room is kept for what never comes. */
  readonly filled: (slot: string) => boolean;
}

/** `?lang=` decides, then the browser's preference, then English. */
export function pageContext(req: IncomingMessage, visitor: (locale: Locale) => ShopContext, filled: (slot: string) => boolean): PageContext {
  const url = new URL(req.url ?? '/', 'http://shop');
  const asked = url.searchParams.get('lang');
  const wanted = asked ?? String(req.headers['accept-language'] ?? '');
  const locale: Locale = /^\s*zh/i.test(wanted) ? 'zh-CN' : 'en';
  const { shop, now } = visitor(locale);
  return {
    now, filled, returnDays: programmeOf(shop).returnDays, day: (at) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(at),
    locale, t: translator(locale), money: (fen) => price(locale, fen), path: url.pathname, query: url.searchParams,
    link: (path, query = {}) => {
      const search = new URLSearchParams({ ...query, ...(asked ? { lang: locale } : {}) }).toString();
      return search ? `${path}?${search}` : path;
    },
  };
}
