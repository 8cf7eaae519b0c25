import { css } from 'lit';

export const shellStyles = css`
  :host { display: block; color: var(--gx-text); font-size: var(--gx-font-body); line-height: 1.5; }
  .skip { position: fixed; inset-block-start: 8px; inset-inline-start: 8px; z-index: 10; padding: 8px 16px; border-radius: 6px; background: var(--gx-surface); color: var(--gx-link); box-shadow: var(--gx-shadow-overlay); }
  .skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; block-size: 1px; padding: 0; overflow: hidden; }
  .frame { display: grid; grid-template-columns: minmax(0, 1fr); min-block-size: 100dvh; grid-template-rows: auto 1fr; }
  .side { display: none; }
  .top { position: sticky; inset-block-start: 0; z-index: 5; display: flex; gap: 8px; align-items: center; block-size: 52px; box-sizing: border-box; padding: 4px 8px; border-block-end: 1px solid var(--gx-border); background: var(--gx-surface); }
  .top strong { min-inline-size: 0; flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
  .top button { display: grid; place-items: center; inline-size: 44px; block-size: 44px; border: 0; border-radius: 8px; background: none; color: inherit; font: inherit; cursor: pointer; }
  .top button.text { inline-size: auto; padding-inline: 12px; font-weight: 500; }
  .top button:hover { background: var(--gx-sunken); }
  :focus-visible { outline: 2px solid var(--gx-focus); outline-offset: 2px; }
  main { min-inline-size: 0; position: relative; outline: none; }
  .stage { position: relative; min-block-size: 60dvh; }
  .stage > .coming { position: absolute; inset-inline: 0; inset-block-start: 0; visibility: hidden; pointer-events: none; }
  .stage > .leaving { display: none; }
  .wait { display: none; position: absolute; inset: 0; pointer-events: none; }
  .stage.waiting + .wait { display: block; }
  .trouble { max-inline-size: 1040px; margin-inline: auto; padding: 24px 16px; box-sizing: border-box; }
  .offline { padding: 8px 16px; background: var(--gx-warning-fill); color: var(--gx-warning); font-weight: 500; text-align: center; }
  wa-drawer { --size: min(300px, 86vw); --spacing: 0; }
  wa-drawer::part(header) { display: none; }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (min-width: 900px) {
    .frame { grid-template-columns: 232px minmax(0, 1fr); grid-template-rows: 1fr; }
    .top { display: none; }
    .side { display: block; position: sticky; inset-block-start: 0; block-size: 100dvh; overflow-y: auto; border-inline-end: 1px solid var(--gx-border); background: var(--gx-surface); scrollbar-width: thin; }
  }
`;
