import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { uiLocale } from '../../kit/locale.js';
import { ApiProblem } from '../../runtime/api-problem.js';
import { AdminPage } from '../admin-page.js';
import type { ImportDraft, ImportState } from '../api-types.js';
import '../import-files.element.js';
import '../import-mapping.element.js';
import '../import-report.element.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';
import { upload } from '../upload.js';

const KINDS = ['orders', 'customers', 'products', 'reviews'] as const;
const POLL_MS = 700;
const MOST_FILES = 4;

/** The server's sentence in English, our own for its code in other languages. */
const said = (error: unknown): string => (error instanceof ApiProblem && uiLocale() !== 'en' ? tWord('importProblem', error.code, error.message) : error instanceof Error ? error.message : t('error.generic'));

/** Data from elsewhere: choose a file, check which column is what, watch it go in, read what was left out and why. */
class ImportPage extends AdminPage {
  static override properties = { kind: { state: true }, file: { state: true }, sent: { state: true }, draft: { state: true }, progress: { state: true }, id: { state: true }, problem: { state: true }, over: { state: true }, elapsed: { state: true } };
  declare kind: string;
  declare file: File | undefined;
  declare sent: number;
  declare draft: ImportDraft | undefined;
  declare progress: ImportState | undefined;
  declare id: string;
  declare problem: string;
  declare over: boolean;
  declare elapsed: number;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #begun = 0;

  static override styles = [kitStyles, css`
    .kinds { display: grid; gap: 8px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); border: 0; padding: 0; margin: 0 0 16px; min-inline-size: 0; }
    legend { padding: 0; margin-block-end: 8px; font-weight: 500; }
    .kinds label { position: relative; display: flex; gap: 10px; align-items: flex-start; padding: 12px; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); cursor: pointer; }
    .kinds label:has(:checked) { border-color: var(--gx-accent); background: var(--gx-accent-soft); }
    .kinds label:has(:focus-visible) { outline: 2px solid var(--gx-focus); outline-offset: 2px; }
    .kinds input { accent-color: var(--gx-accent); margin: 3px 0 0; }
    .drop { display: flex; flex-direction: column; gap: 8px; align-items: center; padding: 32px 16px; border: 1.5px dashed var(--gx-control-border); border-radius: var(--gx-radius-card); text-align: center; color: var(--gx-muted); }
    .drop.over { border-color: var(--gx-accent); background: var(--gx-accent-soft); color: var(--gx-text); }
    .drop > gx-icon { inline-size: 28px; block-size: 28px; }
  `];

  constructor() {
    super();
    this.kind = 'orders'; this.file = undefined; this.sent = 0; this.draft = undefined; this.progress = undefined; this.id = ''; this.problem = ''; this.over = false; this.elapsed = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.id = this.params[0] ?? '';
    if (this.id && !this.progress) void this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** One after the other: the server finds out which is the table. A file that does not fit yet is tried again when another has come in. */
  async #send(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.problem = '';
    if (files.some(({ name }) => !/\.(csv|tsv|txt|gz)$/i.test(name))) { this.problem = t('import.wrongType'); return; }
    if (files.length + (this.draft ? 1 + this.draft.companions.length : 0) > MOST_FILES) { this.problem = t('import.tooMany'); return; }
    this.#abort = new AbortController();
    let left = [...files].sort((a, b) => b.size - a.size);
    for (let before = left.length + 1; left.length > 0 && left.length < before;) {
      before = left.length;
      left = await this.#sendEach(left, this.#abort.signal);
    }
    this.file = undefined;
  }

