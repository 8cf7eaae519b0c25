import { html, nothing } from 'lit';
import { define } from '../kit/define.js';
import { formatNumber } from '../kit/format.js';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import type { Column } from '../kit/table-columns.js';
import type { AdminSession } from './admin-session.js';
import { tableWord } from './market/module-words.js';
import { t } from './texts.js';

type Counts = Readonly<Record<string, number>>;
/** What any of the host's receipts may hold. */
export interface Receipt {
  readonly id: string;
  /** Rows by owner and table, of an erasure. */
  readonly erased?: Readonly<Record<string, Counts>>;
  /** Rows by table, of a purge or of a whole shop. */
  readonly rows?: Counts;
  /** Parts whose data was handed over. */
  readonly owners?: readonly string[];
  readonly failed?: Readonly<Record<string, string>>;
  readonly missing?: Readonly<Record<string, string>>;
}
interface Line { readonly owner: string; readonly table: string; readonly rows: number }

/** The host's tables have names; a plugin's are called as the plugin does: `plg_reviews_monitor_review` of `reviews-monitor` → `review`. */

/**
 * Shows what a receipt proves: how many records of which part, and what is missing.
 * @element gx-receipt-dialog
 * @fires gx-close
 */
export class ReceiptDialog extends KitElement {
  static override properties = { receipt: { attribute: false }, owner: { type: String }, session: { attribute: false } };
  declare receipt: Receipt | undefined;
  /** Whose tables `rows` are; the core's if empty. */
  declare owner: string;
  declare session: AdminSession;

  static override styles = kitStyles;

  constructor() { super(); this.receipt = undefined; this.owner = ''; }

  #title(owner: string): string { return owner === 'core' || owner === '' ? t('receipt.core') : this.session.pluginTitle(owner); }

  #lines({ erased = {}, rows = {} }: Receipt): readonly Line[] {
    const of = (owner: string, counts: Counts): Line[] => Object.entries(counts).map(([table, count]) => ({ owner, table, rows: count }));
    return [...Object.entries(erased).flatMap(([owner, counts]) => of(owner, counts)), ...of(this.owner, rows)].filter((line) => line.rows > 0);
  }

  #body(receipt: Receipt): unknown {
    const columns: Column<Line>[] = [
      { key: 'table', label: t('receipt.table'), primary: true, cell: (line) => tableWord(line.owner, line.table) },
      { key: 'owner', label: t('receipt.owner'), cell: (line) => html`<span class="muted">${this.#title(line.owner)}</span>` },
      { key: 'rows', label: t('receipt.rows'), align: 'end', cell: (line) => formatNumber(line.rows) },
    ];
    const lines = this.#lines(receipt);
    const gaps = Object.entries({ ...receipt.failed, ...receipt.missing });
    // In the order of focus, because a long receipt must be scrolled by keyboard too.
    return html`<div class="stack" role="group" aria-label=${t('receipt.title')} tabindex="0">
      ${receipt.owners ? html`<p>${t('receipt.handedOver', { owners: receipt.owners.map((owner) => this.#title(owner)).join(t('list.comma')) })}</p>` : nothing}
      ${lines.length ? html`<gx-table paging="none" label=${t('receipt.title')} .columns=${columns} .rows=${lines}></gx-table>` : receipt.owners ? nothing : html`<p>${t('receipt.none')}</p>`}
      ${gaps.map(([owner, reason]) => html`<p class="negative">${t('receipt.missing', { owner: this.#title(owner), reason })}</p>`)}
      ${receipt.rows && this.owner ? html`<p>${t('receipt.stays')}</p>` : nothing}
      <p class="muted small">${t('receipt.number', { id: receipt.id })}</p></div>`;
  }

  protected override render(): unknown {
    return html`<gx-dialog wide label=${t('receipt.title')} ?open=${this.receipt !== undefined}>
      ${this.receipt ? this.#body(this.receipt) : nothing}
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => this.fire('gx-close')}>${t('action.close')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-receipt-dialog', ReceiptDialog);
