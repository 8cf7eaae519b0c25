import { css, html, type TemplateResult } from 'lit';
import type Rewards from '../rewards.element.js';
import { codeLine, codeStyles, wear } from './code-line.js';

const styles = css`
  .mine { margin-block-end: 20px; padding: 16px; border-radius: var(--_radius); background: var(--_soft); }
  .mine h2:focus { outline: none; }
  .mine > :last-child { margin-block-end: 0; }
  .mine ul { grid-template-columns: minmax(0, 1fr); }
  .mine li { display: grid; gap: 6px; padding-block-start: 12px; border-block-start: 1px solid var(--_border); }
  .mine li p { margin: 0; overflow-wrap: anywhere; }
  s { font: 1em/1.4 ui-monospace, Menlo, Consolas, monospace; }
`;
interface Coupon { readonly id: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly code: string; readonly state: string; readonly issuedAt: number; readonly expiresAt: number }

/** The coupons that the shopper has, newest first. */
export class MyCoupons {
  #items: readonly Coupon[] | undefined;
  #problem = '';

  constructor(private readonly host: Rewards) {
    wear(host, codeStyles);
    wear(host, styles);
    void this.load().then(() => host.updateComplete).then(() => host.renderRoot.querySelector<HTMLElement>('.mine h2')?.focus());
  }

  async load(): Promise<void> {
    const { host } = this;
    this.#problem = '';
    try {
      this.#items = (await host.context.api.get<{ items: Coupon[] }>('redemptions')).items;
    } catch (error) {
      this.#problem = host.explain(error);
    }
    host.requestUpdate();
  }

  #coupon = ({ title, code, state, issuedAt, expiresAt }: Coupon): TemplateResult => {
    const { host } = this;
    const { locale, format } = host.context;
    const usable = state === 'issued';
    return html`<li><p><strong>${title[locale]}</strong> <span class="muted">${host.t(`coupon.${state}`, { date: format.date(expiresAt), from: format.date(issuedAt) })}</span></p>${usable ? codeLine(host, code, title[locale]) : html`<p class="muted"><s translate="no">${code}</s></p>`}</li>`;
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
