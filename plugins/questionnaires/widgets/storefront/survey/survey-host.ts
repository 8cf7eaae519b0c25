import type { TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';
import type { Given, ViewQuestion, Words } from '../../question-view.js';

export interface Reward { readonly points: number; readonly state: 'none' | 'given' | 'waiting' | 'refused' | 'held' | 'denied' }
export interface Survey {
  readonly id: string; readonly title: Words; readonly intro?: Words; readonly rewardPoints: number; readonly thankYou?: Words; readonly questions: readonly ViewQuestion[];
  readonly progress: { readonly state: 'new' | 'partial' | 'completed'; readonly answers: Readonly<Record<string, Given>>; readonly reward: Reward };
}

/** What the parts of the widget that are fetched later see of it. */
export interface SurveyHost extends PluginElement {
  surveys: readonly Survey[] | undefined;
  survey: Survey | undefined;
  /** Number of the question on screen, from 0. */
  at: number;
  answers: Readonly<Record<string, Given>>;
  /** Answers as the server has them. */
  saved: Readonly<Record<string, Given>>;
  /** Takes the place of the questions once the survey is completed. */
  end: TemplateResult | undefined;
  problem: string | undefined;
  busy: boolean | undefined;
  /** Selector of what gets the focus after the next update. */
  focusOn: string | undefined;
  open(survey: Survey): Promise<void>;
  go(at: number): void;
  say(words: Words): string;
}
