import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../kit/define.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { localised } from '../kit/locale.js';
import type { ImportDraft } from './api-types.js';
import { t } from './texts.js';

/**
 * Which column of the file is which field, with the first rows beside it.
 * @element gx-import-mapping
 * @fires gx-start - `{ mapping }`
 * @fires gx-cancel
 */
export class ImportMapping extends KitElement {
  static override properties = { draft: { attribute: false }, mapping: { state: true } };
  declare draft: ImportDraft;
  declare mapping: Readonly<Record<string, string | null>>;

  static override styles = [kitStyles, css`
    .map { display: grid; gap: 0; }
    .map > div { display: grid; gap: 4px 16px; grid-template-columns: minmax(0, 1fr); padding: 12px 0; align-items: center; }
    .map > div + div { border-block-start: 1px solid var(--gx-border); }
    label { font-weight: 500; }
    select { inline-size: 100%; min-block-size: 38px; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: 6px; background: var(--gx-surface); color: inherit; font: inherit; }
    .sample { color: var(--gx-muted); font-size: var(--gx-font-small); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: var(--gx-font-small); inline-size: 100%; }
    th, td { padding: 6px 12px; text-align: start; white-space: nowrap; border-block-end: 1px solid var(--gx-border); max-inline-size: 240px; overflow: hidden; text-overflow: ellipsis; } th { color: var(--gx-muted); font-weight: 500; }
    @container card (min-width: 560px) { .map > div { grid-template-columns: 180px minmax(0, 1fr) minmax(0, 1fr); } }
  `];

  constructor() { super(); this.mapping = {}; }

  /** What the merchant has chosen stays when a companion file comes or goes, as far as its column is still there. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('draft')) return;
    const before = changed.get('draft');
    const same = before?.importId === this.draft.importId;
    this.mapping = Object.fromEntries(this.draft.fields.map(({ name }) => {
      const chosen = this.mapping[name] ?? null, found = this.draft.mapping[name] ?? null;
      return [name, same && chosen !== (before?.mapping[name] ?? null) && (chosen === null || this.draft.columns.includes(chosen)) ? chosen : found];
    }));
  }

  protected override render(): unknown {
    const { fields, columns, sample } = this.draft;
    const missing = fields.filter((field) => field.required && !this.mapping[field.name]);
    const name = (label: ImportDraft['fields'][number]['label']): string => (typeof label === 'string' ? label : localised(label));
    return html`<div class="stack">
      <gx-card heading=${t('import.mapping')} subtitle=${t('import.mappingText')}><div class="map">${fields.map((field) => {
        const column = this.mapping[field.name] ?? '';
        const index = columns.indexOf(column);
        return html`<div><label for=${`m-${field.name}`}>${name(field.label)}${field.required ? html` <span class="muted small">(${t('import.required')})</span>` : nothing}</label>
          <select id=${`m-${field.name}`} @change=${(event: Event) => { this.mapping = { ...this.mapping, [field.name]: (event.target as HTMLSelectElement).value || null }; }}><option value="" ?selected=${!column}>${t('import.leaveOut')}</option>${columns.map((each) => html`<option value=${each} ?selected=${each === column}>${each}</option>`)}</select>
          <span class="sample">${index < 0 ? '' : sample.slice(0, 3).map((row) => row[index]).filter(Boolean).join(' · ')}</span></div>`;
      })}</div></gx-card>
      <gx-card flush heading=${t('import.sample')}><div class="scroll" tabindex="0" role="region" aria-label=${t('import.sample')}><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${sample.slice(0, 5).map((row) => html`<tr>${columns.map((_, index) => html`<td>${row[index] ?? ''}</td>`)}</tr>`)}</tbody></table></div></gx-card>
      <div class="spread"><span role="status" class=${missing.length ? 'negative strong' : 'muted'}>${missing.length ? t('import.missing', { fields: missing.map((field) => name(field.label)).join(t('list.comma')) }) : t('import.ready')}</span>
        <span class="row"><wa-button appearance="outlined" @click=${() => this.fire('gx-cancel')}>${t('action.cancel')}</wa-button><wa-button variant="brand" ?disabled=${missing.length > 0} @click=${() => this.fire('gx-start', { mapping: this.mapping })}>${t('import.start')}</wa-button></span></div>
    </div>`;
  }
}
define('gx-import-mapping', ImportMapping);
