import { html, nothing, type TemplateResult } from 'lit';
import { minorDigits, shopCurrency } from './format.js';
import { localised } from './locale.js';
import type { ProductSource, SettingFieldJson } from './setting-fields.js';
import { kitText } from './strings.js';

/** What one control of `gx-schema-form` needs. `set(undefined)` returns to what is stored. */
export interface SettingControl {
  readonly name: string;
  readonly field: SettingFieldJson;
  readonly value: unknown;
  readonly stored: unknown;
  readonly error: string;
  readonly products: ProductSource | undefined;
  readonly set: (value: unknown) => void;
}

const text = (event: Event): string => (event.target as HTMLInputElement).value ?? '';
/** An empty or broken number stays what was typed, so that the check can name it. */
const number = (typed: string, factor = 1): unknown => (typed.trim() === '' || Number.isNaN(Number(typed)) ? typed : Math.round(Number(typed) * factor));

function control({ field, value, stored, error, products, set }: SettingControl): TemplateResult {
  const label = localised(field.label), hint = localised(field.help), invalid = error ? '' : nothing;
  switch (field.kind) {
    case 'text': return field.multiline
      ? html`<wa-textarea label=${label} hint=${hint} rows="4" resize="auto" .value=${String(value ?? '')} data-invalid=${invalid} @input=${(event: Event) => set(text(event))}></wa-textarea>`
      : html`<wa-input label=${label} hint=${hint} .value=${String(value ?? '')} data-invalid=${invalid} @input=${(event: Event) => set(text(event))}></wa-input>`;
    case 'number': return html`<wa-input class="short" type="number" inputmode="numeric" step="1" min=${field.min ?? nothing} max=${field.max ?? nothing} label=${label} hint=${hint} .value=${String(value ?? '')} data-invalid=${invalid} @input=${(event: Event) => set(number(text(event)))}>${field.unit ? html`<span slot="end">${localised(field.unit)}</span>` : nothing}</wa-input>`;
    case 'money': {
      const digits = minorDigits();
      return html`<wa-input class="short" type="number" inputmode="decimal" min="0" step=${digits ? (10 ** -digits).toFixed(digits) : '1'} label=${label} hint=${hint} .value=${typeof value === 'number' ? (value / 10 ** digits).toFixed(digits) : String(value ?? '')} data-invalid=${invalid} @change=${(event: Event) => set(number(text(event), 10 ** digits))}><span slot="end">${shopCurrency()}</span></wa-input>`;
    }
    case 'toggle': return html`<wa-switch hint=${hint} ?checked=${value === true} @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}>${label}</wa-switch>`;
    case 'color': return html`<gx-field label=${label} hint=${hint}><span class="inline"><input type="color" aria-label=${label} .value=${String(value ?? '#000000')} @input=${(event: Event) => set(text(event))}><wa-input class="short bare" label=${label} .value=${String(value ?? '')} data-invalid=${invalid} @change=${(event: Event) => set(text(event))}></wa-input></span></gx-field>`;
    case 'choice': return html`<wa-select label=${label} hint=${hint} .value=${String(value ?? '')} data-invalid=${invalid} @change=${(event: Event) => set(text(event))}>${field.options?.map((option) => html`<wa-option value=${option.value}>${localised(option.label)}</wa-option>`)}</wa-select>`;
    case 'product': return html`<gx-product-field label=${label} hint=${hint} .source=${products} .value=${typeof value === 'string' ? value : null} data-invalid=${invalid} @gx-change=${(event: CustomEvent<{ value: string | null }>) => { event.stopPropagation(); set(event.detail.value); }}></gx-product-field>`;
    case 'list': return html`<gx-list-field label=${label} hint=${hint} max=${field.max ?? 20} .value=${Array.isArray(value) ? value.map(String) : []} data-invalid=${invalid} @gx-change=${(event: CustomEvent<{ value: readonly string[] }>) => { event.stopPropagation(); set(event.detail.value); }}></gx-list-field>`;
    case 'date': return html`<wa-input class="short" type="date" label=${label} hint=${hint} .value=${String(value ?? '')} data-invalid=${invalid} @input=${(event: Event) => set(text(event))}></wa-input>`;
    case 'secret': {
      const isSet = stored === true || (typeof stored === 'object' && stored !== null && 'set' in stored && stored.set === true);
      if (value === null) return html`<gx-field label=${label} hint=${kitText('secretCleared')}><wa-button size="s" appearance="outlined" @click=${() => set(undefined)}>${kitText('secretKeep')}</wa-button></gx-field>`;
      return html`<wa-input type="password" password-toggle autocomplete="new-password" label=${label} hint=${hint || kitText(isSet ? 'secretSet' : 'secretUnset')} placeholder=${isSet ? '••••••••••••' : ''} .value=${String(value ?? '')} @input=${(event: Event) => set(text(event) === '' ? undefined : text(event))}></wa-input>
        ${isSet && value === undefined ? html`<p><button type="button" class="link-button small" @click=${() => set(null)}>${kitText('secretClear')}<span class="visually-hidden"> ${label}</span></button></p>` : nothing}`;
    }
  }
}

/** One field: its control and what is wrong with it. */
export const renderSetting = (setting: SettingControl): TemplateResult =>
  html`<div>${control(setting)}<div aria-live="polite">${setting.error ? html`<p class="wrong negative small strong">${setting.error}</p>` : nothing}</div></div>`;
