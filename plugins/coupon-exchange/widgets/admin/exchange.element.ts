import { css } from 'lit';
import { kitStyles } from 'guanxi/kit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import { rewardCardStyles } from '../reward-card.js';
import { EditorView } from './exchange/editor-view.js';
import { fieldStyles } from './exchange/field.js';
import { ListView } from './exchange/list-view.js';
import type { View } from './exchange/reward-types.js';

/** What points can be turned into: the list, a new reward, the editor of a draft. The address says which. */
export default class Exchange extends PluginElement implements Unsaved {
  #view: View | undefined;
  #path: string | undefined;

  static override styles = [kitStyles, fieldStyles, rewardCardStyles, css`
    .stacked { display: grid; }
    .nowrap { white-space: nowrap; }
    .mono { font-family: ui-monospace, Menlo, Consolas, monospace; white-space: nowrap; }
    .pad { padding: 0 16px 16px; }
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
    this.#view = path ? new EditorView(this, path === 'new' ? undefined : path) : new ListView(this);
  }

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view?.settled;
    return super.getUpdateComplete();
  }

  protected override render(): unknown { return this.#view?.render(); }
}
