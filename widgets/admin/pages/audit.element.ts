import { html } from 'lit';
import { define } from '../../kit/define.js';
import { formatDateTime } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList, type ListPage } from '../../kit/paged-list.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { loadStrings } from '../../runtime/open-widget.js';
import { AdminPage } from '../admin-page.js';
import type { AuditRow } from '../api-types.js';
import { actorText } from '../ledger-columns.js';
import { t, tWord } from '../texts.js';

const detailText = (detail: AuditRow['detail']): string => Object.entries(detail).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' · ');

/** Who did what and when. The entries form a chain that can be checked. */
class AuditPage extends AdminPage {
  static override properties = { checking: { state: true } };
  declare checking: boolean;
  /** What modules call their own actions, by module. */
  #words = new Map<string, Readonly<Record<string, string>>>();
  #list = new PagedList<AuditRow>(this, async (cursor) => {
    const page = await this.session.api.get<ListPage<AuditRow>>('/audit', { limit: 50, cursor });
    await this.#learn(page.items);
    return page;
  });

  static override styles = kitStyles;

  constructor() { super(); this.checking = false; }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  async #check(): Promise<void> {
    this.checking = true;
    await this.attempt(async () => {
      const { ok, entries, seq } = await this.session.api.get<{ ok: boolean; entries?: number; seq?: number }>('/audit/check');
      if (ok) toast(t('audit.intact', { n: entries ?? 0 }), 'success'); else toast(t('audit.broken', { seq: seq ?? 0 }), 'danger');
    });
    this.checking = false;
  }

  /** A module's words come with its other texts, once it wrote a line. */
  async #learn(rows: readonly AuditRow[]): Promise<void> {
    const owners = new Set(rows.map(({ action }) => action.split('.', 1)[0]!));
    await Promise.all((this.session.bootstrap?.plugins ?? []).filter(({ id }) => owners.has(id) && !this.#words.has(id)).map(async ({ id, stringsUrl }) => {
      try { this.#words.set(id, await loadStrings(stringsUrl)); } catch { /* The action's name says it too. */ }
    }));
  }

  /** Plugins' actions begin with their id: “Reviews: reply sent”. */
  #action(action: string): string {
    const [owner = '', word = ''] = action.split(/\.(.*)/s);
    const known = tWord('auditAction', action, '');
    return known || (word.includes('.') ? t('ledger.by', { plugin: this.session.pluginTitle(owner), what: this.#words.get(owner)?.[`audit.${word}`] ?? tWord('auditAction', word) }) : tWord('auditAction', action));
  }

  #columns(): Column<AuditRow>[] {
    return [
      { key: 'action', label: t('audit.action'), primary: true, cell: (row) => html`<span class="stacked"><span>${this.#action(row.action)}</span><span class="muted small clip">${detailText(row.detail)}</span></span>` },
      { key: 'target', label: t('audit.target'), cell: (row) => html`<span class="muted clip">${row.target}</span>` },
      { key: 'actor', label: t('audit.actor'), cell: (row) => actorText(this.session, row.actor) },
      { key: 'at', label: t('audit.when'), align: 'end', cell: (row) => html`<span class="nowrap">${formatDateTime(row.at)}</span>` },
    ];
  }

  protected override render(): unknown {
    const list = this.#list;
    return html`<gx-page heading=${t('nav.audit')} subtitle=${t('audit.subtitle')}>
      <wa-button slot="actions" appearance="outlined" ?loading=${this.checking} @click=${() => this.#check()}>${t('audit.check')}</wa-button>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-card flush><gx-table label=${t('nav.audit')} csv .columns=${this.#columns()} .rows=${list.items} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()} @gx-csv=${() => this.exportCsv('/audit.csv')}>
        <gx-empty slot="empty" icon="list" heading=${t('audit.first')}><p>${t('audit.firstText')}</p></gx-empty></gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-audit-page', AuditPage);
