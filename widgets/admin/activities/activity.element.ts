import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDate, formatDateTime, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { TONES } from '../activity-tones.js';
import { AdminPage } from '../admin-page.js';
import { actorText } from '../ledger-columns.js';
import { href } from '../routes.js';
import { tWord } from '../texts.js';
import type { ActivityAnswer, Sheet } from './activity-shapes.js';
import './live-edit-dialog.element.js';
import './pause-dialog.element.js';
import { changesCell, sheetView } from './sheet.view.js';
import { a, aWord, loadActivityTexts } from './texts.js';

type Version = ActivityAnswer['versions'][number];
interface Shown { readonly activity: ActivityAnswer; /** As published, or as it would be. */ readonly sheet: Sheet | undefined; /** Why there is none. */ readonly problem: string }

/** One activity of any module: where it stands, what shoppers can rely on, what changed when, and what it came to. */
class ActivityPage extends AdminPage {
  static override properties = { editing: { state: true }, pausing: { state: true } };
  declare editing: boolean;
  declare pausing: boolean;
  #load = new Load<Shown>(this, async () => {
    const path = `/activities/${encodeURIComponent(this.params[0] ?? '')}`;
    const activity = await this.session.api.get<ActivityAnswer>(path);
    if (activity.sheets[0]) return { activity, sheet: activity.sheets[0], problem: '' };
    try { return { activity, sheet: await this.session.api.get<Sheet>(`${path}/sheet`), problem: '' }; }
    catch (error) { return { activity, sheet: undefined, problem: error instanceof Error ? error.message : String(error) }; }
  });

  static override styles = [kitStyles, css`
    .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    @container page (min-width: 900px) { .halves { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .scroll { overflow-x: auto; } .scroll table { inline-size: 100%; border-collapse: collapse; } .scroll th, .scroll td { padding: 6px 8px 6px 0; border-block-end: 1px solid var(--gx-border); text-align: start; } .scroll .num { text-align: end; }
    dl { margin: 0; } dt { font-weight: 600; } dd { margin: 0 0 10px; overflow-wrap: anywhere; } code, .whole { overflow-wrap: anywhere; } code { font-size: .8125rem; }
  `];

  constructor() { super(); this.editing = false; this.pausing = false; }

  override get ready(): Promise<unknown> { return this.#load.settled; }
  override get tabTitle(): string { return this.#load.value?.activity.title ?? a('back'); }

  async #act(name: 'check' | 'publish' | 'resume' | 'end' | 'settle' | 'archive', done: string): Promise<void> {
    const { activity } = this.#load.value!;
    if ((name === 'end' || name === 'archive') && !(await confirm({ title: a(`${name}Title`, { title: activity.title }), body: a(`${name}Text`), action: a(name), danger: name === 'end' }))) return;
    if (await this.attempt(() => this.session.api.post(`/activities/${activity.id}/${name}`, {}), done)) await this.#load.reload();
  }

  #actions({ state, adjustable, endsAt }: ActivityAnswer): unknown {
    const button = (label: string, act: () => void, brand = false): unknown => html`<wa-button slot="actions" variant=${brand ? 'brand' : 'neutral'} appearance=${brand ? 'accent' : 'outlined'} @click=${act}>${label}</wa-button>`;
    const running = state === 'live' || state === 'scheduled';
    return html`${state === 'draft' ? button(a('check'), () => void this.#act('check', a('checked'))) : nothing}${state === 'draft' || state === 'checked' ? button(a('publish'), () => void this.#act('publish', a('published')), true) : nothing}
      ${running || state === 'paused' ? html`${button(a('end'), () => void this.#act('end', a('ended')))}${running ? button(a('pause'), () => { this.pausing = true; }) : button(a('resume'), () => void this.#act('resume', a('resumed')))}
        ${adjustable.length || endsAt !== null ? button(a('improve'), () => { this.editing = true; }, true) : nothing}` : nothing}
      ${state === 'ended' ? button(a('settle'), () => void this.#act('settle', a('settled'))) : nothing}${state === 'settled' ? button(a('archive'), () => void this.#act('archive', a('archived'))) : nothing}`;
  }

  #meta(activity: ActivityAnswer): unknown {
    const { startsAt, endsAt, createdAt } = activity, plugin = activity.type.split('.')[0] ?? '';
    const widget = this.session.widgets('page').find((each) => each.plugin === plugin), shop = this.session.bootstrap?.storefrontUrl;
    return html`<div slot="meta" class="row small muted"><gx-badge tone=${TONES[activity.state]}>${tWord('activityState', activity.state)}</gx-badge>
      <span>${startsAt === null ? a('drafted', { date: formatDate(createdAt) }) : endsAt === null ? `${a('since', { date: formatDateTime(startsAt) })}, ${a('open')}` : `${formatDateTime(startsAt)} – ${formatDateTime(endsAt)}`}</span>
      <span>${a('module')}: ${this.session.pluginTitle(plugin)}</span>${widget ? html`<a href=${href(`/plugins/${widget.plugin}/${widget.name}/${activity.id}`)}>${a('inModule', { module: this.session.pluginTitle(plugin) })}</a>` : nothing}
      ${shop && activity.sheets.length ? html`<a href=${`${shop}/activities/${activity.id}/rules`} target="_blank" rel="noopener">${a('publicRules')}</a>` : nothing}</div>`;
  }

  #columns({ sheets, versions }: ActivityAnswer): Column<Version & { readonly id: string }>[] {
    // Each sheet was published in the very unit of the step it belongs to.
    const of = (row: Version): Sheet | undefined => sheets.find(({ at }) => at === row.at && versions.filter((each) => each.at === at).at(-1)?.version === row.version);
    return [
      { key: 'step', label: a('step'), primary: true, cell: (row) => { const sheet = of(row); return html`<span class="stacked"><span>${aWord('step', row.change)}</span>${sheet ? html`<span class="muted small">${a('ruleVersion', { n: sheet.version })}</span>` : nothing}</span>`; } },
      { key: 'changes', label: a('changes'), cell: (row) => { const sheet = of(row); return sheet?.changes.length ? changesCell(sheet.changes) : html`<span class="muted">${sheet && row.change === 'publish' ? a('firstVersion') : '–'}</span>`; } },
      { key: 'who', label: a('who'), cell: (row) => actorText(this.session, row.actor) }, { key: 'when', label: a('when'), align: 'end', cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.at)}</span>` },
    ];
  }

  #report({ settlement, state }: ActivityAnswer): unknown {
    if (!settlement) return state === 'ended' ? html`<gx-card heading=${a('report')}><p>${a('reportWait')}</p></gx-card>` : nothing;
    const rows = [...settlement.figures.map(({ name, label, value, text }) => ({ id: name, label: localised(label), value: text ? localised(text) : formatNumber(value) })), ...settlement.returned.map(({ unit, amount }) => ({ id: `budget.${unit}`, label: a('returned', { unit: aWord('unit', unit) }), value: formatNumber(amount) }))];
    return html`<gx-card flush heading=${a('report')} subtitle=${a('reportText', { date: formatDateTime(settlement.at) })}><gx-table bare paging="none" label=${a('report')} .rows=${rows}
      .columns=${[{ key: 'label', label: a('figure'), primary: true, cell: (row: typeof rows[number]) => row.label }, { key: 'value', label: a('value'), align: 'end', cell: (row: typeof rows[number]) => html`<span class="whole">${row.value}</span>` }]}></gx-table></gx-card>`;
  }

  #improved(): void {
    this.editing = false;
    void this.#load.reload().then(() => toast(a('improved', { n: this.#load.value?.activity.sheets[0]?.version ?? '' }), 'success'));
  }

  #body({ activity, sheet, problem }: Shown): unknown {
    const published = activity.sheets.length > 0;
    return html`${activity.state === 'paused' && activity.notice ? html`<p role="status"><strong>${a('noticeNow')}</strong> ${localised(activity.notice)}</p>` : nothing}
      ${this.#report(activity)}
      <div class="halves"><gx-card heading=${a('sheet')} subtitle=${published ? a('sheetText', { n: activity.sheets[0]!.version }) : a('sheetDraft')}>${sheet ? sheetView(sheet) : html`<gx-empty compact icon="alert" heading=${a('sheetMissing')}><p>${problem}</p><wa-button slot="action" href=${href('/settings')}>${a('toSettings')}</wa-button></gx-empty>`}</gx-card>
      <gx-card flush heading=${a('history')} subtitle=${a('historyText')}><gx-table label=${a('history')} paging="none" .columns=${this.#columns(activity)} .rows=${activity.versions.map((each) => ({ ...each, id: String(each.version) }))}><gx-empty slot="empty" compact icon="list" heading=${a('historyNone')}></gx-empty></gx-table></gx-card></div>
      <gx-live-edit-dialog .session=${this.session} .activity=${activity} ?open=${this.editing} @gx-close=${() => { this.editing = false; }} @gx-improved=${() => this.#improved()}></gx-live-edit-dialog>
      <gx-pause-dialog .session=${this.session} activityId=${activity.id} name=${activity.title} ?open=${this.pausing} @gx-close=${() => { this.pausing = false; }} @gx-paused=${() => { this.pausing = false; toast(a('paused'), 'success'); void this.#load.reload(); }}></gx-pause-dialog>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-page heading=${value?.activity.title ?? a('back')} back=${href('/activities')} back-label=${a('back')}>${value ? html`${this.#meta(value.activity)}${this.#actions(value.activity)}` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? html`<div class="stack">${this.#body(value)}</div>` : html`<gx-skeleton shape="page"></gx-skeleton>`}</gx-page>`;
  }
}
define('gx-activity-page', ActivityPage);
/** What has to be there before the page is built. */
export const prepare = loadActivityTexts;
