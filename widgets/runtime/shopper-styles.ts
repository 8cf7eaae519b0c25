import { css } from 'lit';

/**
 * Base styles of a storefront widget: `static override styles = [shopperStyles, css`…`]`. A shop restyles by `--gx-accent`,
 * `--gx-on-accent`, `--gx-surface`, `--gx-text`, `--gx-radius`, `--gx-font`; a widget's own rules read the `--_…` names below.
 * The colour on the accent is computed from its lightness, so that any accent stays readable.
 *
 * Classes: `card`, `button` (+ `quiet`), `field`, `muted`, `status`, `danger`, `visually-hidden`.
 */
export const shopperStyles = css`
:host {
  --_accent: var(--gx-accent, #b42318);
  --_on-accent: var(--gx-on-accent, #fff);
  --_surface: var(--gx-surface, #fff);
  --_text: var(--gx-text, #1f2423);
  --_muted: color-mix(in srgb, var(--_text) 72%, var(--_surface));
  --_border: color-mix(in srgb, var(--_text) 14%, var(--_surface));
  --_control: color-mix(in srgb, var(--_text) 55%, var(--_surface));
  --_soft: color-mix(in srgb, var(--_accent) 10%, var(--_surface));
  --_radius: var(--gx-radius, 10px);
  --_focus: #1455d9;
  --_danger: #b42318;
  display: block;
  font: var(--gx-font, inherit);
  line-height: 1.5;
  color: var(--_text);
  text-wrap: pretty;
}
@supports (color: lch(from red l c h)) {
  :host { --_on-accent: var(--gx-on-accent, lch(from var(--_accent) calc((49.44 - l) * infinity) 0 0)); }
}
:host(:lang(zh)) { line-height: 1.7; }
[hidden] { display: none !important; }
* { box-sizing: border-box; }
h2, h3, p { margin-block: 0 .5em; line-height: 1.4; }
h2 { font-size: 1.125em; }
.card { padding: 16px; border: 1px solid var(--_border); border-radius: var(--_radius); background: var(--_surface); }
.button, .field { min-block-size: 48px; padding: 8px 16px; border: 1px solid var(--_control); border-radius: 6px; background: var(--_surface); color: inherit; font: inherit; }
.field { inline-size: 100%; }
.button { border-color: transparent; border-radius: 999px; background: var(--_accent); color: var(--_on-accent); font-weight: 600; cursor: pointer; }
.quiet { border-color: var(--_control); background: none; color: inherit; }
.button:disabled { background: var(--_border); color: var(--_muted); cursor: default; }
:focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
.muted { color: var(--_muted); font-size: .875em; }
.status { min-block-size: 1.5em; }
.danger { color: var(--_danger); }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
