import { html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatDate, formatDateTime, formatMoney, formatSigned, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { SettingValues } from '../../kit/setting-fields.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import { actorText } from '../ledger-columns.js';
import './colleague-dialog.element.js';
import { href } from '../routes.js';
import type { AdjustmentRow, NoticeRow, ProgrammeAnswer, ProgrammeVersion } from './points-types.js';
import { debtPolicyText, PROGRAMME_FIELDS, programmeOf, programmeValues } from './programme-fields.js';
import { loadPointsTexts, p } from './texts.js';

/** The rules of points, adjustments that wait for a second person, and who was warned of expiry. */
class PointsPage extends AdminPage {
  static override properties = { deciding: { state: true }, inviting: { state: true } };
  declare deciding: string;
  declare inviting: boolean;
  static override styles = kitStyles;
  #rules = new Load<ProgrammeAnswer>(this, () => this.session.api.get('/points/programme'));
  #waiting = new Load<{ readonly items: readonly AdjustmentRow[] }>(this, () => this.session.api.get('/points/adjustments', { state: 'pending' }));
  #notices = new Load<{ readonly items: readonly Omit<NoticeRow, 'id'>[] }>(this, () => this.session.api.get('/points/expiry-notices'));

  constructor() { super(); this.deciding = ''; this.inviting = false; }

  override get ready(): Promise<unknown> { return Promise.all([this.#rules.settled, this.#waiting.settled, this.#notices.settled]); }
  override get tabTitle(): string { return p('title'); }
  get #mayDecide(): boolean { return ['owner', 'operator'].includes(this.session.bootstrap?.staff.role ?? ''); }

  /** A platform knows its shops' staff itself. */
  get #mayInvite(): boolean { return this.session.bootstrap?.demo === true && this.session.bootstrap.staff.role === 'owner'; }

  async #save(values: SettingValues): Promise<void> {
    const { programme } = await this.session.api.put<{ programme: { version: number } }>('/points/programme', { basedOn: this.#rules.value?.programme.version ?? 0, programme: programmeOf(values) });
    toast(p('saved', { n: programme.version }), 'success');
    await this.#rules.reload();
  }

  async #decide(id: string, approve: boolean): Promise<void> {
    this.deciding = id;
    await this.attempt(async () => {
      await this.session.api.post(`/points/adjustments/${id}/decision`, { approve });
      toast(p(approve ? 'approved' : 'rejected'), 'success');
    });
    this.deciding = '';
    await this.#waiting.reload();
  }

  #person(row: { readonly personId: string; readonly name: string | null }): unknown { return html`<a href=${href(`/customers/${encodeURIComponent(row.personId)}`)}>${row.name || p('noName')}</a>`; }

  #waitingColumns(): Column<AdjustmentRow>[] {
    return [
      { key: 'who', label: p('who'), primary: true, cell: (row) => html`<span class="stacked"><span>${this.#person(row)}</span><span class="muted small">${row.reason}</span></span>` },
      { key: 'amount', label: p('amount'), align: 'end', cell: (row) => html`<span class=${row.amount > 0 ? 'positive' : 'negative'}>${formatSigned(row.amount)}</span>` },
      { key: 'by', label: p('requestedBy'), cell: (row) => html`<span class="stacked"><span>${row.requestedBy}${row.own ? html` <gx-badge>${p('own')}</gx-badge>` : nothing}</span><span class="muted small">${formatDateTime(row.requestedAt)}</span></span>` },
      { key: 'decide', label: p('decide'), align: 'end', cell: (row) => (this.#mayDecide ? html`<span class="row">
        ${row.own ? nothing : html`<wa-button size="s" variant="brand" ?loading=${this.deciding === row.id} @click=${() => this.#decide(row.id, true)}>${p('approve')}</wa-button>`}
        <wa-button size="s" appearance="outlined" @click=${() => this.#decide(row.id, false)}>${p(row.own ? 'takeBack' : 'reject')}</wa-button></span>` : nothing) },
    ];
  }

  #versionColumns(currency: string): Column<ProgrammeVersion & { readonly id: string }>[] {
    const line = (row: ProgrammeVersion): string => p('versionLine', {
      worth: formatMoney(row.worth, currency), live: row.liveDays === null ? p('liveForever') : p('liveDays', { n: formatNumber(row.liveDays) }), returns: row.returnDays, debt: debtPolicyText(row.debtPolicy),
    });
    return [
      { key: 'version', label: p('version'), primary: true, cell: (row) => html`<span class="stacked"><span>${row.version}</span><span class="muted small">${line(row)}</span></span>` },
      { key: 'by', label: p('versionBy'), cell: (row) => actorText(this.session, row.actor) },
      { key: 'at', label: p('versionAt'), align: 'end', cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.at)}</span>` },
    ];
  }

  #noticeColumns(): Column<NoticeRow>[] {
    return [
      { key: 'who', label: p('who'), primary: true, cell: (row) => this.#person(row) },
      { key: 'amount', label: p('amount'), align: 'end', cell: (row) => formatNumber(row.amount) },
      { key: 'expires', label: p('expires'), align: 'end', cell: (row) => html`<span class="nowrap">${formatDate(row.at)}</span>` },
      { key: 'days', label: p('daysBefore'), align: 'end', cell: (row) => formatNumber(row.days) },
      { key: 'told', label: p('toldAt'), align: 'end', wideOnly: true, cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.toldAt)}</span>` },
    ];
  }

  #body({ programme, currency, versions }: ProgrammeAnswer): unknown {
    const notices = (this.#notices.value?.items ?? []).map((row) => ({ ...row, id: `${row.personId}/${row.at}/${row.days}` }));
    return html`<div class="stack">
      <gx-card flush heading=${p('waiting')} subtitle=${p('waitingText')}>${this.#mayInvite ? html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => { this.inviting = true; }}>${p('colleague')}</wa-button>` : nothing}<gx-table label=${p('waiting')} .columns=${this.#waitingColumns()} .rows=${this.#waiting.value?.items ?? []}><gx-empty slot="empty" compact icon="clock" heading=${p('waitingNone')}></gx-empty></gx-table></gx-card>
      <gx-card heading=${p('rules')} subtitle=${p('rulesText')}><gx-schema-form .fields=${PROGRAMME_FIELDS} .values=${programmeValues(programme)} .save=${(values: SettingValues) => this.#save(values)}></gx-schema-form></gx-card>
      <gx-card flush heading=${p('versions')}><gx-table label=${p('versions')} .columns=${this.#versionColumns(currency)} .rows=${versions.map((each) => ({ ...each, id: String(each.version) }))}><gx-empty slot="empty" compact icon="list" heading=${p('versionsNone')}></gx-empty></gx-table></gx-card>
      <gx-card flush heading=${p('notices')} subtitle=${p('noticesText')}><gx-table label=${p('notices')} .columns=${this.#noticeColumns()} .rows=${notices}><gx-empty slot="empty" compact icon="clock" heading=${p('noticesNone')}></gx-empty></gx-table></gx-card>
      ${this.#mayInvite ? html`<gx-colleague-dialog .session=${this.session} ?open=${this.inviting} @gx-close=${() => { this.inviting = false; }}></gx-colleague-dialog>` : nothing}
    </div>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#rules;
    return html`<gx-page heading=${p('title')} subtitle=${p('subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#rules.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="card"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-points-page', PointsPage);
/** What has to be there before the page is built. */
export const prepare = loadPointsTexts;
