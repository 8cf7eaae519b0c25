import { css, html, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';

/** What a card shows of a reward. Money in minor units, a percentage in basis points. */
export interface CardReward {
  readonly title: { readonly en: string; readonly 'zh-CN': string };
  readonly kind: 'amount' | 'percent' | 'free-shipping';
  readonly discount: number;
  readonly minimum: number;
  readonly cost: number;
  /** `null` without limit. */
  readonly remaining: number | null;
  readonly perPerson: number;
  readonly validDays: number;
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
export function rewardCard(host: PluginElement, { title, kind, discount, minimum, cost, remaining, perPerson, validDays }: CardReward, action: unknown): TemplateResult {
  const { locale, format } = host.context;
  // Chinese names what is left to pay, in tenths: 10 % off is 9 折. Short: a shop has one currency, so `CN¥5.00` may be `¥5`.
  const money = (minor: number): string => format.money(minor).replace(/^[A-Z]{2}(?=[^\w\s])|\.0+$/g, '');
  return html`<li class="reward" tabindex="-1">
    <div class="stub" aria-hidden="true"><span class=${kind === 'free-shipping' ? 'words' : ''}>${kind === 'amount' ? money(discount) : host.t(`card.${kind}`, { n: locale === 'en' ? discount / 100 : 10 - discount / 1000 })}</span></div>
    <div class="about"><h3>${title[locale]}</h3>
      <p class="muted">${[
        minimum ? host.t('card.minimum', { money: money(minimum) }) : host.t('card.noMinimum'), host.t('card.valid', { n: validDays }), host.t('card.perPerson', { n: perPerson }),
        remaining && remaining <= FEW ? host.t('card.few', { n: remaining }) : '',
      ].filter(Boolean).join('\u00a0· ')}</p>
      <div class="price"><strong>${format.points(cost)}</strong>${action}</div></div>
  </li>`;
}
