import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatBusinessDate, formatMoney, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { localised } from '../../kit/locale.js';
import { AdminPage } from '../admin-page.js';
import type { HomeAnswer } from '../api-types.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';

const SETUP_PAGES: Readonly<Record<string, string>> = { modules: '/marketplace', customers: '/imports', activity: '/activities', redeem: '/economy' };

/** What happened in the last 30 days, what needs the merchant, and what is left to set up. */
class HomePage extends AdminPage {
  static override styles = [kitStyles, css`
    .charts { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
    @container page (min-width: 768px) { .charts { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
    .steps { display: grid; gap: 4px; }
    .steps li { display: flex; gap: 12px; align-items: center; padding: 8px 0; }
    .steps li + li { border-block-start: 1px solid var(--gx-border); }
    .steps .text { flex: 1; min-inline-size: 0; }
    .tick { flex: none; display: grid; place-items: center; inline-size: 24px; block-size: 24px; border-radius: 50%; border: 1.5px solid var(--gx-control-border); box-sizing: border-box; }
    .tick.done { border-color: transparent; background: var(--gx-success-fill); color: var(--gx-success); }
    .tick gx-icon { inline-size: 14px; block-size: 14px; }
    .done .title { color: var(--gx-muted); }
    .needs { display: grid; }
    .needs li + li { border-block-start: 1px solid var(--gx-border); }
    .needs a { display: flex; gap: 12px; align-items: center; padding: 10px 16px; color: inherit; text-decoration: none; }
    .needs a:hover { background: var(--gx-hover); }
    .needs gx-icon:first-child { color: var(--gx-warning); }
    .needs span { flex: 1; min-inline-size: 0; }
    .needs gx-icon:last-child { color: var(--gx-muted); }
  `];
  #home = new Load<HomeAnswer>(this, () => this.session.api.get<HomeAnswer>('/home'));

  override get ready(): Promise<unknown> { return this.#home.settled; }

  #setup(home: HomeAnswer): unknown {
    const open = home.setup.filter((step) => !step.done);
    if (!open.length) return nothing;
    const first = open[0];
    return html`<gx-card heading=${t('home.setup')} subtitle=${t('home.setupCount', { done: home.setup.length - open.length, total: home.setup.length })}>
      <ol class="plain steps">${home.setup.map((step) => html`<li class=${step.done ? 'done' : ''}>
        <span class="tick ${step.done ? 'done' : ''}">${step.done ? html`<gx-icon name="check" label=${t('home.stepDone')}></gx-icon>` : nothing}</span>
        <span class="text"><span class="title strong">${tWord('setup', step.name)}</span>${step.done ? nothing : html`<br><span class="muted small">${tWord('setupText', step.name, '')}</span>`}</span>
        ${step === first && SETUP_PAGES[step.name] ? html`<wa-button size="s" variant="brand" href=${href(SETUP_PAGES[step.name] ?? '/')}>${tWord('setupAction', step.name, t('home.open'))}</wa-button>` : nothing}
      </li>`)}</ol></gx-card>`;
  }

