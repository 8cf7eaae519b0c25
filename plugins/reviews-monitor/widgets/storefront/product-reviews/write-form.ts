import { css, html, nothing, type TemplateResult } from 'lit';
import { ApiProblem } from 'guanxi/widgets';
import type ProductReviews from '../product-reviews.element.js';

/** As the list draws them. */
const STAR = 'M10 1.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z';
const TITLE_MAX = 120;
const BODY_MAX = 5000;
/** From here on the shopper sees how much room is left. */
const NEARLY_FULL = 4500;

const styles = css`
  .write { display: grid; gap: 16px; margin-block-end: 20px; padding: 16px; border-radius: 8px; background: var(--_soft); }
  .write > * { margin: 0; min-inline-size: 0; max-inline-size: 68ch; }
  .write h3 { font-size: 1.125em; }
  .write h3:focus { outline: none; }
  fieldset { padding: 0; border: 0; }
  legend, .name { padding: 0; margin-block-end: 4px; font-weight: 600; }
  .rate { display: flex; flex-wrap: wrap; align-items: center; }
  .rate label { position: relative; display: grid; place-items: center; inline-size: 48px; block-size: 48px; border-radius: 8px; cursor: pointer; }
  .rate label:first-child { margin-inline-start: -8px; }
  .rate input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
  .rate svg { inline-size: 32px; block-size: 32px; fill: var(--_surface); stroke: var(--_control); stroke-width: 1.2; stroke-linejoin: round; }
  .rate label:has(:checked) svg, .rate label:has(~ label :checked) svg { fill: var(--gx-star, #b7791f); stroke: var(--gx-star, #b7791f); }
  .rate label:has(:focus-visible) { outline: 3px solid var(--_focus); outline-offset: -2px; }
  .rate span { margin-inline-start: 8px; }
  textarea.field { display: block; min-block-size: 120px; line-height: inherit; resize: vertical; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .wrong { display: block; margin-block-start: 4px; color: var(--_danger); font-size: .875em; font-weight: 600; }
  @media (hover: hover) { .rate:hover label:has(~ label:hover) svg, .rate label:hover svg { stroke: var(--gx-star, #b7791f); } }
`;

type State = 'sign-in' | 'written' | 'buyers' | 'form' | 'done';
interface Written { readonly verified: boolean; readonly visible: boolean }

/** The part of the widget in which a shopper writes. It draws into the widget, whose class is the only one that the host defines. */
export class WriteForm {
  #stars = 0;
  #title = '';
  #body = '';
  #wrong: { readonly stars?: string; readonly body?: string } = {};
  #problem = '';
  #busy = false;
  #done: Written | undefined;

  constructor(private readonly host: ProductReviews) {
    const root = host.renderRoot as ShadowRoot;
    const sheet = styles.styleSheet;
    if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    this.#focus('.write h3');
  }

  get #state(): State {
    const { context, shown } = this.host;
    if (this.#done) return 'done';
    if (context.viewer.kind !== 'member') return 'sign-in';
    if (shown?.you?.review) return 'written';
    return shown?.you?.mayWrite === false ? 'buyers' : 'form';
  }

