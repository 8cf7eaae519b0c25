import { html, type TemplateResult } from 'lit';
import type MemberCard from '../member-card.element.js';

const GENDERS = ['female', 'male', 'other', 'private'] as const;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What a task asks, below its line. Fetched when somebody first wants to tell something. */
export class TaskForm {
  #busy = false;

  constructor(private readonly host: MemberCard, readonly task: 'birthday' | 'profile') {
    void host.updateComplete.then(() => host.renderRoot.querySelector<HTMLElement>('form select, form input')?.focus());
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#busy) return;
    this.#busy = true;
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const year = text('year');
    await this.host.done(this.task, this.task === 'birthday' ? { month: Number(text('month')), day: Number(text('day')), ...(year ? { year: Number(year) } : {}) } : {
      nickname: text('nickname'), gender: text('gender') || null, interests: text('interests').split(/[,，、]/).map((each) => each.trim().slice(0, 40)).filter(Boolean).slice(0, 10),
    });
    this.#busy = false;
  }

  #choose(name: string, options: readonly (readonly [value: string | number, label: string | number])[], required = true): TemplateResult {
    return html`<label>${this.host.t(`form.${name}`)}<select class="field" name=${name} ?required=${required}><option value="">${this.host.t('form.choose')}</option>${options.map(([value, label]) => html`<option value=${value}>${label}</option>`)}</select></label>`;
  }

  #birthday(): TemplateResult {
    const { host } = this;
    const month = new Intl.DateTimeFormat(host.context.locale, { month: 'long', timeZone: 'UTC' });
    return html`${this.#choose('month', DAYS.map((_, at) => [at + 1, month.format(Date.UTC(2024, at, 1))]))}${this.#choose('day', Array.from({ length: 31 }, (_, at) => [at + 1, at + 1]))}
      <label>${host.t('form.year')}<input class="field" name="year" inputmode="numeric" pattern="(18|19|20)[0-9]{2}" maxlength="4" autocomplete="bday-year"></label><p class="muted">${host.t('form.birthdayHint')}</p>`;
  }

  #profile(): TemplateResult {
    const { host } = this;
    return html`<label>${host.t('form.nickname')}<input class="field" name="nickname" required maxlength="40" autocomplete="nickname"></label>${this.#choose('gender', GENDERS.map((each) => [each, host.t(`form.gender.${each}`)]), false)}
      <label>${host.t('form.interests')}<input class="field" name="interests" maxlength="300"></label><p class="muted">${host.t('form.profileHint')}</p>`;
  }

  render(): TemplateResult {
    const { host, task } = this;
    return html`<li><form @submit=${(event: SubmitEvent) => this.#send(event)}>${task === 'birthday' ? this.#birthday() : this.#profile()}
      <p><button class="button">${host.t('form.save')}</button> <button type="button" class="button quiet" @click=${() => { host.form = undefined; }}>${host.t('form.cancel')}</button></p></form></li>`;
  }
}
