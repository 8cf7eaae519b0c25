import { css, html, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';

interface Standing { readonly likes: number; readonly liked: boolean }

/** A button that says how many like the product. */
export default class Like extends PluginElement {
  static override properties = { standing: { state: true }, problem: { state: true } };
  static override styles = [shopperStyles, css`.card { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; } .card > * { margin: 0; }`];
  declare standing: Standing | undefined;
  declare problem: string;

  constructor() {
    super();
    this.problem = '';
  }

  get #path(): string { return `/products/${encodeURIComponent(this.context.data['sku'] ?? '')}/likes`; }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#take(this.context.api.get<Standing>(this.#path));
  }

  async #take(answer: Promise<Standing>): Promise<void> {
    try {
      this.standing = await answer;
      this.problem = '';
    } catch (error) {
      this.problem = this.explain(error);
    }
  }

  protected override render(): TemplateResult {
    const { likes = 0, liked = false } = this.standing ?? {};
    return html`<section class="card" aria-busy=${!this.standing && !this.problem}>
      <button class="button ${liked ? '' : 'quiet'}" aria-pressed=${liked} ?disabled=${!this.standing}
        @click=${() => this.#take(this.context.api.put<Standing>(this.#path, { liked: !liked }))}>${this.context.settings['label'] || this.t('like')}</button>
      <p role="status">${this.standing ? this.t('count', { n: likes }) : ''}</p>
      <p class="danger" role="alert">${this.problem}</p>
    </section>`;
  }
}
