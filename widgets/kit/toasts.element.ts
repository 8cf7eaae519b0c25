import { css, html } from 'lit';
import { KitElement } from './kit-element.js';
import { kitText } from './strings.js';
import type { ToastTone } from './toast.js';

interface Shown { readonly id: number; readonly text: string; readonly tone: ToastTone }

/**
 * The stack of notices; made by `toast()`, one per page. A popover, so that it stands above dialogs.
 * @element gx-toasts
 */
export class GxToasts extends KitElement {
  static override properties = { shown: { state: true } };
  declare shown: readonly Shown[];
  #count = 0;

  static override styles = css`
    :host { position: fixed; inset: auto; inset-block-end: 16px; inset-inline-end: 16px; margin: 0; padding: 0; border: 0; background: none; overflow: visible; display: flex; flex-direction: column; gap: 8px; inline-size: min(380px, calc(100vw - 32px)); z-index: 1000; pointer-events: none; }
    .toast { pointer-events: auto; display: flex; gap: 10px; align-items: flex-start; padding: 10px 8px 10px 14px; border: 1px solid var(--gx-border); border-inline-start: 3px solid var(--_tone, var(--gx-accent)); border-radius: 8px; background: var(--gx-surface); color: var(--gx-text); box-shadow: var(--gx-shadow-overlay); font-size: var(--gx-font-body); line-height: 1.45; }
    .success { --_tone: var(--gx-success); } .warning { --_tone: var(--gx-warning); } .danger { --_tone: var(--gx-danger); }
    .toast > gx-icon { color: var(--_tone, var(--gx-accent)); margin-block-start: 1px; }
    span { flex: 1; overflow-wrap: anywhere; }
    button { flex: none; display: grid; place-items: center; inline-size: 28px; block-size: 28px; margin-block: -3px; border: 0; border-radius: 6px; background: none; color: var(--gx-muted); cursor: pointer; }
    button:hover { background: var(--gx-sunken); color: var(--gx-text); }
    button:focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 1px; }
    @media (prefers-reduced-motion: no-preference) { .toast { animation: arrive .2s cubic-bezier(.2, 0, 0, 1); } }
    @keyframes arrive { from { opacity: 0; translate: 0 8px; } }
  `;

  constructor() { super(); this.shown = []; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
  }

  /** Shows a notice; `danger` stays until it is dismissed, others go after 6 seconds. */
  add(text: string, tone: ToastTone): void {
    const id = ++this.#count;
    this.shown = [...this.shown.slice(-3), { id, text, tone }];
    // Shown anew each time: the top layer is ordered by time, and a dialog may have opened since.
    if (this.matches(':popover-open')) this.hidePopover();
    this.showPopover();
    if (tone !== 'danger') setTimeout(() => this.#remove(id), 6000);
  }

  #remove(id: number): void {
    this.shown = this.shown.filter((each) => each.id !== id);
    if (!this.shown.length && this.matches(':popover-open')) this.hidePopover();
  }

  protected override render(): unknown {
    const icon: Record<ToastTone, string> = { neutral: 'info', success: 'check', warning: 'alert', danger: 'alert' };
    return html`<div role="status" aria-live="polite">${this.shown.map((each) => html`<div class="toast ${each.tone}"><gx-icon name=${icon[each.tone]}></gx-icon><span>${each.text}</span><button type="button" aria-label=${kitText('dismiss')} @click=${() => this.#remove(each.id)}><gx-icon name="x"></gx-icon></button></div>`)}</div>`;
  }
}
