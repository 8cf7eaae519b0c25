import { css, html, nothing, type TemplateResult } from 'lit';
import { ApiProblem } from 'guanxi/widgets';
import type { Given } from '../../question-view.js';
import type { Reward, Survey, SurveyHost } from './survey-host.js';

const styles = css`
  .thanks { display: grid; gap: 8px; justify-items: center; padding-block: 32px; text-align: center; }
  .thanks h2 { margin: 0; }
  .mark { display: grid; place-items: center; inline-size: 56px; block-size: 56px; border-radius: 50%; background: var(--_accent); color: var(--_on-accent); font-size: 1.75rem; }
`;
/** Written again here: a file shared with the first part would be one more request. */
const isEmpty = (given: Given): boolean => !String(given ?? '').trim();
interface Saved { readonly state: 'partial' | 'completed'; readonly reward: Reward }

/** The thanks, what the shopper got for it, and the next survey if there is one. */
export function thanks(host: SurveyHost, survey: Survey, { points: n, state }: Reward): TemplateResult {
  const root = host.renderRoot as ShadowRoot, { styleSheet } = styles;
  if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
  const other = host.surveys?.find(({ id, progress }) => id !== survey.id && progress.state !== 'completed');
  const { format, signIn } = host.context;
  return html`<div class="thanks"><div class="mark" aria-hidden="true">✓</div>
    <h2 tabindex="-1">${survey.thankYou ? host.say(survey.thankYou) : host.t('survey.thanks')}</h2>
    ${n && state !== 'none' ? html`<p role="status">${host.t(`survey.${state}`, { points: format.points(n) })}</p>` : nothing}
    ${state === 'waiting' && signIn ? html`<button class="button" @click=${() => signIn()}>${host.t('survey.signIn')}</button>` : nothing}
    ${other ? html`<button class="button quiet" @click=${() => { host.focusOn = 'legend'; void host.open(other); }}>${host.t('survey.other', { title: host.say(other.title) })}</button>` : nothing}
  </div>`;
}

/** Saves the answer on screen and goes on; the last one completes the survey. */
export async function goOn(host: SurveyHost): Promise<void> {
  const { survey, at, answers } = host;
  const question = survey?.questions[at];
  if (!survey || !question || host.busy) return;
  const given = answers[question.id];
  if (question.required && isEmpty(given)) {
    host.focusOn = 'fieldset input, textarea';
    host.problem = host.t('survey.needed');
    return;
  }
  const last = at === survey.questions.length - 1;
  const changed = JSON.stringify(given ?? '') !== JSON.stringify(host.saved[question.id] ?? '');
  if (!changed && !last) { host.go(at + 1); return; }
  host.busy = true;
  host.problem = '';
  try {
    const { state, reward } = await host.context.api.post<Saved>(`/surveys/${survey.id}/answers`, { ...(changed && { questionId: question.id, value: isEmpty(given) ? null : given }), complete: last });
    host.saved = { ...host.saved, [question.id]: given };
    if (state === 'completed' && last) {
      host.surveys = host.surveys?.filter(({ id }) => id !== survey.id);
      host.focusOn = 'h2';
      host.end = thanks(host, survey, reward);
      host.context.emit('completed', reward);
    } else host.go(at + 1);
  } catch (error) {
    const open = survey.questions.findIndex(({ id, required }) => required && isEmpty(host.saved[id]));
    if (error instanceof ApiProblem && error.code === 'GX_SURVEY_INCOMPLETE' && open >= 0) host.go(open);
    host.problem = host.explain(error);
  } finally { host.busy = false; }
}
