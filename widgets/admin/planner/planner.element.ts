import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDuration, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import { t } from '../texts.js';
import { chartsView } from './charts.view.js';
import { comparisonView } from './comparison.view.js';
import './forecasts-card.element.js';
import { mixView } from './mix.view.js';
import './pack-dialog.element.js';
import type { Forecast, PlannerAnswer, PlanSettings, Population, WhatIf } from './planner-types.js';
import './population.element.js';
import { loadPlannerTexts, p } from './texts.js';
import { verdictView } from './verdict.view.js';
import './what-if.element.js';

const POLL_MS = 250;

/** The planner: may this mix be launched, what will it cost, what if it were otherwise, and was the forecast right? */
class PlannerPage extends AdminPage {
  static override properties = { drafts: { state: true }, population: { state: true }, whatIf: { state: true }, forecast: { state: true }, packing: { state: true }, elapsed: { state: true } };
  declare drafts: boolean;
  declare population: Population;
  declare whatIf: WhatIf;
  declare forecast: Forecast | undefined;
  declare packing: boolean;
  declare elapsed: number;
  #load = new Load<PlannerAnswer>(this, async () => {
    const planner = await this.session.api.get<PlannerAnswer>('/planner', { drafts: String(this.drafts) });
    if (!this.forecast && planner.latest) {
      this.forecast = await this.#get(planner.latest);
      this.whatIf = this.forecast.whatIf;
      if (this.forecast.state === 'running') void this.attempt(() => this.#follow(planner.latest!));
    }
    return planner;
  });

  static override styles = [kitStyles, css`
    .verdict { display: flex; gap: 10px; align-items: center; font-size: var(--gx-font-h2); }
    .verdict gx-icon { inline-size: 24px; block-size: 24px; flex: none; }
    .danger { color: var(--gx-danger); } .warning { color: var(--gx-warning); } .success { color: var(--gx-success); } .info { color: var(--gx-link); }
    .verdict strong { color: var(--gx-text); font-weight: 600; }
    .findings { display: grid; gap: 4px; }
    .findings li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 2px 10px; align-items: start; padding: 8px 0; border-block-end: 1px solid var(--gx-border); }
    .findings li:last-child { border-block-end: 0; padding-block-end: 0; }
    .findings gx-icon { margin-block-start: 2px; } .findings a { white-space: nowrap; }
    .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    .check { display: flex; gap: 8px; align-items: flex-start; } .check input { inline-size: 18px; block-size: 18px; margin: 2px 0 0; accent-color: var(--gx-accent); }
    @container page (max-width: 560px) { .findings li { grid-template-columns: auto minmax(0, 1fr); } .findings a { grid-column: 2; justify-self: start; } }
    @container page (min-width: 768px) { .halves { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  constructor() {
    super();
    this.drafts = true; this.population = { population: 'history', members: 1_000, days: 180 }; this.whatIf = {}; this.forecast = undefined; this.packing = false; this.elapsed = 0;
  }

  override get ready(): Promise<unknown> { return this.#load.settled; }

  #get(id: string): Promise<Forecast> { return this.session.api.get<Forecast>(`/planner/forecasts/${id}`); }

  /** Asks until the run has ended or the page is left. */
  async #follow(id: string): Promise<void> {
    const begun = performance.now();
    for (;;) {
      this.forecast = await this.#get(id);
      this.elapsed = performance.now() - begun;
      if (this.forecast.state !== 'running' || !this.isConnected) return;
      await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
    }
  }

  async #simulate(): Promise<void> {
    const { population, members, days } = this.population;
    await this.attempt(async () => {
      const { id } = await this.session.api.post<Forecast>('/planner/forecasts', { days, drafts: this.drafts, population, ...(population === 'synthetic' ? { members } : {}), whatIf: this.whatIf });
      await this.#follow(id);
      await this.#load.reload();
    });
  }

  async #launch(drafts: readonly string[]): Promise<void> {
    if (!(await confirm({ title: p('launchTitle', { n: drafts.length }), body: p('launchText', { titles: drafts.join(p('listMark')) }), action: p('launch', { n: drafts.length }) }))) return;
    await this.attempt(async () => {
      const { items } = await this.session.api.post<{ items: { title: string; error: string | null }[] }>('/planner/launch', {});
      for (const { title, error } of items) if (error) toast(`${title}: ${error}`, 'danger');
      const done = items.filter(({ error }) => !error).length;
      if (done) toast(p('launched', { n: done }), 'success');
      await this.#load.reload();
    });
  }

  async #settings(settings: PlanSettings): Promise<void> {
    if (await this.attempt(() => this.session.api.put('/planner/settings', settings), p('saved'))) await this.#load.reload();
  }

  readonly #titleOf = (ref: string): string => {
    if (ref === 'orders') return p('orders');
    const back = ref.endsWith(':back'), id = back ? ref.slice(0, -5) : ref;
    const title = this.#load.value?.mix.activities.find((each) => each.id === id)?.title ?? ref;
    return back ? p('backFrom', { title }) : title;
  };

  #run(): unknown {
    const { forecast } = this;
    if (!forecast) return nothing;
    if (forecast.state === 'running') return html`<gx-progress label=${p('running', { n: formatNumber(forecast.members), days: forecast.days })} .done=${forecast.done} .total=${forecast.total} .elapsed=${this.elapsed} cancellable leave @gx-cancel=${() => this.attempt(() => this.session.api.post(`/planner/forecasts/${forecast.id}/cancel`))}></gx-progress>`;
    if (forecast.state === 'failed') return html`<p class="negative" role="status">${p('failed', { error: forecast.error ?? '' })}</p>`;
    if (forecast.state === 'cancelled') return html`<p class="muted" role="status">${p('cancelled')}</p>`;
    const ms = forecast.outcome ? forecast.outcome.now.ms + forecast.outcome.tried.ms + forecast.outcome.pack.ms : 0;
    return html`<p class="muted small" role="status">${p(forecast.replayed ? 'onHistory' : 'onSynthetic', { n: formatNumber(forecast.members) })} ${p('took', { time: formatDuration(ms) })}</p>`;
  }

  #button(primary: boolean): unknown {
    const running = this.forecast?.state === 'running';
    return html`<wa-button slot=${primary ? 'actions' : nothing} variant=${primary ? 'brand' : 'neutral'} appearance=${primary ? 'accent' : 'outlined'} ?disabled=${running || !this.#load.value} ?loading=${running} @click=${() => this.#simulate()}><gx-icon slot="start" name="play"></gx-icon>${p(this.forecast?.state === 'done' ? 'again' : 'simulate')}</wa-button>`;
  }

  #body(planner: PlannerAnswer): unknown {
    const done = this.forecast?.state === 'done' ? this.forecast : undefined;
    return html`${verdictView(planner, done, this.#run(), (drafts) => void this.#launch(drafts))}
      <gx-card heading=${p('whatIf')} subtitle=${p('whatIfText')}><div class="stack">
        <gx-planner-what-if .planner=${planner} .whatIf=${this.whatIf} @gx-tried=${(event: CustomEvent<{ whatIf: WhatIf }>) => { this.whatIf = event.detail.whatIf; }}></gx-planner-what-if>
        <gx-planner-population .population=${this.population} .assumptions=${planner.assumptions} .settings=${planner.settings} @gx-population=${(event: CustomEvent<{ population: Population }>) => { this.population = event.detail.population; }} @gx-settings=${(event: CustomEvent<{ settings: PlanSettings }>) => this.#settings(event.detail.settings)}></gx-planner-population>
        <div class="row">${this.#button(false)}</div></div></gx-card>
      ${done ? html`${comparisonView(done, planner.worth)}${chartsView(done, this.#titleOf)}` : nothing}
      ${mixView(planner)}
      <label class="check"><input type="checkbox" .checked=${this.drafts} @change=${(event: Event) => { this.drafts = (event.target as HTMLInputElement).checked; void this.#load.reload(); }}><span>${p('drafts')}<br><span class="muted small">${p('draftsText')}</span></span></label>
      <gx-planner-forecasts .session=${this.session} .current=${this.forecast}></gx-planner-forecasts>
      <gx-planner-pack .session=${this.session} .entries=${planner.pack} ?open=${this.packing} @gx-close=${() => { this.packing = false; }} @gx-packed=${() => this.#load.reload()}></gx-planner-pack>`;
  }

  protected override render(): unknown {
    const load = this.#load;
    return html`<gx-page heading=${t('nav.planner')} subtitle=${p('subtitle')}>
      <wa-button slot="actions" appearance="outlined" ?disabled=${!load.value} @click=${() => { this.packing = true; }}>${p('pack')}</wa-button>${this.#button(true)}
      ${load.error ? html`<gx-error .error=${load.error} @gx-retry=${() => load.reload()}></gx-error>` : load.value ? this.#body(load.value) : html`<gx-skeleton shape="page"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-planner-page', PlannerPage);

/** Everything that the page needs before it is built. */
export const prepare = loadPlannerTexts;
