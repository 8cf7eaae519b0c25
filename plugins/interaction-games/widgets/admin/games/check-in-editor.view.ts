import { css, html, nothing } from 'lit';
import { formatNumber } from 'guanxi/kit';
import type { CheckInRules } from '../../../activities/check-in-rules.js';
import { EditorView, type Draft } from './editor.view.js';
import { outside, type Problems } from './form.js';
import type { Game, Panel } from './game.js';
import { tilesPreview } from './preview.js';

const MOST_DAYS = 31, MOST_POINTS = 1_000;
interface CheckInDraft extends Draft { config: { cycle: number[] } }

/** Points of each day of a streak. */
export class CheckInEditorView extends EditorView<CheckInDraft> {
  constructor(panel: Panel, draft: Pick<Draft, 'title' | 'startsAt' | 'endsAt'> & { readonly config: CheckInRules }, game: Game | undefined) {
    super(panel, 'check-in', { ...draft, config: { cycle: [...draft.config.cycle] } }, game);
  }

  protected override problems(): Problems {
    const { panel, draft: { title, startsAt, endsAt, config } } = this;
    const found: Record<string, string> = {};
    if (!title.trim()) found['title'] = panel.t('admin.form.needed');
    if (startsAt !== null && endsAt !== null && endsAt <= startsAt) found['endsAt'] = panel.t('admin.form.order');
    for (const [at, points] of config.cycle.entries()) {
      const wrong = outside(panel, points, 1, MOST_POINTS);
      if (wrong) found[`config.cycle.${at}`] = wrong;
    }
    return found;
  }

  protected override left(): unknown {
    const { panel, form, draft: { config } } = this;
    const { cycle } = config;
    const change = (act: () => void): void => { act(); panel.requestUpdate(); };
    return html`${this.basics()}<gx-card heading=${panel.t('admin.cycle')} subtitle=${panel.t('admin.cycleText')}><div class="stack">
      <div class="fields days">${cycle.map((value, at) => form.number({ path: `config.cycle.${at}`, label: panel.t('admin.day', { n: at + 1 }), value, min: 1, max: MOST_POINTS, set: (points) => { cycle[at] = points; } }))}</div>
      <div class="row">${cycle.length < MOST_DAYS ? html`<wa-button size="s" appearance="outlined" @click=${() => change(() => cycle.push(cycle.at(-1) ?? 5))}><gx-icon slot="start" name="plus"></gx-icon>${panel.t('admin.addDay')}</wa-button>` : nothing}
        ${cycle.length > 1 ? html`<wa-button size="s" appearance="outlined" @click=${() => change(() => cycle.pop())}><gx-icon slot="start" name="minus"></gx-icon>${panel.t('admin.removeDay')}</wa-button>` : nothing}</div>
    </div></gx-card>`;
  }

  protected override right(): unknown {
    const { panel, draft: { config: { cycle } } } = this;
    const sum = cycle.reduce((total, each) => total + (each > 0 ? each : 0), 0);
    return html`${tilesPreview(panel, cycle)}<dl class="definition small"><dt>${panel.t('admin.cycleSum', { n: cycle.length })}</dt><dd>${formatNumber(sum)}</dd><dt>${panel.t('admin.perDay')}</dt><dd>${formatNumber(sum / cycle.length, 1)}</dd></dl>`;
  }
}

export const checkInEditorStyles = css`
  .fields.days { grid-template-columns: repeat(auto-fill, minmax(74px, 1fr)); }
`;
