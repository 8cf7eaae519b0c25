import { css, html, nothing, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';

interface Status { readonly activityId: string; readonly done: boolean; readonly streak: number; readonly cycle: readonly number[] }
interface Result { readonly streak: number; readonly earned: number; readonly next: number; readonly again: boolean; readonly notice?: string }

/** Days that are shown at once. */
const WEEK = 7;

/** Once a day: seven tiles, today ringed, and one button. */
export default class CheckIn extends PluginElement {
  static override properties = { status: { state: true }, say: { state: true }, gate: { state: true } };
  /** `null` while no check-in runs. */
  declare status: Status | null | undefined;
  declare say: unknown;
  declare gate: boolean;
  #busy = false;

  static override styles = [shopperStyles, css`
    .card { container: card / inline-size; }
    .card > * { margin-block: 0 12px; }
    .card > :last-child { margin: 0; }
    ol { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 8px; padding: 0; list-style: none; }
    li { display: grid; gap: 2px; justify-items: center; padding: 8px 2px; border: 1px solid var(--_border); border-radius: 10px; font-size: .8125em; color: var(--_muted); }
    li:nth-child(7) { grid-column: span 2; background: var(--_soft); }
    b { color: var(--_text); font-size: 1.5em; line-height: 1.35; font-variant-numeric: tabular-nums; }
    .done { background: var(--_soft); }
    .done b, li:nth-child(7) b { color: var(--_accent); }
    [aria-current] { border-color: var(--_accent); box-shadow: 0 0 0 1.5px var(--_accent); color: var(--_text); font-weight: 600; }
    svg { display: block; inline-size: 1.35em; block-size: 1.35em; fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
    .line { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
    a { padding-block: 10px; color: inherit; }
    .button[aria-disabled] { background: var(--_border); color: var(--_text); cursor: default; }
    @container card (min-width: 560px) { ol { grid-template-columns: repeat(7, minmax(0, 1fr)); } li:nth-child(7) { grid-column: auto; } }
    @media (prefers-reduced-motion: no-preference) { .fresh svg { animation: pop .5s cubic-bezier(.2, 1.6, .4, 1); } }
    @keyframes pop { from { transform: scale(0) rotate(-30deg); } }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.status = await this.context.api.get<Status | null>('check-ins');
      this.say = undefined;
    } catch (error) {
      this.status = null;
      this.say = this.explain(error);
    }
  }

  async #press(): Promise<void> {
    const { status, context } = this;
    if (!status || this.#busy) return;
    this.#busy = true;
    try {
      const { streak, earned: n, again, notice } = await context.api.post<Result>('check-ins');
      this.status = { ...status, done: true, streak };
      this.say = again ? this.t('checkIn.again') : notice && !n ? notice : html`<strong>${this.t('checkIn.earned', { n })}</strong> ${notice ?? ''}`;
      context.emit('checked-in', { streak, earned: n });
    } catch (error) {
      const { code = '' } = error as { code?: string };
      this.gate = code.startsWith('GX_SIGN_IN');
      this.say = html`<span class="danger">${this.explain(error)}</span>`;
    }
    this.#busy = false;
  }

  #tile(day: number, today: number, { done, cycle, streak }: Status): TemplateResult {
    const n = cycle[(day - 1) % cycle.length] ?? 0, past = day <= streak;
    return html`<li class="${past ? 'done' : ''} ${this.say && day === today ? 'fresh' : ''}" aria-current=${day === today ? 'date' : nothing}>
      <span class="visually-hidden">${this.t('checkIn.day', { day, n })}${past ? this.t('checkIn.isDone') : day === today && !done ? this.t('checkIn.isToday') : ''}</span>
      <span aria-hidden="true">${this.t('checkIn.short', { day })}</span><b aria-hidden="true">${past ? html`<svg viewBox="0 0 24 24"><path d="M5 12.5l5 5 9-10"/></svg>` : `+${n}`}</b>
    </li>`;
  }

  protected override render(): unknown {
    const { status, context } = this;
    const say = html`<div class="status" role="status">${this.say ?? (status ? '' : this.t(status === null ? 'checkIn.none' : 'loading'))}</div>`;
    if (!status) return html`<div class="card" aria-busy=${status === undefined}>${say}${this.say ? html`<button class="button" @click=${() => this.#load()}>${this.t('retry')}</button>` : nothing}</div>`;
    const { done, streak, cycle } = status, { length } = cycle;
    const today = streak + (done ? 0 : 1), at = (today - 1) % length, first = today - at % WEEK;
    const days = Math.min(WEEK, length - at + at % WEEK), n = cycle[at] ?? 0, next = cycle[today % length] ?? 0;
    return html`<div class="card">
      <h2>${done ? this.t('checkIn.tomorrow', { streak, n: next }) : streak ? this.t('checkIn.keep', { streak }) : this.t('checkIn.begin')}</h2>
      <ol>${Array.from({ length: days }, (_, index) => this.#tile(first + index, today, status))}</ol>
      <div class="line"><button class="button" aria-disabled=${done ? true : nothing} @click=${done ? nothing : this.gate ? () => this.context.signIn?.() : () => this.#press()}>${done ? this.t('checkIn.done') : this.gate ? this.t('signIn') : this.t('checkIn.press', { n })}</button>${say}${context.rules ? html`<a href=${context.rules(status.activityId)} target="_blank" rel="noopener">${this.t('rules')}</a>` : nothing}</div>
    </div>`;
  }
}
