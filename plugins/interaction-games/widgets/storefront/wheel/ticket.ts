import { css, html, type TemplateResult } from 'lit';
import { wear } from './wear.js';
import type { WheelHost } from './wheel-game.js';

const styles = css`
  .ticket { display: inline-flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; justify-content: center; margin-block-start: 8px; padding: 4px 8px 4px 16px; border: 1px dashed var(--_control); border-radius: 8px; font-weight: 400; }
  .ticket code { font: 600 1em/1.4 ui-monospace, monospace; user-select: all; }
  .ticket .button { min-inline-size: 0; min-block-size: 44px; }
`;

async function copy(host: WheelHost, code: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(code);
    button.textContent = host.t('wheel.copied');
  } catch {
    // No clipboard here (plain http, no permission): the code is selected, so that one gesture copies it.
    const shown = button.previousElementSibling;
    if (shown) getSelection()?.selectAllChildren(shown);
  }
}

/** A code that was won, with a way to take it along. */
export function ticket(host: WheelHost, code: string): TemplateResult {
  wear(host, styles);
  return html`<div><span class="ticket"><span>${host.t('wheel.code')}</span><code>${code}</code><button class="button quiet" @click=${(event: Event) => copy(host, code, event.currentTarget as HTMLElement)}>${host.t('wheel.copy')}</button></span></div>`;
}
