import { css, html, nothing, type TemplateResult } from 'lit';
import { ApiProblem } from 'guanxi/widgets';
import { toast } from 'guanxi/kit';
import type { Panel } from './game.js';

export type Problems = Readonly<Record<string, string>>;
interface Common { readonly path: string; readonly label: string; readonly hint?: string; readonly unit?: string; /** The label is for screen readers only. */ readonly quiet?: boolean }

/** What is wrong where, after the first attempt to save: our own check at every change, and what the server said of what was sent. */
export class Form {
  #server: Problems = {};
  #tried = false;
  busy = false;

  constructor(private readonly panel: Panel, private readonly check: () => Problems) {}

  get problems(): Problems { return this.#tried ? { ...this.#server, ...this.check() } : {}; }

  /** After a change of the draft. What the server said of a field is forgotten when that field changes. */
  changed(path: string): void {
    this.#server = Object.fromEntries(Object.entries(this.#server).filter(([name]) => name !== path));
    this.panel.requestUpdate();
  }

  /** Runs a save if nothing is wrong; shows what the server refuses beside its field. */
  async submit<T>(save: () => Promise<T>): Promise<T | undefined> {
    this.#tried = true;
    this.#server = {};
    if (Object.keys(this.check()).length) return this.#refuse();
    this.busy = true;
    this.panel.requestUpdate();
    try {
      return await save();
    } catch (error) {
      this.#server = error instanceof ApiProblem ? error.fields : {};
      return this.#refuse(error);
    } finally {
      this.busy = false;
      this.panel.requestUpdate();
    }
  }

  async #refuse(error?: unknown): Promise<undefined> {
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    const wrong = this.panel.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    if (!wrong || !error) toast(error === undefined ? this.panel.t('admin.form.check') : this.panel.explain(error), 'danger');
    return undefined;
  }

  #frame({ path, label, hint, quiet, unit }: Common, control: (id: string, described: string | typeof nothing, wrong: boolean) => TemplateResult): TemplateResult {
    const id = path.replaceAll('.', '-'), problem = this.problems[path];
    const described = [hint && `${id}-hint`, problem && `${id}-wrong`].filter(Boolean).join(' ');
    return html`<div class="field"><label for=${id} class=${quiet ? 'visually-hidden' : ''}>${label}</label>
      <span class="control">${control(id, described || nothing, problem !== undefined)}${unit ? html`<span class="unit" aria-hidden="true">${unit}</span>` : nothing}</span>
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}${problem ? html`<p class="wrong" id="${id}-wrong">${problem}</p>` : nothing}</div>`;
  }

  text(field: Common & { readonly value: string; readonly max: number; readonly lang?: string; set(text: string): void }): TemplateResult {
    return this.#frame(field, (id, described, wrong) => html`<input id=${id} .value=${field.value} maxlength=${field.max} lang=${field.lang ?? nothing} aria-describedby=${described} aria-invalid=${wrong} @input=${(event: Event) => { field.set((event.target as HTMLInputElement).value); this.changed(field.path); }}>`);
  }

  /** A whole number; NaN while the input holds none. */
  number(field: Common & { readonly value: number; readonly min: number; readonly max: number; set(value: number): void }): TemplateResult {
    return this.#frame(field, (id, described, wrong) => html`<input id=${id} class="num" type="number" inputmode="numeric" step="1" min=${field.min} max=${field.max} .value=${Number.isNaN(field.value) ? '' : String(field.value)} aria-describedby=${described} aria-invalid=${wrong} @input=${(event: Event) => { field.set((event.target as HTMLInputElement).valueAsNumber); this.changed(field.path); }}>`);
  }

  moment(field: Common & { readonly value: string; set(text: string): void }): TemplateResult {
    return this.#frame(field, (id, described, wrong) => html`<input id=${id} type="datetime-local" .value=${field.value} aria-describedby=${described} aria-invalid=${wrong} @change=${(event: Event) => { field.set((event.target as HTMLInputElement).value); this.changed(field.path); }}>`);
  }

  choice(field: Common & { readonly value: string; readonly options: readonly (readonly [value: string, text: string])[]; set(value: string): void }): TemplateResult {
    return this.#frame(field, (id, described, wrong) => html`<select id=${id} aria-describedby=${described} aria-invalid=${wrong} @change=${(event: Event) => { field.set((event.target as HTMLSelectElement).value); this.changed(field.path); }}>${field.options.map(([value, text]) => html`<option value=${value} ?selected=${value === field.value}>${text}</option>`)}</select>`);
  }
}

/** A sentence when a number is no whole number between two limits. */
export const outside = (panel: Panel, value: number, min: number, max: number): string | undefined =>
  (Number.isInteger(value) && value >= min && value <= max ? undefined : panel.t('admin.form.range', { min, max }));

export const formStyles = css`
  .field { min-inline-size: 0; }
  .field label { display: block; margin-block-end: 4px; font-weight: 500; }
  .control { display: flex; align-items: center; gap: 6px; }
  input, .field select { inline-size: 100%; min-inline-size: 0; min-block-size: 36px; padding: 6px 10px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
  input.num { font-variant-numeric: tabular-nums; max-inline-size: 12ch; }
  [aria-invalid='true'] { border-color: var(--gx-danger); box-shadow: 0 0 0 1px var(--gx-danger); }
  .unit { color: var(--gx-muted); white-space: nowrap; }
  .hint { margin-block-start: 4px; color: var(--gx-muted); font-size: var(--gx-font-small); }
  .wrong { margin-block-start: 4px; color: var(--gx-danger); font-size: var(--gx-font-small); font-weight: 500; }
  .fields { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 140px), 1fr)); align-items: start; }
  @media (pointer: coarse) { input, .field select { min-block-size: 44px; font-size: 1rem; } }
`;
