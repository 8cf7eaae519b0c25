import { css, html, nothing } from 'lit';
import { ApiProblem } from '../runtime/api-problem.js';
import { KitElement } from './kit-element.js';
import { kitStyles } from './kit-styles.js';
import { localised } from './locale.js';
import { renderSetting } from './setting-controls.js';
import { checkSetting, checkSettings } from './setting-check.js';
import { isSettingShown, type ProductSource, type SettingFieldsJson, type SettingValues } from './setting-fields.js';
import { kitText } from './strings.js';
import { toast } from './toast.js';

const same = (one: unknown, other: unknown): boolean => one === other || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((each, index) => each === other[index]));

/**
 * The form of a plugin's settings, made from its declared fields. It validates, keeps the save bar, and never shows a secret:
 * an unchanged secret is left out of what is saved, a removed one is `null`.
 * ```ts
 * html`<gx-schema-form .fields=${fields} .values=${values} .save=${(values) => api.put('/…/settings', { values })}></gx-schema-form>`
 * ```
 * @element gx-schema-form
 * @fires gx-saved - `{ values }` after `save` resolved
 * @fires gx-draft - `{ values }` with every change, for a preview
 */
export class GxSchemaForm extends KitElement {
  static override properties = { fields: { attribute: false }, values: { attribute: false }, save: { attribute: false }, products: { attribute: false }, draft: { state: true }, errors: { state: true }, busy: { state: true }, problem: { state: true } };
  declare fields: SettingFieldsJson;
  /** As stored. Of a secret only `{ set: true }` or `{ set: false }`. */
  declare values: SettingValues;
  /** Stores the whole document; what it throws is shown, an `ApiProblem`'s fields beside the fields. */
  declare save: ((values: SettingValues) => Promise<unknown>) | undefined;
  /** Where fields of the kind `product` search; without it they take a SKU. */
  declare products: ProductSource | undefined;
  declare draft: Record<string, unknown>;
  declare errors: Readonly<Record<string, string>>;
  declare busy: boolean;
  declare problem: string;

  static override styles = [kitStyles, css`
    form { display: flex; flex-direction: column; gap: 24px; }
    fieldset { display: flex; flex-direction: column; gap: 16px; margin: 0; padding: 0; border: 0; min-inline-size: 0; }
    legend { inline-size: 100%; padding: 0 0 4px; margin-block-end: 12px; border-block-end: 1px solid var(--gx-border); font-weight: 600; font-size: var(--gx-font-body); }
    .inline { display: flex; gap: 8px; align-items: center; } .short::part(base) { max-inline-size: 220px; }
    input[type='color'] { inline-size: 44px; block-size: 36px; padding: 2px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); cursor: pointer; }
    .bar { position: sticky; inset-block-end: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; margin-inline: -16px; margin-block-end: -16px; padding: 12px 16px; border-block-start: 1px solid var(--gx-border); background: var(--gx-surface); }
    .bar[hidden] { display: none !important; }
    .wrong { margin-block-start: 4px; }
    .problem { color: var(--gx-danger); font-weight: 500; }
  `];

  constructor() { super(); this.fields = {}; this.values = {}; this.save = undefined; this.products = undefined; this.draft = {}; this.errors = {}; this.busy = false; this.problem = ''; }

  /** Whether something is not saved yet; a page asks before it is left. */
  get dirty(): boolean { return Object.keys(this.draft).length > 0; }

  #merged(): Record<string, unknown> {
    const merged: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(this.fields)) {
      if (field.kind === 'secret') { if (name in this.draft) merged[name] = this.draft[name]; } else merged[name] = name in this.draft ? this.draft[name] : this.values[name] ?? field.default;
    }
    return merged;
  }

  #set(name: string, value: unknown): void {
    const next = { ...this.draft, [name]: value };
    const field = this.fields[name];
    if (value === undefined || (field?.kind !== 'secret' && same(value, this.values[name] ?? field?.default))) delete next[name];
    this.draft = next;
    if (field && this.errors[name]) {
      const errors = { ...this.errors };
      const problem = checkSetting(field, value);
      if (problem) errors[name] = problem; else delete errors[name];
      this.errors = errors;
    }
    this.problem = '';
    this.fire('gx-draft', { values: this.#merged() });
  }

  #discard(): void {
    this.draft = {}; this.errors = {}; this.problem = '';
    this.fire('gx-draft', { values: this.#merged() });
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const values = this.#merged();
    this.errors = checkSettings(this.fields, values);
    if (Object.keys(this.errors).length) {
      this.problem = kitText('fixFields');
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[data-invalid]')?.focus();
      return;
    }
    this.busy = true; this.problem = '';
    try {
      await this.save?.(values);
      const stored: Record<string, unknown> = { ...this.values };
      for (const [name, value] of Object.entries(values)) stored[name] = this.fields[name]?.kind === 'secret' ? { set: value !== null } : value;
      this.values = stored;
      this.draft = {};
      toast(kitText('saved'), 'success');
      this.fire('gx-saved', { values });
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      if (error instanceof ApiProblem) this.errors = error.fields;
    }
    this.busy = false;
  }

  protected override render(): unknown {
    const groups = new Map<string, string[]>();
    const merged = this.#merged();
    for (const [name, field] of Object.entries(this.fields)) {
      if (!isSettingShown(this.fields, merged, name)) continue;
      const group = localised(field.group);
      groups.set(group, [...(groups.get(group) ?? []), name]);
    }
    return html`<form novalidate @submit=${this.#submit}>
      ${[...groups].map(([group, names]) => html`<fieldset>${group || groups.size > 1 ? html`<legend>${group || kitText('general')}</legend>` : nothing}
        ${names.map((name) => {
          const field = this.fields[name];
          return field ? renderSetting({ name, field, value: field.kind === 'secret' ? this.draft[name] : merged[name], stored: this.values[name], error: this.errors[name] ?? '', products: this.products, set: (value) => this.#set(name, value) }) : nothing;
        })}</fieldset>`)}
      <div class="bar" ?hidden=${!this.dirty && !this.problem}>
        <span role="status" class=${this.problem ? 'problem' : 'muted'}>${this.problem || kitText('unsaved')}</span>
        <span class="row"><wa-button appearance="outlined" type="button" ?disabled=${this.busy} @click=${this.#discard}>${kitText('discard')}</wa-button><wa-button variant="brand" type="submit" ?loading=${this.busy}>${kitText('save')}</wa-button></span>
      </div>
    </form>`;
  }
}