  /** Answers the files that did not fit. */
  async #sendEach(files: readonly File[], signal: AbortSignal): Promise<File[]> {
    const left: File[] = [];
    for (const file of files) {
      this.file = file; this.sent = 0;
      const name = encodeURIComponent(file.name);
      try {
        this.draft = await upload<ImportDraft>(this.session, this.draft ? `/imports/${this.id}/companions?name=${name}` : `/imports?kind=${this.kind}&name=${name}`, file, (sent) => { this.sent = sent; }, signal);
        this.#at(this.draft.importId);
        if (left.length === 0) this.problem = '';
      } catch (error) {
        if (error instanceof DOMException) return [];
        this.problem = `${file.name}: ${said(error)}`;
        left.push(file);
      }
    }
    return left;
  }

  async #removeFile(place: number): Promise<void> {
    await this.attempt(async () => { this.draft = await this.session.api.delete<ImportDraft>(`/imports/${this.id}/companions/${place}`); });
  }

  #at(id: string): void {
    this.id = id;
    history.replaceState(history.state, '', href(id ? `/imports/${id}` : '/imports'));
  }

  async #start(mapping: Readonly<Record<string, string | null>>): Promise<void> {
    if (!(await this.attempt(() => this.session.api.post(`/imports/${this.id}/start`, { mapping, options: {} })))) return;
    this.draft = undefined;
    this.progress = { state: 'running', read: 0, taken: 0, skipped: 0, problems: [] };
    await this.#watch();
  }

  async #watch(): Promise<void> {
    this.#begun ||= performance.now();
    try {
      const progress = await this.session.api.get<ImportState>(`/imports/${this.id}`);
      if (progress.state === 'mapped') { this.draft = await this.session.api.get<ImportDraft>(`/imports/${this.id}/draft`); return; }
      this.progress = progress;
      this.elapsed = performance.now() - this.#begun;
      this.problem = '';
    } catch (error) {
      this.problem = error instanceof Error ? error.message : t('error.generic');
    }
    if (this.isConnected && this.progress?.state === 'running') this.#timer = setTimeout(() => { void this.#watch(); }, POLL_MS);
  }

  async #cancel(): Promise<void> {
    if (await this.attempt(() => this.session.api.delete(`/imports/${this.id}`))) this.#again();
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.draft = undefined; this.progress = undefined; this.problem = ''; this.#begun = 0;
    this.#at('');
  }

  #choose(): unknown {
    return html`<gx-card><fieldset class="kinds"><legend>${t('import.what')}</legend>${KINDS.map((kind) => html`<label><input type="radio" name="kind" value=${kind} .checked=${this.kind === kind} @change=${() => { this.kind = kind; }}><span><span class="strong">${tWord('importKind', kind)}</span><br><span class="muted small">${tWord('importText', kind)}</span></span></label>`)}</fieldset>
      <div class="drop ${this.over ? 'over' : ''}" @dragover=${(event: DragEvent) => { event.preventDefault(); this.over = true; }} @dragleave=${() => { this.over = false; }} @drop=${(event: DragEvent) => { event.preventDefault(); this.over = false; void this.#send([...event.dataTransfer?.files ?? []]); }}>
        <gx-icon name="upload"></gx-icon><span>${t('import.drop')}</span><wa-button variant="brand" @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}>${t('import.choose')}</wa-button><input hidden multiple type="file" accept=".csv,.tsv,.txt,.gz" aria-label=${t('import.choose')} @change=${(event: Event) => this.#send([...(event.target as HTMLInputElement).files ?? []])}>
      </div></gx-card>`;
  }

  #body(): unknown {
    if (this.file) return html`<gx-card><gx-progress label=${t('import.uploading', { name: this.file.name })} .done=${Math.round(this.sent / 1024)} .total=${Math.max(1, Math.round(this.file.size / 1024))} cancellable @gx-cancel=${() => this.#abort?.abort()}></gx-progress></gx-card>`;
    if (this.draft) return html`<div class="stack"><gx-import-files .draft=${this.draft} @gx-add=${(event: CustomEvent<{ files: File[] }>) => this.#send(event.detail.files)} @gx-remove=${(event: CustomEvent<{ place: number }>) => this.#removeFile(event.detail.place)}></gx-import-files>
      <gx-import-mapping .draft=${this.draft} @gx-start=${(event: CustomEvent<{ mapping: Record<string, string | null> }>) => this.#start(event.detail.mapping)} @gx-cancel=${() => this.#cancel()}></gx-import-mapping></div>`;
    if (!this.progress) return this.id ? html`<gx-skeleton shape="card"></gx-skeleton>` : this.#choose();
    const { progress } = this;
    if (progress.state === 'running') {
      return html`<gx-card><gx-progress label=${t('import.running')} .done=${progress.read} .total=${progress.total ?? 0} .elapsed=${this.elapsed} note=${t('import.counts', { taken: progress.taken, skipped: progress.skipped })} leave cancellable @gx-cancel=${() => this.#cancel()}></gx-progress></gx-card>`;
    }
    return html`<gx-import-report .report=${progress} @gx-again=${() => this.#again()}></gx-import-report>`;
  }

  protected override render(): unknown {
    return html`<gx-page heading=${t('nav.imports')} subtitle=${t('import.subtitle')}>
      ${this.problem ? html`<wa-callout slot="banner" variant="danger"><gx-icon slot="icon" name="alert"></gx-icon>${this.problem}</wa-callout>` : nothing}
      ${this.#body()}
    </gx-page>`;
  }
}
define('gx-import-page', ImportPage);
