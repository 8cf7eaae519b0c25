import { css, html, nothing, type TemplateResult } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import type { Asked, Card, Reward, TaskName, Tier } from './card/card-types.js';
import type { TaskForm } from './card/task-form.js';

/** The member's tier, what is left to the next one, what it brings, and the one-off tasks. A guest sees what signing in would bring. */
export default class MemberCard extends PluginElement {
  static override properties = { card: { state: true }, say: { state: true }, form: { state: true } };
  declare card: Card | undefined;
  declare say: unknown;
  declare form: TaskForm | undefined;

  static override styles = [shopperStyles, css`
    .card { container: card / inline-size; }
    .card > * { margin-block: 0 12px; }
    .card > :last-child { margin: 0; }
    .two { display: grid; gap: 8px 32px; }
    .two p { margin: 0; }
    .two h2 { margin-block-start: 12px; }
    @container card (min-width: 640px) { .two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
    .face { padding: 16px; border-radius: var(--_radius); background: var(--_accent); color: var(--_on-accent); }
    .face p { margin: 0; }
    .face strong { display: block; font-size: 1.75em; line-height: 1.3; }
    .row { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between; }
    progress { inline-size: 100%; block-size: 10px; accent-color: var(--_accent); }
    ul { display: grid; gap: 4px; margin-block: 0 8px; padding: 0; list-style: none; }
    .tasks li { padding-block-start: 4px; border-block-start: 1px solid var(--_border); }
    .tasks li:first-child { border: 0; }
    summary { min-block-size: 24px; cursor: pointer; }
    form { display: grid; gap: 12px; padding-block: 8px; }
  `];

  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stops = ['interaction-games.checked-in', 'interaction-games.played', 'questionnaires.completed', 'coupon-exchange.redeemed'].map((event) => this.context.on(event, () => void this.load()));
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
  }

  async load(): Promise<void> {
    try {
      this.card = await this.context.api.get<Card>('card');
    } catch (error) {
      this.say = html`<span class="danger">${this.explain(error)}</span>`;
    }
  }

  /** Does a task and says what it brought. Answers whether it worked. */
  async done(task: TaskName, body?: object): Promise<boolean> {
    try {
      const { reward: { points, state }, guarded } = await this.context.api.post<{ reward: Reward; guarded?: boolean }>(`tasks/${task}`, body);
      this.form = undefined;
      const said = this.t(`card.${state}`, { n: this.context.format.points(points) });
      this.say = guarded ? html`${this.t('card.guarded')} ${said}` : said;
      await this.load();
      this.context.emit('task-done', { task });
      return true;
    } catch (error) {
      this.say = html`<span class="danger">${this.explain(error)}</span>`;
      return false;
    }
  }

  async #open(task: TaskName): Promise<void> {
    if (task === 'follow') await this.done(task);
    else this.form = new (await import('./card/task-form.js')).TaskForm(this, task);
  }

  /** Each way that is left, joined by “or”. */
  #ways({ spend, orders, growth }: Asked): string {
    const { format } = this.context;
    return [spend && this.t('card.spend', { n: format.money(spend) }), orders && this.t('card.orders', { n: orders }), growth && this.t('card.growth', { n: format.number(growth) })].filter(Boolean).join(this.t('card.or'));
  }

  #share({ has, next, tiers, rank }: Card): number {
    const entry = tiers[rank + 1]?.entry;
    return entry && next ? Math.max(...(['spend', 'orders', 'growth'] as const).map((of) => (entry[of] ? has[of] / entry[of] : 0))) : 1;
  }

  #benefits(tier: Tier): TemplateResult {
    const { format: { percent, points } } = this.context;
    return html`<ul>${[
      tier.discount && this.t('card.discount', { n: percent(tier.discount / 1e4) }), tier.multiplier > 1e4 && this.t('card.multiplier', { n: tier.multiplier / 1e4 }), tier.birthdayGift && this.t('card.birthdayGift', { n: points(tier.birthdayGift) }),
      tier.priorityHours && this.t('card.priority', { n: tier.priorityHours }),
    ].map((line) => (line ? html`<li>✓ ${line}</li>` : nothing))}</ul>`;
  }

  protected override render(): unknown {
    const { card, context: { locale, format, signIn }, say } = this;
    if (!card) return html`<div class="card" aria-busy=${!say}>${say ? html`<p role="alert">${say}</p><button class="button" @click=${() => this.load()}>${this.t('retry')}</button>` : this.t('loading')}</div>`;
    const { who, rank, tiers, next, keep, tasks, points, saved, state, graceEnd, termEnd } = card, tier = tiers[rank]!, above = tiers[rank + 1];
    const title = above?.title[locale] ?? '';
    return html`<div class="card">
      <div class="face"><p>${who === 'member' ? this.t('card.yours') : this.t('card.wouldBe')}</p><strong>${tier.title[locale]}</strong>
        <p class="row">${points === null ? '' : html`<span>${format.points(points)}</span>`}${saved ? html`<span>${this.t('card.saved', { n: format.money(saved) })}</span>` : ''}${keep ? html`<span>${this.t(`card.${state}`, { date: format.date(Date.parse(`${(state === 'grace' ? graceEnd : termEnd) ?? ''}T12:00Z`)), ways: this.#ways(keep) })}</span>` : ''}</p></div>
      ${who === 'member' ? nothing : html`<p class="row"><span>${this.t('card.signInText')}</span><button class="button" @click=${() => signIn?.()}>${this.t('signIn')}</button></p>`}
      <div class="two"><div>${next ? html`<p id="to">${this.t('card.next', { title, ways: this.#ways(next.missing) })}</p><progress max="1" value=${this.#share(card)} aria-labelledby="to"></progress>` : html`<p>${this.t('card.top')}</p>`}
        <h2>${this.t('card.benefits', { title: tier.title[locale] })}</h2>${this.#benefits(tier)}${above ? html`<details><summary>${this.t('card.benefits', { title })}</summary>${this.#benefits(above)}</details>` : nothing}</div>
        ${tasks.length ? html`<div><h2>${this.t('card.tasks')}</h2><ul class="tasks">${tasks.map(({ task, points: n, done }) => html`<li class="row"><span>${this.t(`card.task.${task}`)} <span class="muted">+${format.points(n)}</span></span>${done ? html`<span class="muted">✓ ${this.t('card.done')}</span>` : html`<button class="button quiet" aria-label="${this.t(`card.do.${task}`)}: ${this.t(`card.task.${task}`)}" aria-expanded=${task === 'follow' ? nothing : this.form?.task === task} @click=${() => this.#open(task)}>${this.t(`card.do.${task}`)}</button>`}</li>${this.form?.task === task ? this.form.render() : nothing}`)}</ul></div>` : nothing}</div>
      <div class="status" role="status">${say}</div></div>`;
  }
}
