import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, Load } from 'guanxi/kit';
import type { Coupon } from './reward-types.js';
import { SubjectDialog } from './subject-dialog.js';

interface Life { readonly steps: readonly { readonly step: string; readonly at: number; readonly ref: string | null }[]; readonly heldUntil: number | null; readonly canCancel: boolean }

/** What became of one redemption, step by step; what nobody has used can be taken back from here. */
export class LifeDialog extends SubjectDialog<Coupon> {
  #life: Load<Life> | undefined;
  #reason = '';

  protected override reset({ id }: Coupon): void {
    this.#reason = '';
    this.#life = new Load(this.panel, () => this.panel.context.api.get<Life>(`redemptions/${encodeURIComponent(id)}/steps`));
  }

  #cancel(id: string): Promise<void> {
    const { panel } = this;
    const reason = this.#reason.trim();
    return this.submit(reason ? '' : panel.t('admin.life.reasonBad'), async () => {
      await panel.context.api.post(`redemptions/${encodeURIComponent(id)}/cancel`, { reason });
      panel.context.toast?.(panel.t('admin.life.cancelled'), 'success');
      this.close();
      this.done();
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { panel } = this;
    const coupon = this.subject;
    if (!coupon) return nothing;
    const { value, error } = this.#life ?? { value: undefined, error: undefined };
    const told = ({ step, at, ref }: Life['steps'][number]): TemplateResult => html`<li><span>${step === 'reserved' && value?.heldUntil ? panel.t('admin.life.heldUntil', { when: formatDateTime(value.heldUntil) }) : panel.t(`admin.life.${step}`)}${ref && step !== 'reserved' ? html` <span class="muted small" translate="no">${ref}</span>` : nothing}</span><span class="muted nowrap">${step === 'reserved' ? '' : formatDateTime(at)}</span></li>`;
    return html`<gx-dialog label=${panel.t('admin.life.title', { code: coupon.code })} ?open=${this.shown} @gx-close=${() => this.close()}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#life?.reload()}></gx-error>` : !value ? html`<gx-skeleton shape="text"></gx-skeleton>` : html`<ol class="life">${value.steps.map(told)}</ol>
        ${value.canCancel ? html`<form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#cancel(coupon.id); }}><wa-input label=${panel.t('admin.life.reason')} hint=${panel.t('admin.life.reasonHint')} maxlength="200" .value=${this.#reason} @input=${(event: Event) => { this.#reason = (event.target as HTMLInputElement).value ?? ''; }}></wa-input></form>` : nothing}
        <div role="alert" class="negative strong">${this.problem}</div>`}
      ${value?.canCancel ? html`<wa-button slot="footer" variant="danger" appearance="outlined" ?loading=${this.busy} @click=${() => this.#cancel(coupon.id)}>${panel.t('admin.life.cancel')}</wa-button>` : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => this.close()}>${panel.t('close')}</wa-button>
    </gx-dialog>`;
  }
}
