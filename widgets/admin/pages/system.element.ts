import { html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { formatDateTime, formatDuration, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { toast } from '../../kit/toast.js';
import { AdminPage } from '../admin-page.js';
import type { DeadEvent, SystemAnswer } from '../api-types.js';
import { meterStyles } from '../meter.js';
import { pluginRun, pluginRunStyles } from '../runs/plugin-run.js';
import { failuresOf, type RunsAnswer } from '../runs/run-types.js';
import { t } from '../texts.js';

type JobRow = SystemAnswer['jobs'][number];
interface Answer { readonly system: SystemAnswer; /** Only for those who operate the server. */ readonly runs: RunsAnswer | undefined; readonly dead: readonly DeadEvent[] }

/** Which modules the host started and how each of them does, which jobs ran, and whether events pile up. */
class SystemPage extends AdminPage {
  static override styles = [kitStyles, meterStyles, pluginRunStyles];
  #load = new Load<Answer>(this, async () => {
    const { api } = this.session;
    const [system, runs] = await Promise.all([api.get<SystemAnswer>('/system'), this.manages ? api.get<RunsAnswer>('/system/plugins') : undefined]);
    return { system, runs, dead: this.manages && system.events.dead ? (await api.get<{ items: readonly DeadEvent[] }>('/system/events/dead')).items : [] };
  });

  override get ready(): Promise<unknown> { return this.#load.settled; }

  #tiles({ system, runs }: Answer): unknown {
    const { waiting, oldestMs, dead } = system.events;
    const running = system.plugins.filter(({ state }) => state === 'active' || state === 'degraded').length, missing = system.plugins.length - running;
    const resting = runs?.plugins.reduce((sum, each) => sum + each.suspensions.length, 0) ?? 0;
    const stalls = runs?.plugins.reduce((sum, each) => sum + each.stalls.length, runs.unexplainedStalls) ?? 0;
    return html`<div class="tiles">
      <gx-kpi label=${t('runs.running')} .value=${running} attention=${missing ? t('runs.notStarted', { n: missing }) : ''} note=${missing ? '' : t('runs.allStarted')}></gx-kpi>
      ${runs ? html`<gx-kpi label=${t('runs.resting')} .value=${resting} attention=${resting ? t('runs.restingText') : ''} note=${resting ? '' : t('runs.noResting')}></gx-kpi>
        <gx-kpi label=${t('runs.failures')} .value=${runs.plugins.reduce((sum, each) => sum + failuresOf(each), 0)} note=${t('runs.failuresText')}></gx-kpi>
        <gx-kpi label=${t('runs.stalls')} .value=${stalls} note=${stalls ? t('runs.stallsText', { n: runs.unexplainedStalls }) : t('runs.noStalls', { time: formatDuration(runs.thresholdMs) })}></gx-kpi>` : nothing}
      <gx-kpi label=${t('system.waiting')} .value=${waiting} note=${waiting ? t('system.oldest', { text: formatDuration(oldestMs) }) : t('system.nothingWaits')}></gx-kpi>
      <gx-kpi label=${t('system.dead')} .value=${dead} attention=${dead ? t('system.deadText') : ''} note=${dead ? '' : t('system.noDead')}></gx-kpi>
      <gx-kpi label=${t('system.database')} text=${system.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'} note=${t('system.api', { version: system.version })}></gx-kpi>
      <gx-kpi label=${t('system.uptime')} text=${formatDuration(system.uptimeMs)} note=${runs ? t('runs.memory', { used: formatNumber(runs.memory.usedMb), limit: formatNumber(runs.memory.limitMb) }) : t('system.running', { n: formatNumber(running) })}></gx-kpi>
    </div>`;
  }

  async #again(path: string): Promise<void> {
    await this.attempt(async () => { toast(t('system.delivered', { n: (await this.session.api.post<{ retried: number }>(path)).retried }), 'success'); });
    await this.#load.reload();
  }

  #dead({ dead }: Answer): unknown {
    if (dead.length === 0) return nothing;
    const columns: Column<DeadEvent>[] = [
      { key: 'name', label: t('system.event'), primary: true, cell: (row) => html`<span class="stacked"><span class="code">${row.name}</span>${row.error ? html`<span class="negative small code">${row.error}</span>` : nothing}</span>` },
      { key: 'consumer', label: t('system.consumer'), cell: (row) => html`<span class="muted">${row.consumer.startsWith('core.') ? t('system.core') : this.session.pluginTitle(row.consumer)}</span>` },
      { key: 'at', label: t('system.happened'), align: 'end', cell: (row) => html`<span class="nowrap">${formatDateTime(row.at)}</span>` },
      { key: 'again', label: '', align: 'end', cell: (row) => html`<wa-button size="s" appearance="outlined" @click=${() => this.#again(`/system/events/dead/${row.id}/retry`)}>${t('system.again')}</wa-button>` },
    ];
    return html`<gx-card flush heading=${t('system.deadList')} subtitle=${t('system.deadWhy')}>
      <wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#again('/system/events/retry-dead')}>${t('system.allAgain')}</wa-button>
      <gx-table paging="none" label=${t('system.deadList')} .columns=${columns} .rows=${dead}></gx-table></gx-card>`;
  }

  #jobs(system: SystemAnswer): unknown {
    const columns: Column<JobRow>[] = [
      { key: 'name', label: t('system.job'), primary: true, cell: (row) => html`<span class="stacked"><span>${row.name}</span>${row.error ? html`<span class="negative small">${row.error}</span>` : ''}</span>` },
      { key: 'owner', label: t('system.owner'), cell: (row) => html`<span class="muted">${row.owner === 'core' ? t('system.core') : this.session.pluginTitle(row.owner)}</span>` },
      { key: 'ok', label: t('system.result'), cell: (row) => html`<gx-badge tone=${row.ok ? 'success' : 'danger'}>${t(row.ok ? 'system.ok' : 'system.failed')}</gx-badge>` },
      { key: 'ms', label: t('system.took'), align: 'end', cell: (row) => formatDuration(row.ms) },
      { key: 'startedAt', label: t('system.ran'), align: 'end', cell: (row) => html`<span class="nowrap">${formatDateTime(row.startedAt)}</span>` },
    ];
    return html`<gx-card flush heading=${t('system.jobs')}><gx-table paging="none" label=${t('system.jobs')} .columns=${columns} .rows=${system.jobs}><gx-empty slot="empty" compact icon="clock" heading=${t('system.noJobs')}></gx-empty></gx-table></gx-card>`;
  }

  /** Whatever has a trouble stands first. */
  #modules({ runs }: Answer): unknown {
    if (!runs) return html`<gx-card heading=${t('runs.title')}><p class="muted">${t('runs.ask')}</p></gx-card>`;
    const weight = ({ state, suspensions, health, ...run }: RunsAnswer['plugins'][number]): number => (['failed', 'rejected', 'blocked'].includes(state) ? 8 : 0) + (suspensions.length ? 4 : 0) + (state === 'degraded' || health?.ok === false ? 2 : 0) + (failuresOf({ state, suspensions, health, ...run }) ? 1 : 0);
    const plugins = [...runs.plugins].sort((a, b) => weight(b) - weight(a));
    return html`<gx-card flush heading=${t('runs.title')} subtitle=${t('runs.since', { time: formatDateTime(runs.since) })}><div class="lines">${plugins.map((run) => pluginRun(run, weight(run) >= 4))}</div></gx-card>`;
  }

  protected override render(): unknown {
    const { value, error, loading } = this.#load;
    return html`<gx-page heading=${t('nav.system')} subtitle=${t('system.subtitle')}>
      <wa-button slot="actions" appearance="outlined" ?loading=${loading && value !== undefined} @click=${() => this.#load.reload()}><gx-icon slot="start" name="refresh"></gx-icon>${t('system.refresh')}</wa-button>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? html`${this.#tiles(value)}${this.#dead(value)}${this.#modules(value)}${this.#jobs(value.system)}` : html`<gx-skeleton shape="tiles"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-system-page', SystemPage);
