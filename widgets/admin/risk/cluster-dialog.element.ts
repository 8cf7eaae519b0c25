import { html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate, formatNumber } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { href } from '../routes.js';
import { t } from '../texts.js';
import { reasonsText, scoreOf, type Member } from './risk-types.js';
import { r } from './texts.js';

/**
 * Everybody who shares something with each other, and what about each of them was noticed.
 * @element gx-cluster-dialog
 * @fires gx-decide - `{ cluster, release }`
 * @fires gx-close
 */
class ClusterDialog extends KitElement {
  static override properties = { session: { attribute: false }, cluster: { type: String }, decides: { type: Boolean }, members: { state: true } };
  declare session: AdminSession;
  declare cluster: string;
  declare decides: boolean;
  declare members: readonly Member[] | undefined;
  static override styles = kitStyles;

  constructor() { super(); this.cluster = ''; this.decides = false; this.members = undefined; }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('cluster') || !this.cluster) return;
    this.members = undefined;
    this.session.api.get<{ items: Omit<Member, 'id'>[] }>(`/risk/clusters/${this.cluster}`).then(({ items }) => { this.members = items.map((each) => ({ ...each, id: each.personId })); },
      (error: unknown) => { toast(error instanceof Error ? error.message : t('error.generic'), 'danger'); });
  }

  #columns(): Column<Member>[] {
    return [
      { key: 'who', label: r('who'), primary: true, cell: (row) => html`<span class="stacked"><a href=${href(`/customers/${row.personId}`)}>${row.name || r('noName')}</a>${row.email ? html`<span class="muted small">${row.email}</span>` : nothing}</span>` },
      { key: 'why', label: r('why'), cell: (row) => html`<span class="stacked small">${reasonsText(row.reasons).map((each) => html`<span>${each}</span>`)}</span>` },
      { key: 'since', label: r('clusterSince'), align: 'end', wideOnly: true, cell: (row) => html`<span class="nowrap muted">${formatDate(row.since)}</span>` },
      { key: 'orders', label: r('clusterOrders'), align: 'end', cell: (row) => formatNumber(row.orders) },
      { key: 'score', label: r('clusterScore'), align: 'end', cell: (row) => formatNumber(scoreOf(row.score)) },
    ];
  }

  protected override render(): unknown {
    const label = r('clusterTitle', { n: this.members?.length ?? 0 });
    return html`<gx-dialog wide label=${label} ?open=${this.cluster !== ''}>
      <div class="stack"><p class="muted">${r('clusterText')}</p><gx-table paging="none" label=${label} ?loading=${this.members === undefined} .columns=${this.#columns()} .rows=${this.members ?? []}></gx-table></div>
      ${this.decides ? html`<wa-button slot="footer" appearance="outlined" variant="danger" @click=${() => this.fire('gx-decide', { cluster: this.cluster, release: false })}>${r('takeAll')}</wa-button>
        <wa-button slot="footer" variant="brand" @click=${() => this.fire('gx-decide', { cluster: this.cluster, release: true })}>${r('giveAll')}</wa-button>` : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${t('action.cancel')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-cluster-dialog', ClusterDialog);
