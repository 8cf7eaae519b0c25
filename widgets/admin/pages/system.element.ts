import { html } from 'lit';
import type { Tone } from '../../kit/badge.element.js';
import { define } from '../../kit/define.js';
import { formatDateTime, formatDuration, formatNumber } from '../../kit/format.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { Column } from '../../kit/table-columns.js';
import { AdminPage } from '../admin-page.js';
import type { SystemAnswer } from '../api-types.js';
import { t, tWord } from '../texts.js';

type PluginRow = SystemAnswer['plugins'][number];
type JobRow = SystemAnswer['jobs'][number];
const TONES: Readonly<Record<string, Tone>> = { active: 'success', degraded: 'warning', failed: 'danger', rejected: 'danger', blocked: 'danger' };

/** Which modules the host started and how, which jobs ran, and whether events pile up. */
class SystemPage extends AdminPage {
  static override styles = kitStyles;
  #load = new Load<SystemAnswer>(this, () => this.session.api.get('/system'));

  override get ready(): Promise<unknown> { return this.#load.settled; }

  #plugins(system: SystemAnswer): unknown {
    const columns: Column<PluginRow>[] = [
      { key: 'id', label: t('system.module'), primary: true, cell: (row) => html`<span class="stacked"><span>${this.session.pluginTitle(row.id)}</span>${row.error ? html`<span class="negative small">${row.code ? `${row.code}: ` : ''}${row.error}</span>` : ''}</span>` },
      { key: 'version', label: t('system.version'), cell: (row) => html`<span class="muted num">${row.version ?? '–'}</span>` },
      { key: 'state', label: t('system.state'), cell: (row) => html`<gx-badge tone=${TONES[row.state] ?? 'neutral'}>${tWord('hostState', row.state)}</gx-badge>` },
      { key: 'ms', label: t('system.started'), align: 'end', cell: (row) => formatDuration(Object.values(row.ms).reduce((sum, each) => sum + each, 0)) },
    ];
    return html`<gx-card flush heading=${t('system.modules')}><gx-table paging="none" label=${t('system.modules')} .columns=${columns} .rows=${system.plugins}></gx-table></gx-card>`;
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

  #body(system: SystemAnswer): unknown {
    const { waiting, oldestMs, dead } = system.events;
    return html`<div class="tiles">
        <gx-kpi label=${t('system.waiting')} .value=${waiting} note=${waiting ? t('system.oldest', { text: formatDuration(oldestMs) }) : t('system.nothingWaits')}></gx-kpi>
        <gx-kpi label=${t('system.dead')} .value=${dead} attention=${dead ? t('system.deadText') : ''} note=${dead ? '' : t('system.noDead')}></gx-kpi>
        <gx-kpi label=${t('system.database')} text=${system.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'} note=${t('system.api', { version: system.version })}></gx-kpi>
        <gx-kpi label=${t('system.uptime')} text=${formatDuration(system.uptimeMs)} note=${t('system.running', { n: formatNumber(system.plugins.filter((plugin) => plugin.state === 'active').length) })}></gx-kpi>
      </div>${this.#plugins(system)}${this.#jobs(system)}`;
  }

  protected override render(): unknown {
    const { value, error, loading } = this.#load;
    return html`<gx-page heading=${t('nav.system')} subtitle=${t('system.subtitle')}>
      <wa-button slot="actions" appearance="outlined" ?loading=${loading && value !== undefined} @click=${() => this.#load.reload()}><gx-icon slot="start" name="refresh"></gx-icon>${t('system.refresh')}</wa-button>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? this.#body(value) : html`<gx-skeleton shape="tiles"></gx-skeleton>`}
    </gx-page>`;
  }
}
define('gx-system-page', SystemPage);
