import { css } from 'lit';
import { kitStyles } from 'guanxi/kit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import { rewardCardStyles } from '../reward-card.js';
import { EditorView } from './exchange/editor-view.js';
import { fieldStyles } from './exchange/field.js';
import { LadderView } from './exchange/ladder-view.js';
import { ListView } from './exchange/list-view.js';
import { ReportView } from './exchange/report-view.js';
import type { View } from './exchange/reward-types.js';

/** What points can be turned into: the list, a new reward, the editor of a draft. The address says which. */
export default class Exchange extends PluginElement implements Unsaved {
  #view: View | undefined;
  #path: string | undefined;

  static override styles = [kitStyles, fieldStyles, rewardCardStyles, css`
    .stacked { display: grid; }
    .nowrap { white-space: nowrap; }
    .ladder { inline-size: 100%; block-size: auto; }
    .ladder .bar { fill: var(--gx-accent-soft); stroke: var(--gx-border); cursor: pointer; } .ladder .rung { stroke: var(--gx-accent); stroke-width: 2; stroke-dasharray: 5 4; }
    .ladder text { fill: var(--gx-text); font-size: 13px; }
    .rung-fields { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 140px), 1fr)); align-items: start; padding-block-start: 12px; border-block-start: 1px solid var(--gx-border); }
    .rung-fields h3 { grid-column: 1 / -1; margin: 0; }
    .pad { padding: 0 16px 16px; }
    .life { display: grid; gap: 8px; margin: 0 0 16px; padding: 0; list-style: none; } .life li { display: flex; flex-wrap: wrap; gap: 4px 16px; justify-content: space-between; padding-block-end: 8px; border-block-end: 1px solid var(--gx-border); overflow-wrap: anywhere; }
    #losses { outline-offset: -2px; scroll-margin-block-start: 16px; }
    #coupons { outline-offset: -2px; scroll-margin-block-start: 16px; }
    @container page (min-width: 768px) { .columns > .beside { position: sticky; inset-block-start: 16px; } }
    .preview { --_accent: #b42318; --_surface: #fff; --_text: #1f2423; --_border: #dfe3e1; --_soft: #f8e9e8; --_radius: 10px; color: var(--_text); font-size: 1rem; }
    .preview .muted, .preview .soldout { color: #5b6462; font-size: .875em; }
    .preview .show { padding: 10px 12px; border-radius: 999px; background: var(--_accent); color: #fff; font-weight: 600; }
  `];

  get dirty(): boolean { return this.#view?.dirty ?? false; }

  protected override willUpdate(): void {
    const path = this.context.data['path'] ?? '';
    if (this.#view && path === this.#path) return;
    this.#path = path;
    this.#view = !path ? new ListView(this) : path === 'ladder' ? new LadderView(this) : path === 'report' ? new ReportView(this) : new EditorView(this, path === 'new' ? undefined : path);
  }

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view?.settled;
    return super.getUpdateComplete();
  }

  protected override render(): unknown { return this.#view?.render(); }
}
