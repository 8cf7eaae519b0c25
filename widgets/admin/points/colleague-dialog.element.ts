import { css, html, nothing, type PropertyValues } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { p } from './texts.js';

const ROLES = ['operator', 'marketer', 'agent', 'analyst', 'auditor'] as const;
const value = (event: Event): string => (event.target as HTMLInputElement).value ?? '';

/**
 * Makes a link that signs a colleague in, so that a second person can agree to something.
 * @element gx-colleague-dialog
 * @fires gx-close
 */
class ColleagueDialog extends KitElement {
  static override properties = { open: { type: Boolean }, session: { attribute: false }, name: { state: true }, role: { state: true }, link: { state: true }, problem: { state: true }, busy: { state: true } };
  declare open: boolean;
  declare session: AdminSession;
  declare name: string;
  declare role: string;
  declare link: string;
  declare problem: string;
  declare busy: boolean;

  static override styles = [kitStyles, css`.link { padding: 10px 12px; border-radius: 6px; background: var(--gx-sunken); overflow-wrap: anywhere; }`];

  constructor() { super(); this.open = false; this.name = ''; this.role = 'operator'; this.link = ''; this.problem = ''; this.busy = false; }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('open') && this.open) { this.name = ''; this.role = 'operator'; this.link = ''; this.problem = ''; }
  }

  async #make(): Promise<void> {
    if (this.busy) return;
    if (!this.name.trim()) { this.problem = p('colleagueNoName'); return; }
    this.busy = true; this.problem = '';
    try {
      const { token } = await this.session.api.post<{ token: string }>('/colleagues', { name: this.name.trim(), role: this.role });
      this.link = `${location.origin}/admin#token=${token}`;
    } catch (error) { this.problem = error instanceof Error ? error.message : String(error); }
    this.busy = false;
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.link);
    toast(p('colleagueCopied'), 'success');
  }

  protected override render(): unknown {
    return html`<gx-dialog label=${p('colleague')} ?open=${this.open} @gx-close=${(event: Event) => { event.stopPropagation(); this.fire('gx-close'); }}><div class="stack">
        <p>${p('colleagueText')}</p>
        ${this.link ? html`<p class="link" tabindex="-1"><code>${this.link}</code></p><p class="muted small">${p('colleagueOnce')}</p>` : html`
          <wa-input label=${p('colleagueName')} maxlength="60" autofocus .value=${this.name} @input=${(event: Event) => { this.name = value(event); }}></wa-input>
          <wa-select label=${p('colleagueRole')} .value=${this.role} @change=${(event: Event) => { this.role = value(event); }}>${ROLES.map((role) => html`<wa-option value=${role}>${p(`role.${role}`)}</wa-option>`)}</wa-select>`}
        <div role="alert">${this.problem ? html`<p class="negative strong">${this.problem}</p>` : nothing}</div>
      </div>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.fire('gx-close')}>${p('close')}</wa-button>
      ${this.link ? html`<wa-button slot="footer" variant="brand" @click=${() => this.#copy()}>${p('colleagueCopy')}</wa-button>`
        : html`<wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#make()}>${p('colleagueMake')}</wa-button>`}
    </gx-dialog>`;
  }
}
define('gx-colleague-dialog', ColleagueDialog);
