import { css, html, nothing, type TemplateResult } from 'lit';
import { formatDateTime, formatNumber, formatPercent, Load, localised, PagedList, type ChartData, type Column } from 'guanxi/kit';
import { act, actionsOf, iconOf, TONES, type Action } from './game-actions.js';
import { isWheel, kindKey, type Game, type Panel, type Play, type Report, type View } from './game.js';
import { datesOf } from './list.view.js';
import { everyDay } from './every-day.js';
import { rulesCard } from './rules-card.js';

/** What a published game brought: key numbers, plays by day, prizes left, every play. */
export class ReportView implements View {
  #load: Load<Report>;
  #plays: PagedList<Play>;

  constructor(private readonly panel: Panel, private readonly id: string, first: Report) {
    this.#load = new Load(panel, () => panel.context.api.get<Report>(`games/${id}`), false);
    this.#load.set(first);
    this.#plays = new PagedList<Play>(panel, (cursor) => panel.context.api.get(`games/${id}/plays`, { limit: 20, cursor }));
  }

  get settled(): Promise<unknown> { return this.#plays.settled; }

  async #act(game: Game, action: Action): Promise<void> {
    const changed = await act(this.panel, game, action);
    if (changed && action === 'duplicate') this.panel.go(changed.id);
    else if (changed) await this.#load.reload();
  }

