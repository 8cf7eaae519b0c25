import { css } from 'lit';

/** The card reads the admin's `--gx-…` tokens and stands on its own without them. */
export const outletStyles = css`
:host { display: block; position: relative; }
:host([hidden]) { display: none; }
:host([state='loading']) { min-block-size: var(--gx-outlet-height, 120px); }
:host([state='loading']) .box { visibility: hidden; }
:host([state='failed']) .box { display: none; }
.wait { position: absolute; inset: 0; border-radius: var(--gx-radius, 10px); background: var(--gx-sunken, #eceeed); opacity: .6; }
.card { padding: 16px; border: 1px solid var(--gx-border, #dfe3e1); border-radius: var(--gx-radius, 10px); background: var(--gx-surface, #fff); color: var(--gx-text, #1f2423); line-height: 1.5; }
p { margin-block: 0 8px; }
.title { font-weight: 600; }
.id { color: var(--gx-muted, #5b6462); font-size: 12px; overflow-wrap: anywhere; }
button { min-block-size: 36px; padding: 4px 16px; border: 1px solid var(--gx-control-border, #7d8885); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--gx-focus, #1455d9); outline-offset: 2px; }
@media (prefers-reduced-motion: no-preference) {
  .wait { animation: wait 1.2s ease-in-out infinite alternate; }
  @keyframes wait { to { opacity: .3; } }
}
`;
