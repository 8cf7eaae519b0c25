import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from 'guanxi/kit';
import { codesOf } from './codes-text.js';
import { titleOf, type Reward } from './reward-types.js';
import { SubjectDialog } from './subject-dialog.js';

const PER_REQUEST = 5_000;

/** Loads codes of others, e.g. of gift cards: pasted, or the first column of a file. */
export class CodesDialog extends SubjectDialog<Reward> {
  #text = '';

  protected override reset(): void { this.#text = ''; }

  protected override close(): void {
    // Codes are worth money: none stays in the page.
    this.#text = '';
    super.close();
  }

  async #file(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    this.#text = await file.text();
    this.panel.requestUpdate();
  }

  #save(id: string): Promise<void> {
    const { panel } = this;
    const codes = codesOf(this.#text);
    return this.submit(codes.length ? '' : panel.t('admin.codes.bad'), async () => {
      let [added, known] = [0, 0];
      try {
        for (let from = 0; from < codes.length; from += PER_REQUEST) {
          const part = await panel.context.api.post<{ added: number; known: number }>(`rewards/${encodeURIComponent(id)}/codes`, { codes: codes.slice(from, from + PER_REQUEST) });
          added += part.added;
          known += part.known;
        }
        panel.context.toast?.(panel.t('admin.codes.done', { n: formatNumber(added), known: formatNumber(known) }), 'success');
        this.close();
      } finally { if (added) this.done(); }
    });
  }

  override render(): TemplateResult | typeof nothing {
    const { panel } = this;
    const reward = this.subject;
    if (!reward) return nothing;
    return html`<gx-dialog label=${panel.t('admin.codes.title', { title: titleOf(panel, reward) })} ?open=${this.shown} @gx-close=${() => this.close()}>
      <form class="stack" @submit=${(event: Event) => { event.preventDefault(); void this.#save(reward.id); }}>
        <wa-textarea rows="6" autofocus label=${panel.t('admin.codes.paste')} hint=${panel.t('admin.codes.hint')} .value=${this.#text} @input=${(event: Event) => { this.#text = (event.target as HTMLTextAreaElement).value ?? ''; panel.requestUpdate(); }}></wa-textarea>
        <label class="stack">${panel.t('admin.codes.file')}<input type="file" accept=".csv,.txt,text/csv,text/plain" @change=${(event: Event) => this.#file(event)}></label>
        <p class="muted small num" role="status">${panel.t('admin.codes.count', { n: codesOf(this.#text).length })}</p>
        <div role="alert" class="negative strong">${this.problem}</div>
      </form>
      <wa-button slot="footer" appearance="outlined" @click=${() => this.close()}>${panel.t('admin.cancel')}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.busy} @click=${() => this.#save(reward.id)}>${panel.t('admin.action.codes')}</wa-button>
    </gx-dialog>`;
  }
}
