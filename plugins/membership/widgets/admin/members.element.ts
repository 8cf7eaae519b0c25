import { css } from 'lit';
import { kitStyles } from 'guanxi/kit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import type { View } from './membership/member-types.js';
import { OverviewView } from './membership/overview-view.js';
import { forgetPlan, PlanView } from './membership/plan-view.js';
import { pyramidStyles } from './membership/pyramid.js';
import { tierStyles } from './membership/tier-card.js';

/** Members and their tiers: the overview, and the editor of the plan. The address says which. */
export default class Members extends PluginElement implements Unsaved {
  #view: View | undefined;
  #path: string | undefined;

  static override styles = [kitStyles, tierStyles, pyramidStyles, css`
    .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    .costs { display: grid; gap: 2px; } .costs dt { color: var(--gx-muted); font-size: var(--gx-font-small); } .costs dd { margin-block-end: 6px; }
    .counts { inline-size: 100%; border-collapse: collapse; }
    .counts th { text-align: start; font-weight: 500; } .counts .end { text-align: end; }
    .counts :is(th, td) { padding: 4px 0 4px 8px; border-block-end: 1px solid var(--gx-border); } .counts :is(th, td):first-child { padding-inline-start: 0; }
    @container page (min-width: 768px) { .halves { grid-template-columns: repeat(2, minmax(0, 1fr)); } .beside { position: sticky; inset-block-start: 16px; } }
  `];

  get dirty(): boolean { return this.#view?.dirty ?? false; }

  protected override willUpdate(): void {
    const path = this.context.data['path'] ?? '';
    if (this.#view && path === this.#path) return;
    this.#path = path;
    if (path !== 'plan') forgetPlan();
    this.#view = path === 'plan' ? new PlanView(this) : new OverviewView(this);
  }

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view?.settled;
    return super.getUpdateComplete();
  }

  protected override render(): unknown { return this.#view?.render(); }
}
