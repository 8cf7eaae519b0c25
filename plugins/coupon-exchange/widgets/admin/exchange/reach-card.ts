import { html, nothing, type TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import { field } from './field.js';
import { canBePrize, forProducts, type RewardDraft } from './reward-draft.js';
import type { ShopGoods } from './shop-goods.js';

const MOST_PRODUCTS = 50;

export interface ReachParts {
  readonly panel: PluginElement; readonly draft: RewardDraft; readonly goods: ShopGoods;
  readonly problem: (name: string) => string | undefined; readonly set: (name: string, change: Partial<RewardDraft>) => void;
}

/** When a reward can be had, for which products, by whom, and who is not shown it so that it can be measured. */
export function reachCard({ panel, draft, goods, problem, set }: ReachParts): TemplateResult {
  const t = panel.t.bind(panel);
  const day = (name: 'startsOn' | 'endsOn' | 'lastUseOn'): TemplateResult => field({ name, label: t(`admin.form.${name}`), problem: problem(name), ...(name === 'lastUseOn' && { hint: t('admin.form.lastUseOnHint') }) }, (id, described, wrong) =>
    html`<input id=${id} type="date" .value=${draft[name]} aria-describedby=${described} aria-invalid=${wrong} @change=${(event: Event) => set(name, { [name]: (event.target as HTMLInputElement).value })}>`);
  const tick = (name: 'prizeOnly' | 'welcome'): TemplateResult => html`<label class="tick"><input type="checkbox" .checked=${draft[name]} @change=${(event: Event) => set(name, { [name]: (event.target as HTMLInputElement).checked })}>${t(`admin.form.${name}`)}</label>`;
  const add = (event: CustomEvent<{ value: string | null }>): void => {
    const { value } = event.detail;
    (event.target as HTMLElement & { value: string | null }).value = null;
    if (value === null || draft.skus.includes(value)) return;
    goods.look(value);
    set('skus', { skus: [...draft.skus, value] });
  };
  const chosen = draft.skus.map((sku) => {
    const title = goods.product(sku)?.title ?? sku;
    return html`<li><span>${title}</span> <button type="button" class="link-button" aria-label=${t('admin.form.skusRemove', { title })} @click=${() => set('skus', { skus: draft.skus.filter((each) => each !== sku) })}>${t('admin.form.remove')}</button></li>`;
  });
  const products = forProducts(draft.kind) ? html`<div class="field"><gx-product-field id="skus" label=${t('admin.form.skus')} hint=${t('admin.form.skusHint')} .value=${null} .source=${goods} ?inert=${draft.skus.length >= MOST_PRODUCTS} aria-invalid=${problem('skus') !== undefined} @gx-change=${add}></gx-product-field>
    ${chosen.length ? html`<ul class="chosen" aria-label=${t('admin.form.skus')}>${chosen}</ul>` : nothing}${problem('skus') ? html`<p class="wrong" role="alert">${problem('skus')}</p>` : nothing}</div>` : nothing;
  const prize = canBePrize(draft.kind);
  const holdout = prize && draft.prizeOnly ? nothing : field({ name: 'holdout', label: t('admin.form.holdout'), unit: '%', hint: t('admin.form.holdoutHint'), problem: problem('holdout') }, (id, described, wrong) =>
    html`<input id=${id} class="num" inputmode="decimal" autocomplete="off" .value=${draft.holdout} aria-describedby=${described} aria-invalid=${wrong} @input=${(event: Event) => set('holdout', { holdout: (event.target as HTMLInputElement).value })}>`);
  return html`<gx-card heading=${t('admin.form.reach')}><div class="stack">
    <div class="fields">${day('startsOn')}${day('endsOn')}${day('lastUseOn')}</div>${products}
    ${prize ? html`<div>${tick('welcome')}${tick('prizeOnly')}<p class="hint">${t('admin.form.prizeOnlyHint')}</p></div>` : nothing}${holdout}</div></gx-card>`;
}
