import type { CSSResult, LitElement } from 'lit';

/** Gives a widget the styles of a part that is fetched late, once. */
export function wear(host: LitElement, styles: CSSResult): void {
  const root = host.renderRoot as ShadowRoot, sheet = styles.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
