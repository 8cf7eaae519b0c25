import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, fromLocal, Load, type ProductChoice, type ProductSource } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { ComingProduct, PlanRules } from './member-types.js';

/** Products that open at a time, and earlier to tiers with a priority window. */
export class OpeningsCard implements ProductSource {
  #coming: Load<readonly ComingProduct[]>;
  #sku: string | null = null;
  #at = '';
  #busy = false;

  constructor(private readonly panel: PluginElement) {
    this.#coming = new Load(panel, async () => (await panel.context.api.get<{ items: ComingProduct[] }>('openings')).items);
  }

  get settled(): Promise<unknown> { return this.#coming.settled; }
  async search(text: string): Promise<readonly ProductChoice[]> { return (await this.panel.context.api.get<{ items: ProductChoice[] }>('products', { search: text })).items; }
  async bySku(sku: string): Promise<ProductChoice | undefined> { return (await this.panel.context.api.get<{ items: ProductChoice[] }>('products', { sku })).items[0]; }

  async #act(run: () => Promise<{ items: ComingProduct[] }>, said: string): Promise<void> {
    const { panel } = this;
    if (this.#busy) return;
    this.#busy = true;
    panel.requestUpdate();
    try {
      this.#coming.set((await run()).items);
      panel.context.toast?.(panel.t(said), 'success');
    } catch (error) { panel.context.toast?.(panel.explain(error), 'danger'); }
    this.#busy = false;
    panel.requestUpdate();
  }

  async #add(): Promise<void> {
    const { panel } = this;
    const [sku, opensAt] = [this.#sku, fromLocal(this.#at, panel.context.shop.zone)];
    if (sku === null || opensAt === null) {
      panel.context.toast?.(panel.t('admin.openings.both'), 'danger');
      panel.renderRoot.querySelector<HTMLElement>(sku === null ? '#opening-sku' : '#opening-at')?.focus();
      return;
    }
    await this.#act(() => panel.context.api.put(`openings/${encodeURIComponent(sku)}`, { opensAt }), 'admin.openings.did.add');
    [this.#sku, this.#at] = [null, ''];
    panel.requestUpdate();
  }

  #line({ sku, title, opensAt, firstAt }: ComingProduct): TemplateResult {
    const { panel } = this;
    return html`<li class="spread"><span class="stack tight"><span>${title ?? sku}</span><span class="muted small">${firstAt < opensAt ? panel.t('admin.openings.when', { first: formatDateTime(firstAt), all: formatDateTime(opensAt) }) : formatDateTime(opensAt)}</span></span>
      <wa-button size="s" appearance="plain" aria-label=${panel.t('admin.openings.removeOf', { title: title ?? sku })} @click=${() => this.#act(() => panel.context.api.delete(`openings/${encodeURIComponent(sku)}`), 'admin.openings.did.remove')}>${panel.t('admin.openings.remove')}</wa-button></li>`;
  }

  render({ tiers }: PlanRules): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#coming;
    const { zone } = panel.context.shop;
    const early = tiers.filter(({ priorityHours }) => priorityHours > 0).map(({ title, priorityHours }) => panel.t('admin.openings.tier', { title: title[panel.context.locale], n: priorityHours }));
    return html`<gx-card heading=${panel.t('admin.openings')} subtitle=${early.length ? panel.t('admin.openings.text', { tiers: early.join(panel.t('admin.openings.join')) }) : panel.t('admin.openings.nobody')}>${error && !value ? html`<gx-error .error=${error} @gx-retry=${() => this.#coming.reload()}></gx-error>` : html`<div class="stack">
      ${value?.length ? html`<ul class="plain stack">${value.map((each) => this.#line(each))}</ul>` : nothing}
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#add(); }}><gx-product-field id="opening-sku" label=${panel.t('admin.openings.product')} .value=${this.#sku} .source=${this} @gx-change=${(event: CustomEvent<{ value: string | null }>) => { this.#sku = event.detail.value; panel.requestUpdate(); }}></gx-product-field>
        <div class="field"><label for="opening-at">${panel.t('admin.openings.at', { zone })}</label><input id="opening-at" type="datetime-local" .value=${this.#at} @change=${(event: Event) => { this.#at = (event.target as HTMLInputElement).value; }}></div>
        <div><wa-button type="submit" appearance="outlined" ?loading=${this.#busy}>${panel.t('admin.openings.add')}</wa-button></div></form></div>`}</gx-card>`;
  }
}
