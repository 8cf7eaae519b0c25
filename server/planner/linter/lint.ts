import type { Mix } from '../mix/mix.js';
import { balanceRules } from './balance-rules.js';
import { costRules } from './cost-rules.js';
import { drawRules } from './draw-rules.js';
import { timingRules } from './timing-rules.js';
import type { Finding, PlanRule } from './rule.js';

/** Every rule of the planner. */
export const planRules: readonly PlanRule[] = [...balanceRules, ...drawRules, ...timingRules, ...costRules];

/** What the rules find in a mix, errors first. Pure. */
export function lint(mix: Mix, rules: readonly PlanRule[] = planRules): readonly Finding[] {
  const found = rules.flatMap(({ code, severity, check }) => check(mix).map((each): Finding => ({ code, severity, ...each })));
  return [...found.filter(({ severity }) => severity === 'error'), ...found.filter(({ severity }) => severity === 'warning')];
}

/** Errors about one activity, or that it has a part in: what keeps it from being published. What the mix as a whole still lacks is no reason to refuse its first part. */
export const blocking = (mix: Mix, activityId: string): readonly Finding[] => lint(mix).filter(({ severity, activity, among }) => severity === 'error' && (activity === activityId || among?.includes(activityId)));
