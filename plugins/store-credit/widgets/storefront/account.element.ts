import { css, html, nothing, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';

interface Open { readonly id: string; readonly code: string; readonly amount: number; readonly expiresAt: number }
interface Account {
  readonly member: boolean; readonly balance: number; readonly days: number; readonly open: Open | null;
  readonly entries: readonly { readonly id: string; readonly kind: string; readonly amount: number; readonly at: number; readonly reason: string | null }[];
}
/** A reward of the coupon exchange is booked shortly after it was redeemed: it is looked for so many times. */
const LOOKS = 4;
const LOOK_MS = 1_500;

/** What a member has to spend, the code for the next order, and what moved. */
export default class CreditAccount extends PluginElement {
  static override properties = { account: { state: true }, problem: { state: true }, said: { state: true }, busy: { state: true } };
  declare account: Account | undefined;
  declare problem: unknown;
  declare said: string;
  declare busy: boolean;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  static override styles = [shopperStyles, css`
    .card > * { margin-block: 0 12px; }
    .card > :last-child { margin: 0; }
    .row { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; }
    .row p { margin: 0; }
    b { display: block; font-size: 1.75em; line-height: 1.2; font-variant-numeric: tabular-nums; }
    form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
    label { flex: 0 1 160px; }
    .open { padding: 16px; border-radius: var(--_radius); background: var(--_soft); }
    .open :is(p, .row) { margin-block: 0 8px; }
    code { flex: 1 1 auto; padding: 10px 12px; border: 1px dashed var(--_control); border-radius: 6px; background: var(--_surface); font: 600 1em/1.4 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .04em; overflow-wrap: anywhere; user-select: all; }
    ul { display: grid; gap: 8px; margin: 8px 0 0; padding: 0; list-style: none; }
    li { padding-block-start: 8px; border-block-start: 1px solid var(--_border); }
    li span:last-child { font-variant-numeric: tabular-nums; }
    summary { min-block-size: 24px; padding-block: 4px; cursor: pointer; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.#stops = [this.context.on('coupon-exchange.redeemed', () => { this.#look(LOOKS, this.account?.balance); })];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  async load(): Promise<void> { await this.#try(async () => { this.account = await this.context.api.get<Account>('account'); }); }

  #look(left: number, before: number | undefined): void {
    clearTimeout(this.#timer);
    if (left > 0) this.#timer = setTimeout(() => void this.load().then(() => { if (this.account?.balance === before) this.#look(left - 1, before); }), LOOK_MS);
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    this.problem = undefined;
    this.said = '';
    try {
      await act();
    } catch (error) {
      this.problem = this.explain(error);
    }
  }

  /** One press at a time; the page is told, since its list of codes changes too. */
  async #change(act: () => Promise<unknown>, said: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#try(async () => {
      await act();
      this.account = await this.context.api.get<Account>('account');
      this.said = said;
      this.context.emit('changed', { balance: this.account.balance });
    });
    this.busy = false;
    await this.updateComplete;
    if (this.said) this.renderRoot.querySelector<HTMLElement>('[role=status]')?.focus();
  }

  #use(event: SubmitEvent, balance: number): void {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement).get('amount');
    const amount = Math.round(Number(String(typed).trim().replace(',', '.')) * 10 ** this.context.format.digits());
    if (!(amount >= 1 && amount <= balance)) {
      this.problem = this.t('use.bad', { money: this.context.format.money(balance) });
      this.renderRoot.querySelector('input')?.focus();
    } else void this.#change(() => this.context.api.post('uses', { amount }), this.t('use.done'));
  }

  async #copy(event: Event, code: string): Promise<void> {
    const shown = (event.currentTarget as Element).parentElement?.querySelector('code');
    try {
      await navigator.clipboard.writeText(code);
      this.said = this.t('copied');
    } catch {
      // No clipboard without a secure page or leave: the code is selected, so that one key copies it.
      if (shown) getSelection()?.selectAllChildren(shown);
      this.said = this.t('copyYourself');
    }
  }

  #code({ id, code, amount, expiresAt }: Open): TemplateResult {
    const { money, dateTime } = this.context.format;
    return html`<div class="open"><p>${this.t('open', { money: money(amount), date: dateTime(expiresAt) })}</p>
      <div class="row"><code translate="no">${code}</code><button class="button" @click=${(event: Event) => this.#copy(event, code)}>${this.t('copy')}</button></div>
      <p class="muted">${this.t('open.text')}</p><button class="button quiet" ?disabled=${this.busy} @click=${() => this.#change(() => this.context.api.post(`uses/${encodeURIComponent(id)}/put-back`, {}), this.t('back.done'))}>${this.t('back')}</button></div>`;
  }

  #form(balance: number, days: number): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => { this.#use(event, balance); }}><label>${this.t('use.amount', { currency: this.context.shop.currency })}<input class="field" name="amount" inputmode="decimal" autocomplete="off" required .value=${(balance / 10 ** this.context.format.digits()).toFixed(this.context.format.digits())} aria-describedby="how"></label>
      <button class="button" ?disabled=${this.busy}>${this.t('use')}</button></form><p class="muted" id="how">${this.t('use.text', { n: days })}</p>`;
  }

  protected override render(): unknown {
    const { account, problem, said, context: { format, signIn } } = this;
    const failed = problem ? html`<p class="danger" role="alert">${problem}</p>` : nothing;
    if (!account) return html`<div class="card" aria-busy=${!problem}>${problem ? html`${failed}<button class="button quiet" @click=${() => this.load()}>${this.t('retry')}</button>` : html`<p class="muted">${this.t('loading')}</p>`}</div>`;
    const { member, balance, open, entries, days } = account;
    if (!member) return html`<div class="card row"><p>${this.t('signInText')}</p><button class="button" @click=${() => signIn?.()}>${this.t('signIn')}</button></div>`;
    return html`<div class="card"><p><span class="muted">${this.t('balance')}</span><b>${format.money(balance)}</b></p>
      ${open ? this.#code(open) : balance ? this.#form(balance, days) : html`<p>${this.t('none')}</p>`}${failed}<p class="status" role="status" tabindex="-1">${said}</p>
      ${entries.length ? html`<details><summary>${this.t('entries')}</summary><ul>${entries.map(({ kind, amount, at, reason }) => html`<li class="row"><span>${this.t(`kind.${kind}`)}${reason ? html` · ${reason}` : ''} <span class="muted">${format.date(at)}</span></span><span>${amount > 0 ? '+' : ''}${format.money(amount)}</span></li>`)}</ul></details>` : nothing}</div>`;
  }
}
