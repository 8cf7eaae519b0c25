import { html, nothing } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import type { Column } from '../kit/table-columns.js';
import type { ImportState } from './api-types.js';
import { t, tWord } from './texts.js';

type Problem = ImportState['problems'][number];

/**
 * What an import took, what it left out and why.
 * @element gx-import-report
 * @fires gx-again - another file
 */
export class ImportReport extends KitElement {
  static override properties = { report: { attribute: false } };
  declare report: ImportState;
  static override styles = kitStyles;

  protected override render(): unknown {
    const { report } = this;
    const columns: Column<Problem>[] = [
      { key: 'reason', label: t('import.reason'), primary: true, cell: (row) => html`<span class="stacked"><span>${tWord('importReason', row.reason ?? row.code ?? '', row.message)}</span>${row.message ? html`<span class="muted small">${row.message}</span>` : nothing}</span>` },
      { key: 'row', label: t('import.row'), align: 'end', cell: (row) => formatNumber(row.row) },
      { key: 'taken', label: t('import.result'), align: 'end', cell: (row) => html`<gx-badge tone=${row.taken ? 'warning' : 'danger'}>${t(row.taken ? 'import.rowTaken' : 'import.rowSkipped')}</gx-badge>` },
    ];
    const failed = report.state === 'failed';
    return html`<div class="stack">
      <wa-callout variant=${failed ? 'danger' : report.skipped ? 'warning' : 'success'}><gx-icon slot="icon" name=${failed || report.skipped ? 'alert' : 'check'}></gx-icon><strong>${t(failed ? 'import.failed' : report.state === 'cancelled' ? 'import.cancelled' : 'import.done')}</strong> ${report.error ?? ''}</wa-callout>
      <div class="tiles"><gx-kpi label=${t('import.read')} text=${formatNumber(report.read)}></gx-kpi><gx-kpi label=${t('import.taken')} text=${formatNumber(report.taken)}></gx-kpi>${report.unchanged === undefined ? nothing : html`<gx-kpi label=${t('import.unchanged')} text=${formatNumber(report.unchanged)}></gx-kpi>`}<gx-kpi label=${t('import.skipped')} text=${formatNumber(report.skipped)}></gx-kpi></div>
      ${report.problems.length ? html`<gx-card flush heading=${t('import.problems')} subtitle=${t('import.problemsText', { n: report.problems.length })}><gx-table paging="none" label=${t('import.problems')} .columns=${columns} .rows=${report.problems}></gx-table></gx-card>` : nothing}
      <div><wa-button appearance="outlined" @click=${() => this.fire('gx-again')}>${t('import.again')}</wa-button></div>
    </div>`;
  }
}
define('gx-import-report', ImportReport);
