import type { CardReward } from '../../reward-card.js';
import type { Reward } from './reward-types.js';

/** A reward as its form holds it: numbers as typed, money in the currency's main unit, percentages in percent. */
export interface RewardDraft {
  readonly en: string; readonly zh: string; readonly kind: Reward['kind']; readonly discount: string; readonly minimum: string; readonly cost: string;
  readonly unlimited: boolean; readonly stock: string; readonly perPerson: string; readonly validDays: string;
}
/** What the server takes: money in minor units, percentages in basis points. */
export type RewardBody = Omit<CardReward, 'remaining'> & { readonly stock: number | null };
/** What is wrong, by the server's name of the field. */
export interface Wrong { readonly key: 'required' | 'range' | 'whole'; readonly min: number; readonly max: number }

const MONEY_MAX = 100_000_000;
const BASIS = 100;
export const FIRST: RewardDraft = { en: '', zh: '', kind: 'amount', discount: '5', minimum: '0', cost: '300', unlimited: false, stock: '100', perPerson: '1', validDays: '30' };

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const scale = (text: string, by: number): number => Math.round(numberOf(text) * by);

/** @param digits - digits after the decimal sign in the shop's currency */
export function draftOf(reward: Reward, digits: number): RewardDraft {
  const unit = 10 ** digits;
  const { title, kind, discount, minimum, cost, stock, perPerson, validDays } = reward;
  return {
    en: title.en, zh: title['zh-CN'], kind, discount: kind === 'free-shipping' ? FIRST.discount : String(discount / (kind === 'percent' ? BASIS : unit)), minimum: String(minimum / unit), cost: String(cost),
    unlimited: stock === null, stock: stock === null ? FIRST.stock : String(stock), perPerson: String(perPerson), validDays: String(validDays),
  };
}

/** What is sent; NaN where the text is no number. */
export function bodyOf(draft: RewardDraft, digits: number): RewardBody {
  const unit = 10 ** digits;
  return {
    title: { en: draft.en.trim(), 'zh-CN': draft.zh.trim() }, kind: draft.kind,
    discount: draft.kind === 'free-shipping' ? 0 : scale(draft.discount, draft.kind === 'percent' ? BASIS : unit),
    minimum: scale(draft.minimum, unit), cost: numberOf(draft.cost), stock: draft.unlimited ? null : numberOf(draft.stock), perPerson: numberOf(draft.perPerson), validDays: numberOf(draft.validDays),
  };
}

/** The server's rules, checked while the merchant types. Limits are in the units of the form. */
export function wrongOf(draft: RewardDraft, digits: number): Readonly<Record<string, Wrong>> {
  const body = bodyOf(draft, digits);
  const unit = 10 ** digits;
  const wrong: Record<string, Wrong> = {};
  const check = (field: string, value: number, min: number, max: number, by = 1): void => {
    if (!(Number.isInteger(value) && value >= min && value <= max)) wrong[field] = { key: by === 1 ? 'whole' : 'range', min: min / by, max: max / by };
  };
  if (!body.title.en) wrong['title.en'] = { key: 'required', min: 1, max: 80 };
  if (!body.title['zh-CN']) wrong['title.zh-CN'] = { key: 'required', min: 1, max: 40 };
  if (draft.kind === 'amount') check('discount', body.discount, 1, MONEY_MAX, unit);
  if (draft.kind === 'percent') check('discount', body.discount, 1, 100 * BASIS, BASIS);
  check('minimum', body.minimum, 0, MONEY_MAX, unit);
  check('cost', body.cost, 1, 1_000_000);
  if (body.stock !== null) check('stock', body.stock, 0, 1_000_000);
  check('perPerson', body.perPerson, 1, 1000);
  check('validDays', body.validDays, 1, 730);
  return wrong;
}
