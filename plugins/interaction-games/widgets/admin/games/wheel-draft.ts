import type { WheelRules } from '../../../activities/wheel-rules.js';
import type { Panel, RewardKind } from './game.js';
import { outside, type Problems } from './form.js';

type Prize = WheelRules['prizes'][number];
type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** A wheel on the editor's desk. Numbers are NaN while their input holds none. */
export interface WheelDraft {
  title: string; startsAt: number | null; endsAt: number | null;
  config: Changeable<Omit<WheelRules, 'prizes' | 'guarantee'>> & { prizes: Changeable<Prize>[]; guarantee: Changeable<NonNullable<WheelRules['guarantee']>> | null };
}
export const MOST_PRIZES = 8;
const MOST_TICKETS = 200_000;

export const draftOf = (title: string, startsAt: number | null, endsAt: number | null, config: WheelRules): WheelDraft => ({ title, startsAt, endsAt, config: structuredClone(config) as WheelDraft['config'] });
export const newPrize = (): Prize => ({ title: { en: '', 'zh-CN': '' }, kind: 'points', amount: 10, quantity: 10 });

/** All tickets of the deck. */
export const ticketsOf = ({ config }: WheelDraft): number => [config.blanks, ...config.prizes.map(({ quantity }) => quantity)].reduce((sum, each) => sum + (each > 0 ? each : 0), 0);
/** Points that all prizes bring together, those set aside for newcomers too. */
export function pointsOf({ config: { prizes, guarantee } }: WheelDraft): number {
  const of = (prize: Prize | undefined, count: number): number => (prize?.kind === 'points' && prize.amount * count > 0 ? prize.amount * count : 0);
  return prizes.reduce((sum, prize) => sum + of(prize, prize.quantity), 0) + (guarantee ? of(prizes[guarantee.prize], guarantee.quantity) : 0);
}

/** Takes a prize away and keeps the newcomers' guarantee on the prize it meant. */
export function removePrize({ config }: WheelDraft, at: number): void {
  config.prizes.splice(at, 1);
  const { guarantee } = config;
  if (guarantee && guarantee.prize >= at) guarantee.prize = Math.max(0, guarantee.prize - 1);
}

/** What is wrong, by the paths that the server uses too. */
export function wheelProblems(panel: Panel, draft: WheelDraft, kinds: readonly RewardKind[]): Problems {
  const found: Record<string, string> = {};
  const need = (path: string, text: string | undefined): void => { if (text) found[path] = text; };
  const { config, startsAt, endsAt } = draft;
  const { guarantee } = config;
  need('title', draft.title.trim() ? undefined : panel.t('admin.form.needed'));
  need('endsAt', startsAt !== null && endsAt !== null && endsAt <= startsAt ? panel.t('admin.form.order') : undefined);
  for (const [at, prize] of config.prizes.entries()) {
    const path = `config.prizes.${at}`;
    for (const locale of ['en', 'zh-CN'] as const) need(`${path}.title.${locale}`, prize.title[locale].trim() ? undefined : panel.t('admin.form.needed'));
    need(`${path}.amount`, outside(panel, prize.amount, 1, 100_000));
    need(`${path}.quantity`, outside(panel, prize.quantity, 1, 100_000));
    const options = kinds.find(({ kind }) => kind === prize.kind)?.options ?? [];
    if (options.length) need(`${path}.ref`, options.some(({ ref }) => ref === prize.ref) ? undefined : panel.t('admin.form.choose'));
  }
  need('config.blanks', outside(panel, config.blanks, 0, 100_000) ?? (ticketsOf(draft) > MOST_TICKETS ? panel.t('admin.form.tickets', { max: MOST_TICKETS }) : undefined));
  need('config.freePerDay', outside(panel, config.freePerDay, 0, 20) ?? (config.freePerDay === 0 && !(config.costPerTry > 0 && config.paidPerDay > 0) ? panel.t('admin.form.nobody') : undefined));
  need('config.costPerTry', outside(panel, config.costPerTry, 0, 10_000));
  need('config.paidPerDay', outside(panel, config.paidPerDay, 0, 50));
  need('config.fallbackPoints', outside(panel, config.fallbackPoints, 0, 1_000));
  if (guarantee) need('config.guarantee.quantity', outside(panel, guarantee.quantity, 1, 100_000));
  return found;
}
