import { css, html, type TemplateResult } from 'lit';
import type Rewards from '../rewards.element.js';

export const codeStyles = css`
  .code { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .code code { flex: 1 1 auto; padding: 10px 12px; border: 1px dashed var(--_control); border-radius: 6px; background: var(--_surface); font: 600 1em/1.4 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .04em; overflow-wrap: anywhere; user-select: all; }
`;

/** Puts the styles of a chunk into the widget's sheet list, once. */
export function wear(host: Rewards, { styleSheet }: typeof codeStyles): void {
  const root = host.renderRoot as ShadowRoot;
  if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}

async function copy(event: Event, host: Rewards, code: string): Promise<void> {
  const line = (event.currentTarget as Element).closest('.code');
  const [shown, said] = [line?.querySelector('code'), line?.querySelector('[role=status]')];
  let key = 'copied';
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    // No clipboard without a secure page or leave: the code is selected, so that one key copies it.
    if (shown) getSelection()?.selectAllChildren(shown);
    key = 'copyYourself';
  }
  if (said) said.textContent = host.t(key);
}

/** A code with a button that copies it; `title` says in the button's name whose code it is. */
export const codeLine = (host: Rewards, code: string, title: string): TemplateResult => html`<div class="code"><code translate="no">${code}</code>
  <button type="button" class="button" aria-label=${host.t('copyOf', { title })} @click=${(event: Event) => copy(event, host, code)}>${host.t('copy')}</button><span class="muted" role="status"></span></div>`;
