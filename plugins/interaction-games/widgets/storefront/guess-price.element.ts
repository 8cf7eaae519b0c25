import { css, html, nothing } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import type { Round, RoundHost } from './guess-price/round.js';
import { minorUnits } from './guess-price/typed.js';

type Late = typeof import('./guess-price/reveal.js');

/** One product, one field, one button. What a guess is told comes from the server; the price arrives here only after the close. `data-activity` on the mount picks a round. */
export default class GuessPrice extends PluginElement implements RoundHost {
  static override properties = { round: { state: true }, say: { state: true }, late: { state: true }, wrong: { state: true } };
  /** `null` while there is none. */
  declare round: Round | null | undefined;
  declare say: unknown;
  declare late: Late | undefined;
  declare wrong: boolean;
  #busy = false;

  static override styles = [shopperStyles, css`
    .card { container: card / inline-size; }
    .top { display: grid; grid-template-columns: 88px minmax(0, 1fr); gap: 4px 16px; align-items: center; }
    img { inline-size: 88px; block-size: 88px; object-fit: cover; border-radius: 8px; background: var(--_soft); }
    a { color: inherit; padding-block: 10px; } h2 a { padding: 0; }
    h2, p { margin-block: 0 4px; overflow-wrap: anywhere; }
    form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; max-inline-size: 560px; } form, .go { margin-block: 12px 8px; }
    .field { font-size: 1.25em; font-variant-numeric: tabular-nums; }
    [aria-invalid=true] { border-color: var(--_danger); }
    ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr)); gap: 6px; margin: 8px 0; padding: 0; list-style: none; }
    li { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 8px 12px; border-radius: 8px; background: var(--_soft); }
    b, .big { font-variant-numeric: tabular-nums; } .big { margin-block: 12px 4px; font-size: 1.375em; font-weight: 700; }
    .line { display: flex; flex-wrap: wrap; gap: 0 16px; align-items: center; }
    .ticket { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; margin-block: 8px; padding: 10px 14px; border: 1px dashed var(--_control); border-radius: 8px; }
    code { font: 600 .9375em ui-monospace, monospace; user-select: all; overflow-wrap: anywhere; } .won { color: var(--_accent); }
    summary { padding-block: 10px; cursor: pointer; }
    @container card (min-width: 480px) { form { grid-template-columns: minmax(0, 1fr) auto; } label { grid-column: 1 / -1; } }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  money(minor: number): string { return this.context.format.money(minor, this.round?.currency); }

  async load(): Promise<void> {
    try {
      const { items } = await this.context.api.get<{ items: Round[] }>('rounds'), { activity } = this.context.data;
      const round = (activity ? items.find(({ id }) => id === activity) : items[0]) ?? null;
      if (round?.result) this.late ??= await import('./guess-price/reveal.js');
      this.round = round;
      this.say = undefined;
    } catch (error) {
      this.round = undefined;
      this.say = this.explain(error);
    }
  }

  async #guess(event: Event): Promise<void> {
    event.preventDefault();
    const { round, context } = this, input = this.renderRoot.querySelector('input');
    if (!round?.mine || !input || this.#busy) return;
    const amount = minorUnits(input.value, context.format.digits(round.currency));
    this.wrong = amount === undefined;
    if (amount === undefined) {
      this.say = html`<span class="danger">${this.t('guess.typed', { example: this.money(5990) })}</span>`;
      input.focus();
      return;
    }
    this.#busy = true;
    try {
      const { left, hint, no } = await context.api.post<{ no: number; hint: 'higher' | null; left: number }>(`rounds/${round.id}/guesses`, { amount });
      this.round = { ...round, mine: { left, guesses: [...round.mine.guesses, { no, amount, hint }] } };
      this.say = hint ? this.t(`guess.${hint}`, { price: this.money(amount) }) : this.t('guess.noted', { price: this.money(amount) });
      input.value = '';
      context.emit('guessed', { activityId: round.id, left });
    } catch (error) {
      // It has closed, or the guesses were used on another device: what is shown is fetched anew before the sentence is said.
      if (/NOT_FOUND|NO_GUESSES/.test((error as { code?: string }).code ?? '')) await this.load();
      this.say = html`<span class="danger">${this.explain(error)}</span>`;
    }
    this.#busy = false;
  }

  /** The way to guess: a form, a way to sign in, or the end of it. */
  #form({ mine, endsAt, currency }: Round): unknown {
    const { context } = this, status = html`<div class="status" id="say" role="status">${this.say}</div>`;
    if (!mine) return html`<p class="go"><button class="button" @click=${() => context.signIn?.()}>${this.t('guess.signIn')}</button></p>${status}`;
    return html`${mine.left ? html`<form novalidate @submit=${(event: Event) => this.#guess(event)}><label for="guess">${this.t('guess.label', { currency })}</label>
        <input id="guess" class="field" inputmode="decimal" autocomplete="off" maxlength="11" aria-invalid=${this.wrong ? true : nothing} aria-describedby="say"><button class="button">${this.t('guess.press', { n: mine.left })}</button></form>` : nothing}${status}
      ${mine.guesses.length ? html`<ol>${mine.guesses.map(({ amount, hint }) => html`<li><b>${this.money(amount)}</b>${hint ? html`<span>${this.t(`guess.short.${hint}`)}</span>` : nothing}</li>`)}</ol>` : nothing}
      ${mine.left || endsAt === null ? nothing : html`<p>${this.t('guess.used', { date: context.format.dateTime(endsAt) })}</p>`}`;
  }

  protected override render(): unknown {
    const { round, say, context: { format, rules, locale } } = this;
    if (!round) return html`<div class="card"><div class="status" role="status">${say ?? this.t(round === null ? 'guess.none' : 'loading')}</div>${say ? html`<button class="button" @click=${() => this.load()}>${this.t('retry')}</button>` : nothing}</div>`;
    const { product: { title, imageUrl, url }, state, endsAt, mode, tolerance } = round;
    return html`<div class="card"><div class="top">${imageUrl ? html`<img src=${imageUrl} alt="" width="88" height="88">` : html`<span></span>`}<div>
        <h2>${url ? html`<a href=${url}>${title}</a>` : title}</h2>
        <p class="muted">${this.t(`guess.mode.${mode}`, { off: format.percent(tolerance / 10_000) })}${state === 'open' && endsAt !== null ? html` ${this.t('guess.closes', { date: format.dateTime(endsAt) })}` : nothing}</p><p class="muted">${this.t('guess.prize', { prize: round.prize[locale] })}</p></div></div>
      ${state === 'open' ? this.#form(round) : this.late && round.result ? this.late.reveal(this, round) : html`<p class="big">${this.t('guess.soon')}</p><div class="status" role="status">${say}</div>`}
      <div class="line muted">${rules ? html`<a href=${rules(round.id)} target="_blank" rel="noopener">${this.t('rules')}</a>` : nothing}</div></div>`;
  }
}
