import { css, html, type TemplateResult } from 'lit';
import { ApiProblem } from 'guanxi/widgets';
import type Rewards from '../rewards.element.js';
import type { Offer } from '../rewards.element.js';
import { codeLine, codeStyles, wear } from './code-line.js';

const styles = css`
  dialog { inline-size: min(440px, calc(100vw - 24px)); padding: 20px; border: 0; border-radius: var(--_radius); background: var(--_surface); color: var(--_text); box-shadow: 0 8px 24px rgb(0 0 0 / .16); }
  dialog::backdrop { background: rgb(0 0 0 / .45); }
  dialog h2:focus { outline: none; }
  dialog > * { margin-block: 0 12px; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; margin: 20px 0 0; }
  @media (prefers-reduced-motion: no-preference) { dialog[open] { animation: rise .2s cubic-bezier(.2, 0, 0, 1); } }
  @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
`;
interface Coupon { readonly state: string; readonly code: string; readonly expiresAt: number; readonly cost: number; readonly available: number }

/** Whether the checkout takes its code. */
const isCode = (kind: Offer['kind']): boolean => /^(am|pe|fr|pr)/.test(kind);

/** Points are taken in two steps: this dialog asks, takes, and shows the code. */
export class Redeeming {
  #coupon: Coupon | undefined;
  #problem = '';
  /** What can be done about the problem: ask again, sign in, or nothing. */
  #way: 'again' | 'sign-in' | '' = 'again';
  #busy = false;

  constructor(private readonly host: Rewards, private readonly offer: Offer) {
    wear(host, codeStyles);
    wear(host, styles);
    void host.updateComplete.then(() => host.updateComplete).then(() => this.#dialog?.showModal());
  }

  get #dialog(): HTMLDialogElement | null { return this.host.renderRoot.querySelector('dialog'); }

  async #take(): Promise<void> {
    if (this.#busy) return;
    const { host, offer } = this;
    this.#busy = true;
    this.#problem = '';
    host.requestUpdate();
    try {
      const coupon = this.#coupon = await host.context.api.post<Coupon>('redemptions', { rewardId: offer.id });
      host.context.emit('redeemed', { rewardId: offer.id, cost: coupon.cost, available: coupon.available });
      void host.load();
      void host.mine?.load();
    } catch (error) {
      this.#problem = host.explain(error);
      const { status, code } = error instanceof ApiProblem ? error : { status: 0, code: '' };
      this.#way = status === 401 || code.startsWith('GX_SIGN_IN') ? 'sign-in' : status === 404 || status === 409 ? '' : 'again';
      if (!this.#way) void host.load();
    }
    this.#busy = false;
    host.requestUpdate();
    await host.updateComplete;
    this.#dialog?.querySelector<HTMLElement>('h2')?.focus();
  }

  /** Focus goes back to the button, or to its card when the button is gone. */
  #closed(): void {
    const { host, offer } = this;
    host.redeeming = undefined;
    void host.updateComplete.then(() => {
      if ((host.renderRoot as ShadowRoot).activeElement) return;
      const at = host.offers?.items.findIndex(({ id }) => id === offer.id) ?? -1;
      const card = host.renderRoot.querySelectorAll<HTMLElement>('.reward')[at];
      (card?.querySelector<HTMLElement>('.button') ?? card)?.focus();
    });
  }

  #ask(title: string): TemplateResult {
    const { host, offer: { kind, cost, missing, validDays } } = this;
    const { format, signIn } = host.context;
    const after = (host.offers?.available ?? cost) - cost;
    const act = this.#way === 'sign-in' ? (): void => signIn?.() : (): void => void this.#take();
    return html`<h2 tabindex="-1" id="title">${host.t('confirm.title', { title })}</h2>
      <p>${host.t('confirm.text', { points: format.points(cost), after: format.points(Math.max(0, missing ? 0 : after)) })}</p><p class="muted">${host.t(isCode(kind) ? 'confirm.valid' : `confirm.${kind}`, { n: validDays })}</p>
      <div role="alert" class="danger">${this.#problem}</div>
      <div class="row"><button type="button" class="button quiet" @click=${() => this.#dialog?.close()}>${host.t(this.#way ? 'cancel' : 'close')}</button>${this.#way
        ? html`<button type="button" class="button" aria-disabled=${this.#busy} @click=${act}>${this.#busy ? host.t('confirm.busy') : this.#way === 'sign-in' ? host.t('signIn') : this.#problem ? host.t('retry') : host.t('confirm.take', { n: cost })}</button>` : ''}</div>`;
  }

  #done({ code, expiresAt, available }: Coupon, title: string): TemplateResult {
    const { host, offer: { kind } } = this;
    const shown = isCode(kind) || kind === 'right' || kind === 'code';
    const { format } = host.context;
    return html`<h2 tabindex="-1" id="title">${host.t(shown ? 'done.title' : 'done.plain')}</h2><p>${host.t(isCode(kind) ? 'done.text' : `done.${kind}`, { title, date: format.date(expiresAt) })}</p>
      ${shown ? codeLine(host, code, title) : ''}<p class="muted">${host.t('done.kept', { points: format.points(available) })}</p>
      <div class="row"><button type="button" class="button quiet" @click=${() => this.#dialog?.close()}>${host.t('close')}</button></div>`;
  }

  render(): TemplateResult {
    const title = this.offer.title[this.host.context.locale];
    return html`<dialog aria-labelledby="title" @close=${() => this.#closed()}>${this.#coupon ? this.#done(this.#coupon, title) : this.#ask(title)}</dialog>`;
  }
}
