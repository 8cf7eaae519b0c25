import { html, nothing } from 'lit';
import { formatDate, formatNumber, formatPercent, Load, type Column } from 'guanxi/kit';
import { act, menuOf, TONES, type Action } from './game-actions.js';
import { isRound, isWheel, kindKey, type GameRow, type Panel, type State, type View } from './game.js';
import { gallery } from './templates.view.js';

const STATES: readonly State[] = ['live', 'scheduled', 'paused', 'checked', 'draft', 'ended', 'settled', 'archived'];

/** All games with what they brought. Before the first one it is the gallery of templates. */
export class ListView implements View {
  #load: Load<readonly GameRow[]>;
  #state = '';

  constructor(private readonly panel: Panel) {
    this.#load = new Load(panel, async () => (await panel.context.api.get<{ items: GameRow[] }>('games')).items);
  }

  get settled(): Promise<unknown> { return this.#load.settled; }

  async #act(game: GameRow, action: Action): Promise<void> {
    const changed = await act(this.panel, game, action);
    if (changed && action === 'duplicate') this.panel.go(changed.id);
    else if (changed !== undefined) await this.#load.reload();
  }

  #columns(): Column<GameRow>[] {
    const { panel } = this;
    const t = panel.t.bind(panel);
    return [
      { key: 'title', label: t('admin.name'), primary: true, cell: (game) => html`<span class="stacked">${game.title}<span class="muted small">${t(kindKey(game))}</span></span>` },
      { key: 'state', label: t('admin.state'), cell: (game) => html`<gx-badge tone=${TONES[game.state]}>${t(`admin.state.${game.state}`)}</gx-badge>` },
      { key: 'dates', label: t('admin.dates'), wideOnly: true, cell: (game) => html`<span class="muted small nowrap">${datesOf(panel, game)}</span>` },
      { key: 'plays', label: t('admin.plays'), align: 'end', cell: (game) => formatNumber(game.totals.plays) },
      { key: 'winners', label: t('admin.winners'), align: 'end', cell: (game) => (isWheel(game) || isRound(game) ? html`${formatNumber(game.totals.winners)}${isWheel(game) && game.totals.plays ? html` <span class="muted small">${formatPercent(game.totals.won / game.totals.plays)}</span>` : nothing}` : '–') },
      { key: 'given', label: t('admin.given'), align: 'end', cell: (game) => formatNumber(game.totals.given) },
      { key: 'spent', label: t('admin.spent'), align: 'end', cell: (game) => formatNumber(game.totals.spent) },
      { key: 'menu', label: '', align: 'end', cell: (game) => html`<gx-menu label=${t('admin.actionsOf', { title: game.title })} .items=${menuOf(panel, game)} @gx-select=${(event: CustomEvent<{ name: Action }>) => this.#act(game, event.detail.name)}></gx-menu>` },
    ];
  }

  render(): unknown {
    const { panel } = this;
    const { value, error } = this.#load;
    const first = value?.length === 0;
    const rows = value?.filter((game) => !this.#state || game.state === this.#state);
    return html`<gx-page heading=${panel.t('admin.title')} subtitle=${panel.t(first ? 'admin.firstText' : 'admin.subtitle')}>
      ${value && !first ? html`<wa-button slot="actions" variant="brand" href=${panel.address('new')}><gx-icon slot="start" name="plus"></gx-icon>${panel.t('admin.create')}</wa-button>` : nothing}
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : first ? gallery(panel) : html`<gx-card flush><gx-table label=${panel.t('admin.title')} paging="none" .columns=${this.#columns()} .rows=${rows} .rowHref=${(game: GameRow) => panel.address(game.id)}>
        <select slot="filters" class="select" aria-label=${panel.t('admin.state')} @change=${(event: Event) => { this.#state = (event.target as HTMLSelectElement).value; panel.requestUpdate(); }}>
          <option value="">${panel.t('admin.allStates')}</option>${STATES.map((state) => html`<option value=${state}>${panel.t(`admin.state.${state}`)}</option>`)}</select>
        <gx-empty slot="empty" icon="filter" heading=${panel.t('admin.noneInState')}></gx-empty>
      </gx-table></gx-card>`}
    </gx-page>`;
  }
}

/** From when until when, in words. */
export function datesOf(panel: Panel, { startsAt, endsAt }: Pick<GameRow, 'startsAt' | 'endsAt'>): string {
  if (startsAt === null && endsAt === null) return panel.t('admin.noDates');
  if (endsAt === null) return panel.t('admin.since', { date: formatDate(startsAt ?? 0) });
  return startsAt === null ? panel.t('admin.until', { date: formatDate(endsAt) }) : `${formatDate(startsAt)} – ${formatDate(endsAt)}`;
}
