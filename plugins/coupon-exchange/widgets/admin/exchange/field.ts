import { css, html, nothing, type TemplateResult } from 'lit';

export interface FieldLook { readonly name: string; readonly label: string; readonly hint?: string; readonly unit?: string; readonly problem?: string | undefined }
type Control = (id: string, described: string | typeof nothing, wrong: boolean) => TemplateResult;

/** Label, control, unit, hint and what is wrong, tied together for screen readers. */
export function field({ name, label, hint, unit, problem }: FieldLook, control: Control): TemplateResult {
  const id = name.replaceAll('.', '-');
  const described = [hint && `${id}-hint`, problem && `${id}-wrong`].filter(Boolean).join(' ');
  return html`<div class="field"><label for=${id}>${label}${unit ? html`<span class="visually-hidden"> (${unit})</span>` : nothing}</label>
    <span class="control">${control(id, described || nothing, problem !== undefined)}${unit ? html`<span class="unit" aria-hidden="true">${unit}</span>` : nothing}</span>
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${problem ? html`<p class="wrong" id="${id}-wrong">${problem}</p>` : nothing}</div>`;
}

export const fieldStyles = css`
  .field { min-inline-size: 0; }
  .field label { display: block; margin-block-end: 4px; font-weight: 500; }
  .control { display: flex; align-items: center; gap: 6px; }
  .field input, .field select { inline-size: 100%; min-inline-size: 0; min-block-size: 36px; padding: 6px 10px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
  .field input.num { max-inline-size: 14ch; }
  .field [aria-invalid='true'] { border-color: var(--gx-danger); box-shadow: 0 0 0 1px var(--gx-danger); }
  .unit { color: var(--gx-muted); white-space: nowrap; }
  .hint { margin-block-start: 4px; color: var(--gx-muted); font-size: var(--gx-font-small); }
  .wrong { margin-block-start: 4px; color: var(--gx-danger); font-size: var(--gx-font-small); font-weight: 500; }
  .fields { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 180px), 1fr)); align-items: start; }
  .fields.wide { grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); }
  .chosen { display: grid; gap: 4px; margin: 8px 0 0; padding: 0; list-style: none; } .chosen li { display: flex; gap: 8px; align-items: baseline; justify-content: space-between; border-block-end: 1px solid var(--gx-border); } .chosen span { min-inline-size: 0; overflow-wrap: anywhere; }
  .tick { display: flex; gap: 8px; align-items: center; min-block-size: 24px; margin-block-start: 6px; }
  .tick input { inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--gx-accent); }
  @media (pointer: coarse) { .field input, .field select { min-block-size: 44px; font-size: 1rem; } .tick { min-block-size: 44px; } .tick input { min-block-size: 0; inline-size: 22px; block-size: 22px; } }
`;
