import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, Load } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Coupon } from './reward-types.js';

interface Life { readonly steps: readonly { readonly step: string; readonly at: number; readonly ref: string | null }[]; readonly heldUntil: number | null; readonly canCancel: boolean }

/** What became of one redemption, step by step; what nobody has used can be taken back from here. */
export class LifeDialog {
  #coupon: Coupon | undefined;
  #open = false;
  #life: Load<Life> | undefined;
  #reason = '';
  #problem = '';
  #busy = false;

  constructor(private readonly panel: PluginElement, private readonly done: () => void) {}

  open(coupon: Coupon): void {
    this.#coupon = coupon;
    this.#open = true;
    this.#reason = this.#problem = '';
    this.#life = new Load(this.panel, () => this.panel.context.api.get<Life>(`redemptions/${encodeURIComponent(coupon.id)}/steps`));
    this.panel.requestUpdate();
  }

  #close(): void {
    this.#open = false;
    this.panel.requestUpdate();
  }

  async #cancel(id: string): Promise<void> {
    const { panel } = this;
    if (this.#busy) return;
    this.#problem = this.#reason.trim() ? '' : panel.t('admin.life.reasonBad');
    panel.requestUpdate();
    if (this.#problem) return;
    this.#busy = true;
    try {
      await panel.context.api.post(`redemptions/${encodeURIComponent(id)}/cancel`, { reason: this.#reason.trim() });
      panel.context.toast?.(panel.t('admin.life.cancelled'), 'success');
      this.#open = false;
      this.done();
    } catch (error) {
      this.#problem = panel.explain(error);
    }
    this.#busy = false;
    panel.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { panel } = this;
    const coupon = this.#coupon;
    if (!coupon) return nothing;
    const { value, error } = this.#life ?? { value: undefined, error: undefined };
    const told = ({ step, at, ref }: Life['steps'][number]): TemplateResult => html`<li><span>${step === 'reserved' && value?.heldUntil ? panel.t('admin.life.heldUntil', { when: formatDateTime(value.heldUntil) }) : panel.t(`admin.life.${step}`)}${ref && step !== 'reserved' ? html` <span class="muted small" translate="no">${ref}</span>` : nothing}</span><span class="muted nowrap">${step === 'reserved' ? '' : formatDateTime(at)}</span></li>`;
    return html`<gx-dialog label=${panel.t('admin.life.title', { code: coupon.code })} ?open=${this.#open} @gx-close=${() => this.#close()}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#life?.reload()}></gx-error>` : !value ? html`<gx-skeleton shape="text"></gx-skeleton>` : html`<ol class="life">${value.steps.map(told)}</ol>
        ${value.canCancel ? html`<form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#cancel(coupon.id); }}><wa-input label=${panel.t('admin.life.reason')} hint=${panel.t('admin.life.reasonHint')} maxlength="200" .value=${this.#reason} @input=${(event: Event) => { this.#reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-input></form>` : nothing}
        <div role="alert" class="negative strong">${this.#problem}</div>`}
      ${value?.canCancel ? html`<wa-button slot="footer" variant="danger" appearance="outlined" ?loading=${this.#busy} @click=${() => this.#cancel(coupon.id)}>${panel.t('admin.life.cancel')}</wa-button>` : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => this.#close()}>${panel.t('close')}</wa-button>
    </gx-dialog>`;
  }
}
