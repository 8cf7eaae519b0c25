import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { formatDateTime } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { localised } from '../../kit/locale.js';
import type { AdminSession } from '../admin-session.js';
import { withValues, type ActivityAnswer, type Change } from './activity-shapes.js';
import { changesView } from './sheet.view.js';
import { a } from './texts.js';

const DAY = 86_400_000;
const LATER = [7, 30, 90] as const;
const PAUSE_MS = 300;

/**
 * Changes published rules. What each change means for shoppers is asked of the server while somebody types; only what is better can be saved.
 * @element gx-live-edit-dialog
 * @fires gx-improved - it was saved
 * @fires gx-close
 */
class LiveEditDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, activity: { attribute: false }, typed: { state: true }, end: { state: true }, changes: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare activity: ActivityAnswer;
  declare typed: ReadonlyMap<string, string>;
  /** `keep`, `open`, or by how many days it ends later. */
  declare end: string;
  declare changes: readonly Change[];
  declare problem: string;
  declare busy: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  static override styles = [kitStyles, css`
    .fields { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 210px), 1fr)); align-items: end; }
    label { display: grid; gap: 4px; align-content: end; }
    input, select { min-block-size: 40px; padding: 4px 8px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; inline-size: 100%; box-sizing: border-box; }
    @media (pointer: coarse) { input, select { min-block-size: 44px; } }
    .changes { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; } .changes li { display: flex; gap: 10px; align-items: start; } .changes gx-badge { flex: none; }
    .effect { padding: 12px; border-radius: 6px; background: var(--gx-sunken); } h3 { margin: 0 0 8px; font-size: 1em; }
  `];

  constructor() { super(); this.open = false; this.#clear(); this.busy = false; }

  #clear(): void { this.typed = new Map(); this.end = 'keep'; this.changes = []; this.problem = ''; }

  protected override willUpdate(changed: PropertyValues): void { if (changed.has('open') && this.open) this.#clear(); }

  #revision(): { config?: object; endsAt?: number | null } | undefined {
    const { config, endsAt, adjustable } = this.activity;
    const values = new Map<string, number>();
    for (const { field, value } of adjustable) {
      const typed = this.typed.get(field);
      if (typed === undefined || typed === String(value)) continue;
      if (!/^\d{1,9}$/.test(typed)) { this.problem = a('whole'); return undefined; }
      values.set(field, Number(typed));
    }
    return { ...(values.size ? { config: withValues(config, values) } : {}), ...(this.end === 'keep' ? {} : { endsAt: this.end === 'open' || endsAt === null ? null : endsAt + Number(this.end) * DAY }) };
  }

  #later(): void {
    this.problem = '';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#preview(), PAUSE_MS);
  }

  async #preview(): Promise<void> {
    const asked = ++this.#asked, revision = this.#revision();
    if (!revision) { this.changes = []; return; }
    try {
      const { changes } = await this.session.api.post<{ changes: Change[] }>(`/activities/${this.activity.id}/revision/preview`, revision);
      if (asked === this.#asked) this.changes = changes;
    } catch (error) { if (asked === this.#asked) { this.changes = []; this.problem = error instanceof Error ? error.message : String(error); } }
  }

  async #save(): Promise<void> {
    const revision = this.#revision();
    if (!revision) return;
    this.busy = true;
    try { await this.session.api.post(`/activities/${this.activity.id}/revision`, revision); this.fire('gx-improved'); }
    catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
    this.busy = false;
  }

  protected override render(): unknown {
    if (!this.activity) return nothing;
    const { title, adjustable, endsAt } = this.activity;
    const against = this.changes.filter(({ direction }) => direction !== 'better').length;
    return html`<gx-dialog wide label=${a('editTitle', { title })} ?open=${this.open}><div class="stack">
      <p>${a('editText')}</p>
      <div class="fields">${adjustable.map(({ field, label, value }) => html`<label>${localised(label)}<input type="number" min="0" step="1" inputmode="numeric" .value=${this.typed.get(field) ?? String(value)}
          @input=${(event: Event) => { this.typed = new Map(this.typed).set(field, (event.target as HTMLInputElement).value); this.#later(); }}></label>`)}
        ${endsAt === null ? nothing : html`<label>${a('endAt')}<select @change=${(event: Event) => { this.end = (event.target as HTMLSelectElement).value; this.#later(); }}>
          <option value="keep" ?selected=${this.end === 'keep'}>${a('keepEnd', { date: formatDateTime(endsAt) })}</option>${LATER.map((n) => html`<option value=${n} ?selected=${this.end === String(n)}>${a('days', { n })}</option>`)}<option value="open" ?selected=${this.end === 'open'}>${a('noEnd')}</option></select></label>`}</div>
      <section class="effect" role="status"><h3>${a('direction')}</h3>${this.changes.length ? changesView(this.changes) : html`<p class="muted">${a('nothingYet')}</p>`}${against ? html`<p class="negative strong">${a('refused', { n: against })}</p>` : nothing}</section>
      <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div></div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${a('cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} ?disabled=${this.changes.length === 0 || against > 0} @click=${() => this.#save()}>${a('save')}</wa-button>
    </gx-dialog>`;
  }
}
define('gx-live-edit-dialog', LiveEditDialog);
