import { el } from './dom.js';
import { money, text } from './page-texts.js';

export interface QuotedLine { readonly sku: string; readonly title: string; readonly detail: string; readonly quantity: number; readonly unitPrice: number; readonly paid: number; readonly imageUrl: string }
export interface Quote {
  readonly lines: readonly QuotedLine[]; readonly subtotal: number; readonly discount: number; readonly shipping: number; readonly total: number;
  readonly codes: readonly { readonly code: string; readonly ok: boolean; readonly amount: number; readonly reason?: string; readonly minimum?: number }[];
}

/** The rows under a cart: goods, discount, shipping, total. */
export function showSums(place: HTMLElement, quote: Quote): void {
  const row = (label: string, amount: string, strong = false): HTMLElement => el('div', strong ? { class: 'strong' } : {}, el('dt', {}, label), el('dd', {}, amount));
  place.replaceChildren(
    row(text('subtotal'), money(quote.subtotal)), ...(quote.discount > 0 ? [row(text('discount'), `−${money(quote.discount)}`)] : []),
    row(text('shipping'), quote.shipping ? money(quote.shipping) : text('free')), row(text('total'), money(quote.total), true),
  );
}

export const picture = (url: string): HTMLImageElement => el('img', { src: url, alt: '', width: 600, height: 600 });
