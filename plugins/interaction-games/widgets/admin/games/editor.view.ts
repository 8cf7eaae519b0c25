import { css, html, nothing, type TemplateResult } from 'lit';
import { fromLocal, toast, toLocal } from 'guanxi/kit';
import { act } from './game-actions.js';
import { clearDesk, onDesk } from './desk.js';
import { Form, type Problems } from './form.js';
import type { Game, Panel, View } from './game.js';

export interface Draft { title: string; startsAt: number | null; endsAt: number | null; config: unknown }

/** What the editors share: name and dates, saving, publishing. A draft that was never saved has no id yet. */
export abstract class EditorView<D extends Draft> implements View {
  protected readonly form: Form;
  protected readonly draft: D;
  #id: string | undefined;
  #before: string;

  constructor(protected readonly panel: Panel, private readonly type: 'wheel' | 'check-in' | 'guess-price', draft: D, game: Game | undefined) {
    this.#before = JSON.stringify(draft);
    this.draft = onDesk(panel, draft);
    this.#id = game?.id;
    this.form = new Form(panel, () => this.problems());
  }

  get dirty(): boolean { return JSON.stringify(this.draft) !== this.#before; }
  get settled(): Promise<unknown> { return Promise.resolve(); }
  protected abstract problems(): Problems;
  protected abstract left(): unknown;
  protected abstract right(): unknown;

  async #save(): Promise<Game | undefined> {
    const { api } = this.panel.context;
    const { title, startsAt, endsAt, config } = this.draft;
    const body = { type: this.type, title: title.trim(), startsAt, endsAt, config };
    const saved = await this.form.submit(() => (this.#id === undefined ? api.post<Game>('games', body) : api.put<Game>(`games/${this.#id}`, body)));
    if (saved) {
      this.#id = saved.id;
      clearDesk();
      this.#before = JSON.stringify(this.draft);
    }
    return saved;
  }

  async #keep(): Promise<void> {
    const saved = await this.#save();
    if (!saved) return;
    toast(this.panel.t('admin.saved'), 'success');
    this.panel.go();
  }

  async #publish(): Promise<void> {
    const saved = await this.#save();
    const published = saved && await act(this.panel, saved, 'publish');
    if (published) this.panel.go(published.id);
    else this.panel.requestUpdate();
  }

  protected basics(): TemplateResult {
    const { panel, draft, form } = this;
    const { zone } = panel.context.shop;
    return html`<gx-card heading=${panel.t('admin.basics')}><div class="stack">
      ${form.text({ path: 'title', label: panel.t('admin.name'), hint: panel.t('admin.nameHint'), value: draft.title, max: 120, set: (text) => { draft.title = text; } })}
      <div class="fields wide">${form.moment({ path: 'startsAt', label: panel.t('admin.starts'), hint: panel.t('admin.startsHint'), value: toLocal(draft.startsAt, zone), set: (text) => { draft.startsAt = fromLocal(text, zone); } })}
      ${form.moment({ path: 'endsAt', label: panel.t('admin.ends'), hint: panel.t(this.type === 'guess-price' ? 'admin.guess.endsHint' : 'admin.endsHint', { zone }), value: toLocal(draft.endsAt, zone), set: (text) => { draft.endsAt = fromLocal(text, zone); } })}</div>
    </div></gx-card>`;
  }

  render(): unknown {
    const { panel, form } = this;
    const other = Object.entries(form.problems).filter(([path]) => !panel.renderRoot.querySelector(`#${CSS.escape(path.replaceAll('.', '-'))}`));
    return html`<gx-page heading=${panel.t(`admin.${this.#id === undefined ? 'make' : 'edit'}.${this.type}`)} back=${panel.address()} back-label=${panel.t('admin.title')}>
      <wa-button slot="actions" appearance="outlined" ?loading=${form.busy} @click=${() => this.#keep()}>${panel.t('admin.save')}</wa-button>
      <wa-button slot="actions" variant="brand" ?disabled=${form.busy} @click=${() => this.#publish()}>${panel.t('admin.action.publish')}</wa-button>
      ${other.length ? html`<wa-callout slot="banner" variant="danger" role="alert">${other.map(([, text]) => html`<p>${text}</p>`)}</wa-callout>` : nothing}
      <div class="columns editor"><div class="stack">${this.left()}</div><div class="aside"><gx-card heading=${panel.t('admin.preview')}><div class="stack">${this.right()}</div></gx-card></div></div>
    </gx-page>`;
  }
}

export const editorStyles = css`
  .fields.wide { grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); }
  @container page (min-width: 768px) { .columns.editor { grid-template-columns: minmax(0, 1fr) 320px; } .aside { position: sticky; inset-block-start: 16px; } }
  .odds { display: grid; gap: 8px; }
  .odds li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; }
  .bar { grid-column: 1 / -1; appearance: none; display: block; inline-size: 100%; block-size: 6px; border: 0; border-radius: 999px; overflow: hidden; background: var(--gx-sunken); }
  .bar::-webkit-progress-bar { background: var(--gx-sunken); } .bar::-webkit-progress-value { background: var(--gx-chart-1); border-radius: 999px; } .bar::-moz-progress-bar { background: var(--gx-chart-1); }
  .bar.none::-webkit-progress-value { background: var(--gx-control-border); } .bar.none::-moz-progress-bar { background: var(--gx-control-border); }
  dl.definition dd { text-align: end; font-variant-numeric: tabular-nums; }
  .check { display: flex; gap: 8px; align-items: flex-start; font-weight: 500; }
  .check input { inline-size: 18px; block-size: 18px; min-block-size: 0; margin: 1px 0 0; accent-color: var(--gx-accent); }
`;