  async #csv(): Promise<void> {
    try {
      await this.panel.context.download?.('plays.csv', { game: this.id });
    } catch (error) {
      this.panel.context.toast?.(this.panel.explain(error), 'danger');
    }
  }

  #tiles({ game, totals: { plays, players, winners, won, given, spent } }: Report): TemplateResult {
    const { panel } = this;
    const t = panel.t.bind(panel);
    const wheel = isWheel(game), each = plays ? formatNumber(given / plays, 1) : '–';
    return html`<div class="tiles">
      <gx-kpi label=${t(wheel ? 'admin.plays' : 'admin.checkIns')} .value=${plays} note=${t('admin.byPlayers', { n: players })}></gx-kpi>
      ${wheel ? html`<gx-kpi label=${t('admin.winners')} .value=${winners} note=${t('admin.winRate', { share: plays ? formatPercent(won / plays, 1) : '–' })}></gx-kpi>` : nothing}
      <gx-kpi label=${t('admin.given')} .value=${given} note=${t('admin.eachPlay', { n: each })}></gx-kpi>
      ${wheel ? html`<gx-kpi label=${t('admin.spent')} .value=${spent} note=${t('admin.spentText')}></gx-kpi>` : nothing}
    </div>`;
  }

  #chart({ game, byDay, totals }: Report): TemplateResult {
    const t = this.panel.t.bind(this.panel);
    const days = everyDay(byDay);
    const wheel = isWheel(game);
    const data: ChartData = { categories: days.map(({ date }) => date), days: true, series: wheel
      ? [{ name: t('admin.won'), values: days.map(({ won }) => won) }, { name: t('admin.notWon'), values: days.map(({ plays, won }) => plays - won), tone: 'muted' }]
      : [{ name: t('admin.checkIns'), values: days.map(({ plays }) => plays) }] };
    return html`<gx-card heading=${t('admin.byDay')}>${days.length ? html`<gx-chart kind="stacked" label=${t('admin.byDay')} sentence=${t(wheel ? 'admin.byDayText' : 'admin.byDayCheckIn', { plays: totals.plays, days: byDay.length, won: totals.won })} .data=${data}></gx-chart>`
      : html`<gx-empty compact icon="chart" heading=${t('admin.noPlays')}><p>${t('admin.noPlaysText')}</p></gx-empty>`}</gx-card>`;
  }

  #stock({ game, prizes, deck }: Report): unknown {
    if (!isWheel(game)) return nothing;
    const t = this.panel.t.bind(this.panel);
    const bar = (name: string, left: number, total: number): TemplateResult => html`<li><span class="clip">${name}</span><span class="num muted small">${t('admin.leftOf', { left, total })}</span><progress class="bar" aria-hidden="true" max=${total || 1} .value=${left}></progress></li>`;
    return html`<gx-card heading=${t('admin.prizesLeft')} subtitle=${deck ? t('admin.deckText', { left: deck.size - deck.drawn, size: deck.size }) : ''}>
      <ul class="plain odds">${prizes.map(({ prize, total, remaining }) => bar(localised(game.config.prizes[prize]?.title), remaining, total))}${deck && game.config.guarantee ? bar(t('admin.reserve'), deck.reserve, game.config.guarantee.quantity) : nothing}</ul></gx-card>`;
  }

  #columns(game: Game): Column<Play>[] {
    const { panel } = this;
    const t = panel.t.bind(panel);
    const prizeOf = (play: Play): string => (isWheel(game) && play.prize !== null ? localised(game.config.prizes[play.prize]?.title) : '');
    return [
      { key: 'person', label: t('admin.person'), primary: true, cell: (play) => play.person ?? t('admin.guest') },
      { key: 'at', label: t('admin.at'), cell: (play) => html`<span class="nowrap muted">${formatDateTime(play.at)}</span>` },
      ...(isWheel(game) ? [
        { key: 'outcome', label: t('admin.outcome'), cell: (play: Play) => html`<gx-badge tone=${play.outcome === 'won' ? 'success' : play.outcome === 'fallback' ? 'warning' : 'neutral'}>${t(`admin.outcome.${play.outcome}`)}</gx-badge>${play.checked === null ? nothing : html` <span class="muted small">${t(`admin.checked.${play.checked}`)}</span>`}` },
        { key: 'prize', label: t('admin.prizeTitle'), cell: prizeOf },
        { key: 'cost', label: t('admin.cost'), align: 'end', cell: (play: Play) => formatNumber(play.cost) } satisfies Column<Play>,
      ] : []),
      { key: 'pointsWon', label: t('admin.given'), align: 'end', cell: (play) => formatNumber(play.pointsWon) },
    ];
  }

  #buttons(game: Game): unknown {
    const { panel } = this;
    return actionsOf(game).map((action) => html`<wa-button slot="actions" variant=${action === 'resume' ? 'brand' : 'neutral'} appearance=${action === 'resume' ? 'accent' : 'outlined'} @click=${() => this.#act(game, action)}><gx-icon slot="start" name=${iconOf(action)}></gx-icon>${panel.t(`admin.action.${action}`)}</wa-button>`);
  }

  render(): unknown {
    const { panel } = this;
    const { value, error } = this.#load;
    if (error) return html`<gx-page heading=${panel.t('admin.title')} back=${panel.address()}><gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error></gx-page>`;
    if (!value) return html`<gx-skeleton shape="page"></gx-skeleton>`;
    const { game } = value;
    const list = this.#plays;
    return html`<gx-page heading=${game.title} back=${panel.address()} back-label=${panel.t('admin.title')}>
      <div slot="meta" class="row small muted"><gx-badge tone=${TONES[game.state]}>${panel.t(`admin.state.${game.state}`)}</gx-badge><span>${panel.t(kindKey(game))} · ${datesOf(panel, game)}</span></div>
      ${this.#buttons(game)}
      ${this.#tiles(value)}
      <div class="columns"><div class="stack">${this.#chart(value)}
        <gx-card flush heading=${panel.t(isWheel(game) ? 'admin.plays' : 'admin.checkIns')}><wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#csv()}><gx-icon slot="start" name="download"></gx-icon>CSV</wa-button>${list.error ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`<gx-table label=${panel.t('admin.plays')} .columns=${this.#columns(game)} .rows=${list.items} .rowHref=${(play: Play) => panel.address(`/customers/${play.personId}`)} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()}>
          <gx-empty slot="empty" compact icon="gamepad" heading=${panel.t('admin.noPlays')}></gx-empty></gx-table>`}</gx-card>
      </div><div class="stack">${this.#stock(value)}${rulesCard(panel, game)}</div></div>
    </gx-page>`;
  }
}

export const reportStyles = css`
  gx-chart { --gx-chart-height: 220px; }
  .lines { margin: 0; } .lines dt { color: var(--gx-muted); } .lines dd { margin: 0 0 10px; overflow-wrap: anywhere; } code.wrap { overflow-wrap: anywhere; }
  .small-wheel svg { inline-size: min(100%, 200px); }
`;
