import { css, html, nothing, type TemplateResult } from 'lit';

export interface Words { readonly en: string; readonly 'zh-CN': string }
export type Given = string | number | readonly string[] | undefined;
export interface ViewQuestion {
  readonly id: string; readonly kind: 'single' | 'multiple' | 'nps' | 'rating' | 'text'; readonly title: Words; readonly help?: Words; readonly required: boolean;
  readonly options: readonly { readonly id: string; readonly title: Words }[]; readonly maxChoices?: number; readonly labels?: { readonly low: Words; readonly high: Words };
}
export interface QuestionView {
  readonly question: ViewQuestion;
  readonly given: Given;
  readonly say: (words: Words) => string;
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly set: (given: Given) => void;
  /** What is wrong with the answer. */
  readonly problem: string;
}

/** Whether nothing is chosen or written. */
export const isEmpty = (given: Given): boolean => given === undefined || (typeof given !== 'number' && !(typeof given === 'string' ? given.trim() : given.length));

function choices({ question, given, say, set, problem }: QuestionView): TemplateResult {
  const many = question.kind === 'multiple';
  const chosen = Array.isArray(given) ? given as readonly string[] : [];
  const full = many && chosen.length >= (question.maxChoices ?? question.options.length);
  return html`<div class="choices">${question.options.map(({ id, title }) => {
    const on = many ? chosen.includes(id) : given === id;
    return html`<label class="choice"><input type=${many ? 'checkbox' : 'radio'} name="answer" .checked=${on} ?disabled=${full && !on} aria-describedby=${problem ? 'problem' : nothing}
      @change=${() => set(many ? (on ? chosen.filter((each) => each !== id) : [...chosen, id]) : id)}><span>${say(title)}</span></label>`;
  })}</div>`;
}

function scale({ question, given, say, t, set, problem }: QuestionView): TemplateResult {
  const low = question.kind === 'nps' ? 0 : 1;
  const scores = Array.from({ length: question.kind === 'nps' ? 11 : 5 }, (_, at) => low + at);
  const { labels } = question;
  const name = (score: number): string => {
    const end = score === low ? labels?.low : score === scores.at(-1) ? labels?.high : undefined;
    return (question.kind === 'rating' ? t('survey.of5', { n: score }) : String(score)) + (end ? `, ${say(end)}` : '');
  };
  return html`<div class="scores ${question.kind}">${scores.map((score) => html`<label class="choice"><input type="radio" name="answer" .checked=${given === score} aria-label=${name(score)} aria-describedby=${problem ? 'problem' : nothing}
    @change=${() => set(score)}><span aria-hidden="true">${question.kind === 'rating' ? `${score} ★` : score}</span></label>`)}</div>
    ${labels ? html`<p class="ends muted" aria-hidden="true"><span>${say(labels.low)}</span><span>${say(labels.high)}</span></p>` : nothing}`;
}

/** One question with its control; shared by shoppers and by the preview of the builder. */
export function questionView(view: QuestionView): TemplateResult {
  const { question, given, say, t, set, problem } = view;
  const help = question.help ? say(question.help) : question.maxChoices ? t('survey.most', { n: question.maxChoices }) : '';
  return html`<fieldset>
    <legend tabindex="-1">${say(question.title)}${question.required ? nothing : html` <span class="muted">${t('survey.optional')}</span>`}</legend>
    ${help ? html`<p class="muted">${help}</p>` : nothing}
    ${question.kind === 'text' ? html`<textarea class="field" rows="4" maxlength="2000" aria-label=${say(question.title)} aria-describedby=${problem ? 'problem' : nothing} .value=${String(given ?? '')} @input=${(event: Event) => set((event.target as HTMLTextAreaElement).value)}></textarea>`
    : question.options.length ? choices(view) : scale(view)}
  </fieldset>`;
}

export const questionStyles = css`
.name { margin-block-end: 8px; font-size: .9375em; color: var(--_muted); }
fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
legend { padding: 0; margin-block-end: 10px; font-weight: 600; font-size: 1.1875em; line-height: 1.4; overflow-wrap: anywhere; }
.choices { display: grid; gap: 8px; }
.choice { position: relative; display: flex; gap: 12px; align-items: center; min-block-size: 48px; padding: 8px 14px; border: 1px solid var(--_control); border-radius: 8px; background: var(--_surface); cursor: pointer; overflow-wrap: anywhere; }
.choice:hover { background: var(--_soft); }
.choice:has(:checked) { border-color: var(--_accent); box-shadow: inset 0 0 0 1px var(--_accent); background: var(--_soft); font-weight: 600; }
.choice:has(:focus-visible) { outline: 3px solid var(--_focus); outline-offset: 2px; }
.choice:has(:disabled) { opacity: .6; cursor: default; }
.choice input { flex: none; inline-size: 20px; block-size: 20px; margin: 0; accent-color: var(--_accent); outline: none; }
.scores { display: grid; gap: 6px; grid-template-columns: repeat(auto-fit, minmax(44px, 1fr)); }
.scores.rating { grid-template-columns: repeat(5, minmax(0, 1fr)); }
.scores .choice { justify-content: center; padding: 4px; text-align: center; }
.scores input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer; }
.ends { display: flex; gap: 16px; justify-content: space-between; margin-block: 6px 0; }
textarea { resize: vertical; }
@media (forced-colors: active) { .choice:has(:checked) { outline: 3px solid Highlight; } }
`;
