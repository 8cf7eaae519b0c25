const texts = JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as Record<string, string>;

export const locale = document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en';
export const text = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** Fen as people read them. */
export const money = (fen: number): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol', minimumFractionDigits: fen % 100 ? 2 : 0 }).format(fen / 100);
export const day = (at: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(at);
/** Day and time of day. */
export const moment = (at: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);
export const time = (at: number): string => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(at);

/** A product as the platform names it, in this page's language where the name holds both, as the demo's do. */
export function product(title: string): string {
  const both = /^([^\x20-\x7e]\S*) ([\x20-\x7e].*)$/.exec(title);
  return both?.[locale === 'en' ? 2 : 1] ?? title;
}

/** An address inside the shop, in the language of this page when its own address names it. */
export function link(path: string): string {
  const asked = new URLSearchParams(location.search).get('lang');
  return asked ? `${path}?lang=${encodeURIComponent(asked)}` : path;
}
