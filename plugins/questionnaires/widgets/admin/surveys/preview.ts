import { css, html, nothing, render, type TemplateResult } from 'lit';
import { shopperStyles } from 'guanxi/widgets';
import { fill } from 'guanxi/kit';
import en from '../../../locales/en.json' with { type: 'json' };
import zh from '../../../locales/zh-CN.json' with { type: 'json' };
import { isEmpty, questionStyles, questionView, type Given, type Words } from '../../question-view.js';
import { stored } from './draft-changes.js';
import type { SurveyConfig } from './survey-types.js';

const TEXTS: Readonly<Record<keyof Words, Readonly<Record<string, string>>>> = { en, 'zh-CN': zh };
const styles = css`
  :host { display: block; font-size: 16px; color-scheme: light; --gx-accent: #b42318; --gx-on-accent: #fff; --gx-surface: #fff; --gx-text: #1f2423; }
  .row { display: flex; flex-wrap: wrap; gap: 8px; justify-content: space-between; margin-block-start: 16px; }
  .row .button:only-child { margin-inline-start: auto; }
  .thanks { display: grid; gap: 8px; justify-items: center; padding-block: 24px; text-align: center; }
`;

/** The survey as a shopper sees it, in a shadow root of its own, so that the admin's styles stay out. Answers go nowhere. */
export class Preview {
  language: keyof Words = 'en';
  at = 0;
  #answers: Readonly<Record<string, Given>> = {};
  #config: SurveyConfig | undefined;
  #name = '';
  #box: HTMLElement | undefined;

  constructor(private readonly changed: () => void) {}

  /** Draws into an element of the page; call it after every update. */
  draw(box: HTMLElement | null, name: string, config: SurveyConfig): void {
    if (!box) return;
    this.#box = box;
    this.#name = name;
    this.#config = stored(config);
    this.#draw();
  }

  show(at: number): void { this.at = at; this.changed(); }

  #t = (key: string, params: Readonly<Record<string, string | number>> = {}): string => fill(TEXTS[this.language][key] ?? key, params);
  #say = (words: Words): string => words[this.language].trim() || words.en.trim() || words['zh-CN'].trim() || '…';

  #draw(): void {
    const box = this.#box;
    if (!box || !this.#config) return;
    let root = box.shadowRoot;
    if (!root) {
      root = box.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [shopperStyles, questionStyles, styles].flatMap(({ styleSheet }) => (styleSheet ? [styleSheet] : []));
    }
    box.lang = this.language;
    render(this.#view(this.#config), root);
  }

  #view(config: SurveyConfig): TemplateResult {
    const { questions } = config;
    const at = Math.min(this.at, questions.length);
    const question = questions[at];
    const points = config.rewardPoints ? this.#points(config.rewardPoints) : '';
    if (!question) {
      return html`<section class="card"><div class="thanks"><h3>${config.thankYou ? this.#say(config.thankYou) : this.#t('survey.thanks')}</h3>${points ? html`<p>${this.#t('survey.given', { points })}</p>` : nothing}
        <button class="button quiet" type="button" @click=${() => this.show(0)}>${this.#t('survey.again')}</button></div></section>`;
    }
    const given = this.#answers[question.id];
    return html`<section class="card"><h2 class="muted">${config.title ? this.#say(config.title) : this.#name}</h2>
      ${at === 0 && (config.intro || points) ? html`<p class="muted">${config.intro ? this.#say(config.intro) : ''} ${points ? this.#t('survey.earn', { points }) : ''}</p>` : nothing}
      <p class="muted">${at + 1} / ${questions.length}</p>
      ${questionView({ question, given, say: this.#say, t: this.#t, set: (value) => { this.#answers = { ...this.#answers, [question.id]: value }; this.#draw(); } })}
      <p id="problem" hidden></p><div class="row">${at ? html`<button class="button quiet" type="button" @click=${() => this.show(at - 1)}>${this.#t('survey.back')}</button>` : nothing}
        <button class="button" type="button" @click=${() => this.show(at + 1)}>${this.#t(at === questions.length - 1 ? 'survey.finish' : !question.required && isEmpty(given) ? 'survey.skip' : 'survey.next')}</button></div></section>`;
  }

  #points(n: number): string { return this.language === 'en' ? `${n} ${n === 1 ? 'point' : 'points'}` : `${n} 积分`; }
}