  #attention(home: HomeAnswer): unknown {
    const plugins = home.tiles.filter((tile) => tile.attention).map((tile) => ({ text: t('home.tileNeeds', { label: localised(tile.label), text: localised(tile.attention) }), at: this.#panelOf(tile.plugin) }));
    const core = home.attention.filter((each) => each.count > 0).map((each) => ({ text: t('home.counted', { text: tWord('attention', each.name), n: each.count }), at: href(each.href) }));
    const all = [...core, ...plugins];
    if (!all.length) return nothing;
    return html`<gx-card flush heading=${t('home.needsYou')}><ul class="plain needs">${all.map((each) => html`<li><a href=${each.at}><gx-icon name="alert"></gx-icon><span>${each.text}</span><gx-icon name="chevron-right" flip-rtl></gx-icon></a></li>`)}</ul></gx-card>`;
  }

  #panelOf(plugin: string): string {
    const widget = this.session.widgets('page').find((each) => each.plugin === plugin);
    return href(widget ? `/plugins/${widget.plugin}/${widget.name}` : `/marketplace/${plugin}`);
  }

  #charts(home: HomeAnswer): unknown {
    const { currency } = home.kpis;
    const best = [...home.salesByDay].sort((a, b) => b.sales - a.sales)[0];
    const sales = best && best.sales > 0 ? t('home.salesSentence', { sales: formatMoney(home.kpis.sales30, currency), orders: home.kpis.orders30, day: formatBusinessDate(best.date), best: formatMoney(best.sales, currency) }) : '';
    const issued = home.pointsByDay.reduce((sum, day) => sum + day.issued, 0), spent = home.pointsByDay.reduce((sum, day) => sum + day.spent, 0);
    return html`<div class="charts">
      <gx-card heading=${t('home.sales')}><gx-trend label=${t('home.sales')} sentence=${sales} .data=${{ days: true, format: 'money', currency, categories: home.salesByDay.map((day) => day.date), series: [{ name: t('home.sales'), values: home.salesByDay.map((day) => day.sales) }] }}></gx-trend></gx-card>
      <gx-card heading=${t('home.points')}><gx-trend label=${t('home.points')} sentence=${issued + spent ? t('home.pointsSentence', { issued: formatNumber(issued), spent: formatNumber(spent) }) : ''} .data=${{ days: true, categories: home.pointsByDay.map((day) => day.date), series: [{ name: t('economy.issued'), values: home.pointsByDay.map((day) => day.issued) }, { name: t('economy.spent'), values: home.pointsByDay.map((day) => day.spent) }] }}></gx-trend></gx-card>
    </div>`;
  }

  #tiles(home: HomeAnswer): unknown {
    if (!home.tiles.length) return nothing;
    return html`<section class="stack tight"><h2>${t('home.modules')}</h2><div class="tiles">${home.tiles.map((tile) => html`<gx-kpi label=${localised(tile.label)} .value=${tile.value} format=${tile.format} currency=${home.kpis.currency} note=${this.session.pluginTitle(tile.plugin)} .trend=${tile.trend} attention=${localised(tile.attention)} href=${this.#panelOf(tile.plugin)}></gx-kpi>`)}</div></section>`;
  }

  #cards(): unknown {
    return this.session.widgets('home').map((listing) => html`<gx-card heading=${listing.title} icon=${listing.icon ?? 'puzzle'}><gx-outlet .listing=${listing} .environment=${this.session.environment}></gx-outlet></gx-card>`);
  }

  #body(home: HomeAnswer): unknown {
    const { kpis } = home;
    return html`${this.#setup(home)}${this.#attention(home)}
      <div class="tiles">
        <gx-kpi label=${t('home.kpiSales')} .value=${kpis.sales30} format="money" currency=${kpis.currency} note=${t('home.last30')} .trend=${home.salesByDay.map((day) => day.sales)} href=${href('/orders')}></gx-kpi>
        <gx-kpi label=${t('home.kpiOrders')} .value=${kpis.orders30} note=${t('home.last30')} .trend=${home.salesByDay.map((day) => day.orders)} href=${href('/orders')}></gx-kpi>
        <gx-kpi label=${t('home.kpiCustomers')} .value=${kpis.customers} note=${t('home.new30', { n: kpis.customersNew30 })} href=${href('/customers')}></gx-kpi>
        <gx-kpi label=${t('home.kpiPoints')} .value=${kpis.outstandingPoints} format="points" note=${t('home.worth', { amount: formatMoney(kpis.liability, kpis.currency) })} href=${href('/economy')}></gx-kpi>
      </div>
      ${this.#charts(home)}${this.#tiles(home)}${this.#cards()}`;
  }

  protected override render(): unknown {
    const { value, error } = this.#home;
    return html`<gx-page heading=${t('nav.home')} subtitle=${t('home.subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#home.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="tiles"></gx-skeleton><gx-skeleton shape="chart"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-home-page', HomePage);
