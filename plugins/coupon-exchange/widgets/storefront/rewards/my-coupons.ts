import { css, html, type TemplateResult } from 'lit';
import type { Kind } from '../../reward-card.js';
import type Rewards from '../rewards.element.js';
import { codeLine, codeStyles, wear } from './code-line.js';

const styles = css`
  .mine { margin-block-end: 20px; padding: 16px; border-radius: var(--_radius); background: var(--_soft); }
  .mine h2:focus { outline: none; }
  .mine > :last-child { margin-block-end: 0; }
  .mine ul { grid-template-columns: minmax(0, 1fr); }
  .mine li { display: grid; gap: 6px; padding-block-start: 12px; border-block-start: 1px solid var(--_border); }
  .mine li p { margin: 0; overflow-wrap: anywhere; }
  .mine details p { padding-block-start: 4px; }
  .mine summary { min-block-size: 24px; padding-block: 6px; cursor: pointer; }
  s { font: 1em/1.4 ui-monospace, Menlo, Consolas, monospace; }
`;
type Words = Readonly<Record<'en' | 'zh-CN', string>>;
interface Coupon {
  readonly id: string; readonly kind: Kind; readonly title: Words; readonly note: Words | null; readonly packed: boolean;
  readonly code: string; readonly state: string; readonly issuedAt: number; readonly expiresAt: number;
}
interface Step { readonly step: string; readonly at: number }
/** What is said of a used reward that the checkout does not take. */
const DONE: Partial<Record<Kind, string>> = { 'code': 'given', 'draw': 'added', 'credit': 'booked', 'donation': 'donated', 'next-order': 'sent', 'right': 'done' };

/** The coupons that the shopper has, newest first. */
export class MyCoupons {
  #items: readonly Coupon[] | undefined;
  #problem = '';
  #steps = new Map<string, readonly Step[]>();

  constructor(private readonly host: Rewards) {
    wear(host, codeStyles);
    wear(host, styles);
    void this.load().then(() => host.updateComplete).then(() => host.renderRoot.querySelector<HTMLElement>('.mine h2')?.focus());
  }

  async load(): Promise<void> {
    const { host } = this;
    this.#problem = '';
    this.#steps.clear();
    try {
      this.#items = (await host.context.api.get<{ items: Coupon[] }>('redemptions')).items;
    } catch (error) {
      this.#problem = host.explain(error);
    }
    host.requestUpdate();
  }

  /** What happened to one, asked for when it is opened. */
  async #unfold(event: Event, id: string): Promise<void> {
    if (!(event.currentTarget as HTMLDetailsElement).open || this.#steps.has(id)) return;
    try {
      this.#steps.set(id, (await this.host.context.api.get<{ steps: Step[] }>(`redemptions/${encodeURIComponent(id)}/steps`)).steps);
    } catch (error) {
      this.#problem = this.host.explain(error);
    }
    this.host.requestUpdate();
  }

  #coupon = ({ id, kind, title, note, packed, code, state, issuedAt, expiresAt }: Coupon): TemplateResult => {
    const { host } = this;
    const { locale, format } = host.context;
    const parcel = kind === 'next-order';
    const word = state === 'used' ? DONE[kind] ?? state : state === 'issued' && parcel ? (packed ? 'packed' : 'waiting') : state;
    const usable = (/^(is|re)s/.test(state) && !parcel) || kind === 'code';
    const line = usable ? codeLine(host, code, title[locale]) : parcel || DONE[kind] ? '' : html`<p class="muted"><s translate="no">${code}</s></p>`;
    return html`<li><p><strong>${title[locale]}</strong> <span class="muted">${host.t(`coupon.${word}`, { date: format.date(expiresAt), from: format.date(issuedAt) })}</span></p>${note && usable ? html`<p>${note[locale]}</p>` : ''}${line}
      <details @toggle=${(event: Event) => this.#unfold(event, id)}><summary>${host.t('life')}</summary>${this.#steps.get(id)?.map(({ step, at }) => html`<p class="muted">${format.date(at)} · ${host.t(`life.${step}`)}</p>`)}</details></li>`;
  };

  #list(): TemplateResult {
    const { host } = this;
    if (this.#problem) return html`<p class="danger" role="alert">${this.#problem}</p><button type="button" class="button quiet" @click=${() => this.load()}>${host.t('retry')}</button>`;
    if (!this.#items) return html`<p class="muted">${host.t('loading')}</p>`;
    return this.#items.length ? html`<ul>${this.#items.map(this.#coupon)}</ul>` : html`<p>${host.t('coupon.none')}</p>`;
  }

  render(): TemplateResult {
    return html`<section class="mine" aria-labelledby="mine"><h2 id="mine" tabindex="-1">${this.host.t('mine')}</h2>${this.#list()}</section>`;
  }
}
