import { html } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDate } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { PagedList } from '../../kit/paged-list.controller.js';
import type { MenuItem } from '../../kit/menu.element.js';
import type { Column } from '../../kit/table-columns.js';
import { TONES } from '../activity-tones.js';
import { AdminPage } from '../admin-page.js';
import type { ActivityRow } from '../api-types.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';

const STATES = ['live', 'scheduled', 'paused', 'checked', 'draft', 'ended', 'settled', 'archived'] as const;

/** Games, questionnaires and exchanges of all modules in one list, by state and date. */
class ActivitiesPage extends AdminPage {
  static override properties = { state: { state: true } };
  declare state: string;
  #list = new PagedList<ActivityRow>(this, (cursor) => this.session.api.get('/activities', { ...(this.state ? { state: this.state } : {}), ...(cursor ? { cursor } : {}) }));

  static override styles = kitStyles;

  constructor() { super(); this.state = ''; }

  override get ready(): Promise<unknown> { return this.#list.settled; }

  #menu(row: ActivityRow): MenuItem[] {
    const item = (name: string, icon: string, danger = false): MenuItem => ({ name, icon, danger, label: tWord('activityAction', name) });
    return [
      ...(row.state === 'draft' || row.state === 'checked' ? [item('publish', 'play')] : []), ...(row.state === 'live' ? [item('pause', 'pause')] : []), ...(row.state === 'paused' ? [item('resume', 'play')] : []),
      item('duplicate', 'copy'),
      ...(row.state === 'live' || row.state === 'paused' || row.state === 'scheduled' ? [item('end', 'stop', true)] : []), ...(row.state === 'settled' ? [item('archive', 'check')] : []),
      ...(row.state === 'draft' || row.state === 'checked' ? [item('remove', 'trash', true)] : []),
    ];
  }

  async #act(row: ActivityRow, name: string): Promise<void> {
    const path = `/activities/${row.id}`;
    if (name === 'end' && !(await confirm({ title: t('activities.endTitle', { title: row.title }), body: t('activities.endText'), action: t('activityAction.end'), danger: true }))) return;
    if (name === 'remove' && !(await confirm({ title: t('activities.removeTitle', { title: row.title }), action: t('activityAction.remove'), danger: true }))) return;
    const done = await this.attempt(() => (name === 'remove' ? this.session.api.delete(path) : this.session.api.post(`${path}/${name}`)), tWord('activityDone', name));
    if (done) await this.#list.reload();
  }

  /** The date on which something happens by itself, if any. */
  #next(row: ActivityRow): unknown {
    const at = row.state === 'scheduled' ? row.startsAt : row.state === 'live' || row.state === 'paused' ? row.endsAt : null;
    return at === null ? html`<span class="muted">–</span>` : html`<span class="nowrap">${t(row.state === 'scheduled' ? 'activities.starts' : 'activities.ends', { date: formatDate(at) })}</span>`;
  }

  #dates(row: ActivityRow): unknown {
    if (row.startsAt === null && row.endsAt === null) return html`<span class="muted">${t('activities.noDates')}</span>`;
    return html`<span class="nowrap">${row.startsAt === null ? '…' : formatDate(row.startsAt)} – ${row.endsAt === null ? t('activities.open') : formatDate(row.endsAt)}</span>`;
  }

  #columns(): Column<ActivityRow>[] {
    return [
      { key: 'title', label: t('activities.name'), primary: true, cell: (row) => row.title },
      { key: 'type', label: t('activities.type'), cell: (row) => html`<span class="stacked"><span>${localised(row.typeTitle) || row.type}</span><span class="muted small">${this.session.pluginTitle(row.type.split('.')[0] ?? row.type)}</span></span>` },
      { key: 'state', label: t('activities.state'), cell: (row) => html`<gx-badge tone=${TONES[row.state]}>${tWord('activityState', row.state)}</gx-badge>` },
      { key: 'dates', label: t('activities.dates'), cell: (row) => this.#dates(row) },
      { key: 'next', label: t('activities.next'), cell: (row) => this.#next(row) },
      { key: 'menu', label: '', align: 'end', cell: (row) => html`<gx-menu label=${t('activities.actionsOf', { title: row.title })} .items=${this.#menu(row)} @gx-select=${(event: CustomEvent<{ name: string }>) => this.#act(row, event.detail.name)}></gx-menu>` },
    ];
  }

  protected override render(): unknown {
    const list = this.#list;
    return html`<gx-page heading=${t('nav.activities')} subtitle=${t('activities.subtitle')}>
      ${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-card flush><gx-table label=${t('nav.activities')} .columns=${this.#columns()} .rows=${list.items} .rowHref=${(row: ActivityRow) => href(`/activities/${row.id}`)} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()}>
        <select slot="filters" class="select" aria-label=${t('activities.state')} @change=${(event: Event) => { this.state = (event.target as HTMLSelectElement).value; void list.reload(); }}>
          <option value="">${t('activities.all')}</option>${STATES.map((state) => html`<option value=${state}>${tWord('activityState', state)}</option>`)}</select>
        ${this.state ? html`<gx-empty slot="empty" icon="filter" heading=${t('activities.none')}></gx-empty>` : html`<gx-empty slot="empty" icon="calendar" heading=${t('activities.first')}><p>${t('activities.firstText')}</p><wa-button slot="action" variant="brand" href=${href('/marketplace')}>${t('nav.marketplace')}</wa-button></gx-empty>`}
      </gx-table></gx-card>`}
    </gx-page>`;
  }
}
define('gx-activities-page', ActivitiesPage);
