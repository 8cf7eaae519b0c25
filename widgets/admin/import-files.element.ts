import { css, html, nothing } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import type { ImportDraft } from './api-types.js';
import { t } from './texts.js';

const MOST_COMPANIONS = 3;

/**
 * The table of an import and its companion files, each with how it is joined.
 * @element gx-import-files
 * @fires gx-add - `{ files }`
 * @fires gx-remove - `{ place }`, from 1
 */
export class ImportFiles extends KitElement {
  static override properties = { draft: { attribute: false } };
  declare draft: ImportDraft;

  static override styles = [kitStyles, css`
    ul { list-style: none; margin: 0 0 12px; padding: 0; }
    li { display: flex; gap: 12px; align-items: center; justify-content: space-between; padding: 10px 0; min-inline-size: 0; }
    li + li { border-block-start: 1px solid var(--gx-border); }
    li > span { min-inline-size: 0; overflow-wrap: anywhere; }
  `];

  protected override render(): unknown {
    const { file, companions } = this.draft;
    return html`<gx-card heading=${t('import.files')} subtitle=${t('import.filesText')}>
      <ul aria-label=${t('import.files')}><li><span class="strong">${file}</span><gx-badge>${t('import.table')}</gx-badge></li>
        ${companions.map((each, index) => html`<li><span><span class="strong">${each.name}</span><br><span class="muted small">${t('import.joined', { by: each.by, adds: each.adds.join(t('list.comma')), matched: formatNumber(each.matched), sampled: formatNumber(each.sampled) })}</span></span>
          <wa-button appearance="plain" size="s" @click=${() => this.fire('gx-remove', { place: index + 1 })}><gx-icon name="trash" label=${t('import.removeFile', { name: each.name })}></gx-icon></wa-button></li>`)}</ul>
      ${companions.length < MOST_COMPANIONS ? html`<wa-button appearance="outlined" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input')?.click()}><gx-icon slot="start" name="plus"></gx-icon>${t('import.addFile')}</wa-button>
        <input hidden multiple type="file" accept=".csv,.tsv,.txt,.gz" aria-label=${t('import.addFile')} @change=${this.#picked}>` : nothing}</gx-card>`;
  }

  #picked(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = [...input.files ?? []];
    input.value = '';
    if (files.length > 0) this.fire('gx-add', { files });
  }
}
define('gx-import-files', ImportFiles);
