import { html, type TemplateResult } from 'lit';
import { formatMoney, formatNumber, formatPercent } from '../../kit/format.js';
import type { Column } from '../../kit/table-columns.js';
import { owedMoney, shareOf, type Forecast, type PlanName, type PlanOutcome } from './planner-types.js';
import { p } from './texts.js';

interface Row { readonly measure: string; readonly write: (outcome: PlanOutcome) => string }
const NAMES = ['now', 'tried', 'pack'] as const;
export const planTitle = (name: PlanName): string => p(name === 'now' ? 'planNow' : name === 'tried' ? 'planTried' : 'planPack');

/** The three mixes under the same people, one measure a row. */
export function comparisonView({ outcome }: Forecast, worth: number): TemplateResult {
  const rows: Row[] = [
    { measure: p('firstSession'), write: (each) => formatPercent(each.firstSession) },
    { measure: p('costShare'), write: ({ totals }) => formatPercent(shareOf(totals.cost, totals.sales), 1) },
    { measure: p('rewardCost'), write: ({ totals }) => formatMoney(totals.cost) },
    { measure: p('issuedPoints'), write: ({ totals }) => formatNumber(totals.issued) },
    { measure: p('burnedShare'), write: ({ totals }) => formatPercent(shareOf(totals.burned, totals.issued)) },
    { measure: p('expiredPoints'), write: ({ totals }) => formatNumber(totals.expired) },
    { measure: p('owedPoints'), write: ({ totals }) => formatNumber(totals.outstanding) },
    { measure: p('owed'), write: ({ totals }) => formatMoney(owedMoney(totals.outstanding, worth)) },
    { measure: p('worst'), write: ({ worst }) => formatMoney(worst.cost) },
  ];
  const columns: Column<Row>[] = [{ key: 'measure', label: p('measure'), primary: true, cell: (row) => row.measure },
    ...NAMES.map((name): Column<Row> => ({ key: name, label: planTitle(name), align: 'end', cell: (row) => (outcome ? html`<span class="num">${row.write(outcome[name])}</span>` : '–') }))];
  return html`<gx-card flush heading=${p('compare')} subtitle=${p('compareText')}><gx-table paging="none" label=${p('compare')} .columns=${columns} .rows=${rows}></gx-table></gx-card>`;
}
