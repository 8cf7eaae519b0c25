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
}

/** Whether nothing is chosen or written. */
export const isEmpty = (given: Given): boolean => !String(given ?? '').trim();

/** Options or scores, each a label around its radio or check box. */
function choices({ question: { kind, options, maxChoices = 12, labels }, given, say, set }: QuestionView): TemplateResult {
  const many = kind === 'multiple', nps = kind === 'nps';
  const chosen = [given ?? []].flat() as (string | number)[];
  const scores = options.length ? [] : Array.from({ length: nps ? 11 : 5 }, (_, at) => at + (nps ? 0 : 1));
  const one = (value: string | number, text: unknown): TemplateResult => {
    const on = chosen.includes(value);
    const others = chosen.filter((each) => each !== value);
    return html`<label class="field choice"><input type=${many ? 'checkbox' : 'radio'} name="answer" .checked=${on} ?disabled=${many && !on && others.length >= maxChoices} aria-describedby="ends problem"
      @change=${() => set(many ? (on ? others : [...others, value]) as string[] : value)}><span>${text}</span></label>`;
  };
  return html`<div class="choices ${options.length ? '' : 'scale'}">${options.map(({ id, title }) => one(id, say(title)))}${scores.map((score) => one(score, html`${score}${nps ? nothing : html`<span aria-hidden="true"> ★</span>`}`))}</div>
    ${labels ? html`<p class="ends muted" id="ends"><span>${say(labels.low)}</span><span>${say(labels.high)}</span></p>` : nothing}`;
}

/** One question with its control, described by the elements `ends` and `problem` of the same root; shared by shoppers and by the preview of the builder. */
export function questionView(view: QuestionView): TemplateResult {
  const { question, given, say, t, set } = view;
  const help = question.help ? say(question.help) : question.maxChoices && t('survey.most', { n: question.maxChoices });
  return html`<fieldset>
    <legend tabindex="-1">${say(question.title)}${question.required ? nothing : html` <span class="muted">${t('survey.optional')}</span>`}</legend>
    ${help ? html`<p class="muted">${help}</p>` : nothing}
    ${question.kind === 'text' ? html`<textarea class="field" rows="4" maxlength="2000" aria-label=${say(question.title)} aria-describedby="problem" .value=${String(given ?? '')} @input=${(event: Event) => set((event.target as HTMLTextAreaElement).value)}></textarea>`
    : choices(view)}
  </fieldset>`;
}

export const questionStyles = css`
.card { overflow-wrap: anywhere; }
fieldset { display: contents; }
legend { padding: 0; margin-block-end: 10px; font-weight: 600; font-size: 1.1875em; }
.choices { display: grid; gap: 8px; }
.choice { position: relative; display: flex; gap: 12px; align-items: center; cursor: pointer; }
.choice:has(:checked) { outline: 2px solid var(--_accent); background: var(--_soft); }
.choice:has(:focus-visible) { outline: 3px solid var(--_focus); outline-offset: 2px; }
input { inline-size: 20px; block-size: 20px; margin: 0; accent-color: var(--_accent); outline: none; }
.scale { grid-template-columns: repeat(auto-fit, minmax(39.5px, 1fr)); }
.scale .choice { justify-content: center; padding: 4px; }
.scale input { position: absolute; opacity: 0; }
.ends { display: flex; justify-content: space-between; margin-block-start: 6px; }
`;
