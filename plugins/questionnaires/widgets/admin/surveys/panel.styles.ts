import { css } from 'lit';

export const panelStyles = css`
  .columns > .beside { position: sticky; inset-block-start: 16px; }
  .short { max-inline-size: 220px; }
  .words .pair { display: grid; gap: 8px; }
  @container card (min-width: 520px) { .words .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
  ol.questions { display: grid; gap: 8px; padding: 0; list-style: none; }
  .question { border: 1px solid var(--gx-border); border-radius: 8px; }
  .question.open { border-color: var(--gx-control-border); }
  .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 4px 8px 4px 4px; }
  .line .name { flex: 1 1 220px; display: flex; gap: 10px; align-items: center; min-inline-size: 0; min-block-size: 44px; padding: 4px 8px; border: 0; border-radius: 6px; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .line .name:hover { background: var(--gx-hover); }
  .no { flex: none; display: grid; place-items: center; inline-size: 26px; block-size: 26px; border-radius: 50%; background: var(--gx-sunken); font-size: var(--gx-font-small); font-variant-numeric: tabular-nums; }
  .what { display: grid; min-inline-size: 0; overflow-wrap: anywhere; flex: 1; }
  .tools { display: flex; margin-inline-start: auto; }
  .icon { flex: none; display: grid; place-items: center; inline-size: 32px; block-size: 32px; border: 0; border-radius: 6px; background: none; color: var(--gx-muted); cursor: pointer; }
  .icon:hover:not(:disabled) { background: var(--gx-sunken); color: var(--gx-text); }
  .icon:disabled { opacity: .35; cursor: default; }
  @media (pointer: coarse) { .icon { inline-size: 44px; block-size: 44px; } }
  .fields { display: flex; flex-direction: column; gap: 14px; padding: 12px 14px 16px; border-block-start: 1px solid var(--gx-border); }
  .options { display: grid; gap: 10px; } .options h3 { font-size: var(--gx-font-small); }
  .option { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px; align-items: end; padding-inline-start: 10px; border-inline-start: 2px solid var(--gx-border); }
  .most { display: inline-flex; gap: 8px; align-items: center; font-size: var(--gx-font-small); }
  .most select { min-block-size: 34px; padding: 2px 8px; border: 1px solid var(--gx-control-border); border-radius: 6px; background: var(--gx-surface); color: inherit; font: inherit; }
  .add { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-block-start: 12px; padding-block-start: 12px; border-block-start: 1px dashed var(--gx-border); }
  .switch { display: inline-flex; border: 1px solid var(--gx-control-border); border-radius: 999px; overflow: hidden; }
  .switch button { min-block-size: 28px; padding: 2px 12px; border: 0; background: none; color: inherit; font: inherit; font-size: var(--gx-font-small); cursor: pointer; }
  .switch button[aria-pressed='true'] { background: var(--gx-accent-soft); font-weight: 600; }
  .switch button:focus-visible { outline-offset: -2px; border-radius: 999px; }
  .preview { margin-block-end: 8px; }
  .template { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; padding: 16px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); box-shadow: var(--gx-shadow); color: inherit; font: inherit; text-align: start; cursor: pointer; }
  .template:hover { border-color: var(--gx-accent); } .template gx-icon { margin-block-end: 6px; color: var(--gx-link); inline-size: 24px; block-size: 24px; }
  .template .small:last-child { margin-block-start: auto; padding-block-start: 8px; }
  .halves { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
  @container page (min-width: 768px) { .halves { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
  .bars { --gx-chart-height: 190px; } .bars.low { --gx-chart-height: 120px; } .bars.tall { --gx-chart-height: 300px; }
  .nps { display: flex; flex-wrap: wrap; gap: 12px 32px; align-items: center; margin-block-end: 12px; }
  .score { display: flex; gap: 8px; align-items: baseline; }
  .big { font-size: 2.25rem; font-weight: 600; line-height: 1.1; } .margin { font-size: 1.125rem; color: var(--gx-muted); }
  .split { display: flex; flex-wrap: wrap; gap: 8px 20px; }
  .split div { display: flex; gap: 8px; align-items: baseline; } .split dt { color: var(--gx-muted); } .split dd { font-weight: 600; }
  .split i { display: inline-block; inline-size: 10px; block-size: 10px; margin-inline-end: 6px; border-radius: 2px; background: var(--gx-muted); } .split .good { background: var(--gx-success); } .split .bad { background: var(--gx-danger); }
  .search { max-inline-size: 320px; }
  .texts { display: grid; } .texts li { padding-block: 10px; border-block-start: 1px solid var(--gx-border); overflow-wrap: anywhere; } .texts p { white-space: pre-line; } .texts li:first-child { border-block-start: 0; }
`;
