import { el } from './dom.js';
import { locale, money, text } from './page-texts.js';

export interface QuotedLine { readonly sku: string; readonly title: string; readonly detail: string; readonly quantity: number; readonly unitPrice: number; readonly memberSaved: number; readonly paid: number; readonly imageUrl: string }
export interface Quote {
  readonly lines: readonly QuotedLine[]; readonly subtotal: number; readonly discount: number; readonly shipping: number; readonly total: number;
  readonly codes: readonly { readonly code: string; readonly ok: boolean; readonly amount: number; readonly label?: string; readonly reason?: string; readonly minimum?: number }[];
  readonly member: { readonly label: string; readonly basisPoints: number; readonly saved: number } | null;
  readonly points: { readonly used: number; readonly worth: number; readonly available: number; readonly value: number; readonly most: number } | null;
  readonly why: readonly { readonly id: string; readonly kind: 'code' | 'member' | 'points'; readonly used: boolean; readonly amount: number; readonly reason?: string; readonly with: readonly string[]; readonly difference: number }[];
}

/** The rows under a cart: goods at list price, what the member price, coupons and points take off, shipping, total. */
export function showSums(place: HTMLElement, quote: Quote): void {
  const row = (label: string, amount: string, strong = false): HTMLElement => el('div', strong ? { class: 'strong' } : {}, el('dt', {}, label), el('dd', {}, amount));
  const saved = quote.member?.saved ?? 0, coupons = quote.discount - saved;
  place.replaceChildren(
    row(text(saved > 0 ? 'listPrice' : 'subtotal'), money(quote.subtotal)), ...(saved > 0 ? [row(quote.member?.label ?? '', `−${money(saved)}`)] : []), ...(coupons > 0 ? [row(text('discount'), `−${money(coupons)}`)] : []),
    ...(quote.points && quote.points.used > 0 ? [row(text('pointsUsed', { n: new Intl.NumberFormat(locale).format(quote.points.used) }), `−${money(quote.points.worth)}`)] : []),
    row(text('shipping'), quote.shipping ? money(quote.shipping) : text('free')), row(text('total'), money(quote.total), true),
  );
}

/** The price of a line: what it costs, and where the member price lowers it the list price before that. */
export function linePrice(line: QuotedLine): readonly (HTMLElement | string)[] {
  const list = line.unitPrice * line.quantity;
  if (line.memberSaved === 0) return [money(list)];
  return [el('s', {}, el('span', { class: 'hidden' }, `${text('listPrice')} `), money(list)), ' ', el('span', { class: 'hidden' }, `${text('yourPrice')} `), money(list - line.memberSaved), el('small', { class: 'saved' }, text('youSave', { amount: money(line.memberSaved) }))];
}

export const picture = (url: string): HTMLImageElement => el('img', { src: url, alt: '', width: 600, height: 600 });
