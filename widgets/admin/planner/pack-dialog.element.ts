import { css, html, nothing } from 'lit';
import type { Tone } from '../../kit/badge.element.js';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { href } from '../routes.js';
import type { PackEntry } from './planner-types.js';
import { p, pWord } from './texts.js';

const TONES: Readonly<Record<PackEntry['state'], Tone>> = { ready: 'info', off: 'warning', created: 'success', present: 'neutral', failed: 'danger' };

/**
 * The default mix, part by part, with what each needs; creates what is missing.
 * @element gx-planner-pack
 * @fires gx-packed - something was created
 * @fires gx-close
 */
class PlannerPack extends KitElement {
  static override properties = { session: { attribute: false }, entries: { attribute: false }, open: { type: Boolean }, busy: { state: true } };
  declare session: AdminSession;
  declare entries: readonly PackEntry[];
  declare open: boolean;
  declare busy: boolean;

  static override styles = [kitStyles, css`
    li { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; justify-content: space-between; padding: 10px 0; border-block-end: 1px solid var(--gx-border); }
    li:last-child { border-block-end: 0; } .text { flex: 1 1 220px; min-inline-size: 0; } .error { flex-basis: 100%; color: var(--gx-danger); font-size: var(--gx-font-small); }
    .state { display: flex; gap: 8px; align-items: center; } .text .small { display: block; }
  `];

  constructor() { super(); this.entries = []; this.open = false; this.busy = false; }

  async #apply(live: boolean): Promise<void> {
    this.busy = true;
    try {
      this.entries = (await this.session.api.post<{ items: PackEntry[] }>('/planner/pack', { live })).items;
      const made = this.entries.filter(({ state }) => state === 'created').length;
      toast(made ? p('packDone', { n: made }) : p('packNothing'), made ? 'success' : undefined);
      if (made) this.fire('gx-packed');
    } catch (error) { toast(error instanceof Error ? error.message : String(error), 'danger'); }
    this.busy = false;
  }

  protected override render(): unknown {
    const ready = this.entries.some(({ state }) => state === 'ready');
    return html`<gx-dialog label=${p('packTitle')} ?open=${this.open}>
      <p class="muted">${p('packText')}</p>
      <ul class="plain">${this.entries.map((entry) => html`<li><span class="text"><span class="strong">${localised(entry.title)}</span><span class="muted small">${localised(entry.points)}</span></span>
        <span class="state"><gx-badge tone=${TONES[entry.state]}>${pWord('packState', entry.state, { module: localised(entry.module) })}</gx-badge>${entry.state === 'off' ? html`<a class="small" href=${href(`/marketplace/${entry.plugin}`)} aria-label="${p('getModule')}: ${localised(entry.module)}">${p('getModule')}</a>` : nothing}</span>
        ${entry.error ? html`<span class="error">${entry.error}</span>` : nothing}</li>`)}</ul>
      <wa-button slot="footer" appearance="outlined" ?disabled=${this.busy || !ready} @click=${() => this.#apply(false)}>${p('packDrafts')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} ?disabled=${!ready} @click=${() => this.#apply(true)}>${p('packLive')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-planner-pack', PlannerPack);