  #focus(selector: string): void {
    // Also when nothing has changed yet: the widget takes this form up right after it is made.
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  #close(): void {
    this.host.form = undefined;
    this.#focus('.top .button');
  }

  async #send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    const { host } = this;
    const body = this.#body.trim(), title = this.#title.trim();
    this.#wrong = { ...(!this.#stars && { stars: host.t('write.starsNeeded') }), ...(!body && { body: host.t('write.bodyNeeded') }) };
    this.#problem = '';
    if (this.#wrong.stars || this.#wrong.body) {
      host.requestUpdate();
      this.#focus(this.#wrong.stars ? '.rate input' : '.write textarea');
      return;
    }
    this.#busy = true;
    host.requestUpdate();
    try {
      this.#done = await host.context.api.post<Written>(`products/${encodeURIComponent(host.context.data['sku'] ?? '')}/reviews`, { stars: this.#stars, body, ...(title && { title }) });
      host.context.emit('review-written', { stars: this.#stars });
      this.#focus('.write h3');
      // Also when it waits for a check: the answer says that this shopper has written.
      void host.load();
    } catch (error) {
      this.#problem = host.explain(error);
      if (error instanceof ApiProblem && error.code === 'GX_REVIEW_EXISTS') void host.load();
    }
    this.#busy = false;
    host.requestUpdate();
  }

  #note(title: string, text: string, more: unknown = nothing): TemplateResult {
    return html`<section class="write"><h3 tabindex="-1">${title}</h3><p>${text}</p><div class="row">${more}<button type="button" class="button quiet" @click=${() => this.#close()}>${this.host.t('write.close')}</button></div></section>`;
  }

  #fields(): TemplateResult {
    const { host } = this;
    const left = BODY_MAX - this.#body.length;
    const wrong = (id: string, text?: string): unknown => (text ? html`<span class="wrong" id=${id}>${text}</span>` : nothing);
    return html`<form class="write" novalidate @submit=${(event: Event) => this.#send(event)}>
      <h3 tabindex="-1">${host.t('write')}</h3>
      <fieldset role="radiogroup" aria-required="true" aria-describedby=${this.#wrong.stars ? 'wrong-stars' : nothing}><legend>${host.t('write.stars')}</legend>
        <div class="rate">${[1, 2, 3, 4, 5].map((n) => html`<label><input type="radio" name="stars" value=${n} .checked=${this.#stars === n} aria-label=${host.t('write.star', { n, word: host.t(`write.word${n}`) })} @change=${() => { this.#stars = n; this.#wrong = { ...(this.#wrong.body && { body: this.#wrong.body }) }; host.requestUpdate(); }}><svg viewBox="0 0 20 20" aria-hidden="true"><path d=${STAR}/></svg></label>`)}
          <span class="muted" aria-hidden="true">${this.#stars ? host.t(`write.word${this.#stars}`) : ''}</span></div>${wrong('wrong-stars', this.#wrong.stars)}</fieldset>
      <label><span class="name">${host.t('write.title')}</span><input class="field" name="title" maxlength=${TITLE_MAX} dir="auto" autocomplete="off" .value=${this.#title} @input=${(event: Event) => { this.#title = (event.target as HTMLInputElement).value; }}></label>
      <label><span class="name">${host.t('write.body')}</span><textarea class="field" name="body" rows="5" maxlength=${BODY_MAX} dir="auto" required aria-invalid=${this.#wrong.body ? 'true' : 'false'} aria-describedby="wrong-body left" .value=${this.#body} @input=${(event: Event) => { this.#body = (event.target as HTMLTextAreaElement).value; host.requestUpdate(); }}></textarea>
        ${wrong('wrong-body', this.#wrong.body)}<span class="muted" id="left">${this.#body.length > NEARLY_FULL ? host.t('write.left', { n: left }) : ''}</span></label>
      <p class="muted">${host.t('write.public')}</p>
      <div class="row"><button class="button" aria-disabled=${this.#busy ? 'true' : nothing}>${host.t(this.#busy ? 'write.sending' : 'write.send')}</button><button type="button" class="button quiet" @click=${() => this.#close()}>${host.t('write.cancel')}</button></div>
      <div role="alert" class="danger">${this.#problem}</div>
    </form>`;
  }

  render(): TemplateResult {
    const { host } = this;
    const { context, shown } = host;
    switch (this.#state) {
      case 'done': return this.#note(host.t('write.thanks'), host.t(this.#done?.visible ? 'write.published' : 'write.checked'));
      case 'sign-in': return this.#note(host.t('write.signIn'), host.t('write.signInText'), html`<button type="button" class="button" @click=${() => context.signIn?.()}>${host.t('write.signInButton')}</button>`);
      case 'written': return this.#note(host.t('write.already'), host.t(shown?.you?.review?.visible ? 'write.alreadyText' : 'write.alreadyChecked', { date: context.format.date(shown?.you?.review?.writtenAt ?? 0) }));
      case 'buyers': return this.#note(host.t('write.buyers'), host.t('write.buyersText'));
      default: return this.#fields();
    }
  }
}
