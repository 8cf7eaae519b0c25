import { css, html, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';

export type Kind = 'amount' | 'percent' | 'free-shipping' | 'product' | 'next-order' | 'right' | 'code' | 'draw' | 'credit' | 'donation';

/** What a card shows of a reward. `discount` is in the unit of its kind: money in minor units (for a product what is still paid), a percentage in basis points, tries. */
export interface CardReward {
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  readonly kind: Kind;
  readonly discount: number;
  readonly minimum: number;
  readonly cost: number;
  /** `null` without limit. */
  readonly remaining: number | null;
  readonly perPerson: number;
  readonly validDays: number;
  /** How it is used, in the merchant's words. */
  readonly note?: { readonly en: string; readonly 'zh-CN': string } | null;
  /** The products that a coupon is for; null or not given for all. */
  readonly only?: readonly string[] | null;
  /** A moment of the last day. */
  readonly until?: number | null;
  /** The product that one gets. */
  readonly product?: { readonly title: string; readonly price: number } | null;
}

/** From here on a card says how many are left. */
const FEW = 20;

export const rewardCardStyles = css`
  .reward { display: grid; grid-template-columns: 80px minmax(0, 1fr); overflow: hidden; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); }
  .stub { position: relative; display: grid; place-content: center; padding: 4px; border-inline-end: 2px dashed var(--_border); background: var(--_soft); color: var(--_accent); font-size: 1.25em; font-weight: 700; line-height: 1.2; text-align: center; overflow-wrap: anywhere; }
  .stub::before, .stub::after { content: ''; position: absolute; inset-block-start: -8px; inset-inline-end: -9px; inline-size: 14px; block-size: 14px; border: 1px solid var(--_border); border-radius: 50%; background: var(--_surface); }
  .stub::after { inset-block: auto -8px; }
  .words { font-size: .65em; }
  .about { display: grid; gap: 2px; align-content: space-between; padding: 12px 10px; }
  .about > * { margin: 0; }
  .reward h3 { font-size: 1em; overflow-wrap: anywhere; }
  .price { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; justify-content: space-between; min-block-size: 48px; font-variant-numeric: tabular-nums; }
`;

/** A reward as a ticket: what it is worth, its terms, its price, and what can be done about it. */
export function rewardCard(host: PluginElement, { title, kind, discount, minimum, cost, remaining, perPerson, validDays, note, only, until, product }: CardReward, action: unknown): TemplateResult {
  const { locale, format } = host.context;
  // Chinese names what is left to pay, in tenths: 10 % off is 9 折. Short: a shop has one currency, so `CN¥5.00` may be `¥5`.
  const money = (minor: number): string => format.money(minor).replace(/^[A-Z]{2}(?=[^\w\s])|\.0+$/g, '');
  const cash = kind === 'product' && discount ? ` + ${money(discount)}` : '';
  const worth = /^(am|cre|do)/.test(kind) ? money(discount) : host.t(`card.${kind}`, { n: kind === 'draw' ? discount : locale === 'en' ? discount / 100 : 10 - discount / 1000 });
  return html`<li class="reward" tabindex="-1">
    <div class="stub" aria-hidden="true"><span class=${/\d/.test(worth) ? '' : 'words'}>${worth}</span></div>
    <div class="about"><h3>${title[locale]}</h3>
      <p class="muted">${[
        note?.[locale], only && host.t('card.only', { titles: only.join(', ') }), product && host.t('card.instead', { money: money(product.price) }), minimum ? host.t('card.minimum', { money: money(minimum) }) : /^(am|pe|fr)/.test(kind) && host.t('card.noMinimum'),
        /^(co|dr|cre|do)/.test(kind) || host.t('card.valid', { n: validDays }), until && host.t('card.ends', { date: format.date(until) }), host.t('card.perPerson', { n: perPerson }), remaining && remaining <= FEW ? host.t('card.few', { n: remaining }) : '',
      ].filter((each) => each && each !== true).join('\u00a0· ')}</p>
      <div class="price"><strong>${format.points(cost)}${cash}</strong>${action}</div></div>
  </li>`;
}
