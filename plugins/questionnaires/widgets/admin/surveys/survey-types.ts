import type { ViewQuestion, Words } from '../../question-view.js';

export type State = 'draft' | 'checked' | 'scheduled' | 'live' | 'paused' | 'ended' | 'settled' | 'archived';
export interface SurveyConfig {
  readonly title?: Words; readonly intro?: Words; readonly thankYou?: Words; readonly rewardPoints: number; readonly questions: readonly ViewQuestion[];
}
export interface Survey { readonly id: string; readonly title: string; readonly state: State; readonly startsAt: number | null; readonly endsAt: number | null; readonly config: SurveyConfig }
export interface Totals { readonly started: number; readonly completed: number; readonly given: number }
export interface SurveyRow extends Survey { readonly totals: Totals }
export interface Template { readonly name: string; readonly summary: Words; readonly config: SurveyConfig }

export interface QuestionResult {
  readonly id: string; readonly kind: ViewQuestion['kind']; readonly title: Words; readonly required: boolean; readonly answers: number; readonly tooFew: boolean; readonly average: number | null;
  readonly options: readonly { readonly id: string; readonly title: Words; readonly n: number }[];
  readonly scores: readonly { readonly score: number; readonly n: number }[];
  readonly nps: { readonly n: number; readonly promoters: number; readonly passives: number; readonly detractors: number; readonly score: number | null; readonly margin: number | null; readonly low: number | null; readonly high: number | null } | null;
}
export interface Results { readonly survey: Survey; readonly totals: Totals; readonly questions: readonly QuestionResult[]; readonly byDay: readonly { readonly date: string; readonly n: number }[] }

export const KINDS = ['single', 'multiple', 'nps', 'rating', 'text'] as const;
export const TONES = { draft: 'neutral', checked: 'info', scheduled: 'info', live: 'success', paused: 'warning', ended: 'neutral', settled: 'neutral', archived: 'neutral' } as const;
export const HOME = '/plugins/questionnaires/surveys';
/** For links; the shell follows them without loading the page again. */
export const href = (path = ''): string => `/admin${HOME}${path}`;

/** What to call a survey in the admin: its name, or its title in the language of the page where nobody gave it another name. */
export function nameOf({ title, config }: Pick<Survey, 'title' | 'config'>, locale: keyof Words): string {
  const own = config.title;
  return own && own[locale] && (title === own.en || title === own['zh-CN']) ? own[locale] : title;
}
