import type { CardReward, Kind } from '../../reward-card.js';
import type { Reward } from './reward-types.js';

/** A reward as its form holds it: numbers as typed, money in the currency's main unit, percentages in percent. */
export interface RewardDraft {
  readonly en: string; readonly zh: string; readonly kind: Kind; readonly discount: string; readonly minimum: string; readonly cost: string;
  readonly unlimited: boolean; readonly stock: string; readonly perPerson: string; readonly validDays: string;
  readonly sku: string | null; readonly activityId: string; readonly noteEn: string; readonly noteZh: string; readonly partialReturn: Reward['partialReturn'];
  readonly skus: readonly string[]; readonly startsOn: string; readonly endsOn: string; readonly lastUseOn: string; readonly prizeOnly: boolean; readonly welcome: boolean; /** Percent. */ readonly holdout: string; /** Empty: as the shop's own figures tell. */ readonly ownCost: string;
}
/** What the server takes: money in minor units, percentages in basis points. */
export type RewardBody = Omit<CardReward, 'remaining' | 'product' | 'note'> & Pick<Reward, 'stock' | 'sku' | 'activityId' | 'note' | 'partialReturn' | 'skus' | 'startsOn' | 'endsOn' | 'lastUseOn' | 'prizeOnly' | 'welcome' | 'holdout' | 'ownCost'>;
/** What is wrong, by the server's name of the field. */
export interface Wrong { readonly key: 'required' | 'range' | 'whole' | 'choose' | 'order'; readonly min: number; readonly max: number }

export const KINDS: readonly Kind[] = ['amount', 'percent', 'free-shipping', 'product', 'next-order', 'right', 'code', 'draw', 'credit', 'donation'];
const MONEY_MAX = 100_000_000;
const TRIES_MAX = 100;
const BASIS = 100;
const NUMBER: Readonly<Record<Kind, 'money' | 'percent' | 'tries' | 'none'>> = {
  'amount': 'money', 'percent': 'percent', 'free-shipping': 'none', 'product': 'money', 'next-order': 'none', 'right': 'none', 'code': 'none', 'draw': 'tries', 'credit': 'money', 'donation': 'money',
};
/** What a kind's number counts. */
export const numberKind = (kind: Kind): (typeof NUMBER)[Kind] => NUMBER[kind];
export const hasMinimum = (kind: Kind): boolean => kind === 'amount' || kind === 'percent' || kind === 'free-shipping' || kind === 'product';
/** Whether anything stays open that can end. */
export const hasEnd = (kind: Kind): boolean => hasMinimum(kind) || kind === 'next-order' || kind === 'right';
/** Whether the checkout can keep it to chosen products. */
export const forProducts = (kind: Kind): boolean => kind === 'amount' || kind === 'percent';
/** Whether games, surveys and the welcome can give it. */
export const canBePrize = (kind: Kind): boolean => kind !== 'credit' && kind !== 'draw';
/** Whether only the merchant knows for sure what one costs. */
export const hasOwnCost = (kind: Kind): boolean => kind === 'free-shipping' || kind === 'product' || kind === 'next-order' || kind === 'right' || kind === 'code';
const HOLDOUT_MOST = 50;
export const FIRST: RewardDraft = {
  en: '', zh: '', kind: 'amount', discount: '5', minimum: '0', cost: '300', unlimited: false, stock: '100', perPerson: '1', validDays: '30', sku: null, activityId: '', noteEn: '', noteZh: '', partialReturn: 'prorate',
  skus: [], startsOn: '', endsOn: '', lastUseOn: '', prizeOnly: false, welcome: false, holdout: '0', ownCost: '',
};

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const scale = (text: string, by: number): number => Math.round(numberOf(text) * by);
const unitOf = (kind: Kind, unit: number): number => ({ money: unit, percent: BASIS, tries: 1, none: 1 })[NUMBER[kind]];

/** @param digits - digits after the decimal sign in the shop's currency */
export function draftOf(reward: Reward, digits: number): RewardDraft {
  const unit = 10 ** digits;
  const { title, kind, discount, minimum, cost, stock, perPerson, validDays, sku, activityId, note, partialReturn, skus, startsOn, endsOn, lastUseOn, prizeOnly, welcome, holdout, ownCost } = reward;
  return {
    en: title.en, zh: title['zh-CN'], kind, discount: NUMBER[kind] === 'none' ? FIRST.discount : String(discount / unitOf(kind, unit)), minimum: String(minimum / unit), cost: String(cost),
    unlimited: stock === null, stock: stock === null ? FIRST.stock : String(stock), perPerson: String(perPerson), validDays: String(validDays),
    sku, activityId: activityId ?? '', noteEn: note?.en ?? '', noteZh: note?.['zh-CN'] ?? '', partialReturn,
    skus: skus ?? [], startsOn: startsOn ?? '', endsOn: endsOn ?? '', lastUseOn: lastUseOn ?? '', prizeOnly, welcome, holdout: String(holdout / BASIS), ownCost: ownCost === null ? '' : String(ownCost / unit),
  };
}

/** Minor units; null for an empty field, NaN for no number. */
export const ownCostOf = (text: string, digits: number): number | null => (text.trim() === '' ? null : scale(text, 10 ** digits));
export const isOwnCost = (amount: number | null): boolean => amount === null || (Number.isInteger(amount) && amount >= 0 && amount <= MONEY_MAX);

/** What is sent; NaN where the text is no number. */
export function bodyOf(draft: RewardDraft, digits: number): RewardBody {
  const unit = 10 ** digits;
  const { kind } = draft;
  const prize = draft.prizeOnly && canBePrize(kind);
  /** What the form of a prize does not ask for must not be wrong. */
  const asked = (text: string, calm: string): number => { const value = numberOf(text); return prize && !(Number.isInteger(value) && value > 0) ? Number(calm) : value; };
  const note = { 'en': draft.noteEn.trim(), 'zh-CN': draft.noteZh.trim() };
  return {
    title: { en: draft.en.trim(), 'zh-CN': draft.zh.trim() }, kind, discount: NUMBER[kind] === 'none' ? 0 : NUMBER[kind] === 'tries' ? numberOf(draft.discount) : scale(draft.discount, unitOf(kind, unit)),
    minimum: hasMinimum(kind) ? scale(draft.minimum, unit) : 0, cost: asked(draft.cost, FIRST.cost), stock: kind === 'code' ? 0 : draft.unlimited ? null : numberOf(draft.stock), perPerson: asked(draft.perPerson, FIRST.perPerson), validDays: numberOf(draft.validDays),
    sku: kind === 'product' || kind === 'next-order' ? draft.sku : null, activityId: kind === 'draw' ? draft.activityId || null : null, note: note.en || note['zh-CN'] ? note : null, partialReturn: draft.partialReturn,
    skus: forProducts(kind) && draft.skus.length ? draft.skus : null, startsOn: draft.startsOn || null, endsOn: draft.endsOn || null, lastUseOn: draft.lastUseOn || null,
    prizeOnly: prize, welcome: draft.welcome && canBePrize(kind), holdout: prize ? 0 : scale(draft.holdout, BASIS), ownCost: hasOwnCost(kind) ? ownCostOf(draft.ownCost, digits) : null,
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
  const fill = (field: string, text: string, max: number): void => { if (!text) wrong[field] = { key: 'required', min: 1, max }; };
  fill('title.en', body.title.en, 80);
  fill('title.zh-CN', body.title['zh-CN'], 40);
  const number = NUMBER[draft.kind];
  if (number === 'money') check('discount', body.discount, draft.kind === 'product' ? 0 : 1, MONEY_MAX, unit);
  if (number === 'percent') check('discount', body.discount, 1, 100 * BASIS, BASIS);
  if (number === 'tries') check('discount', body.discount, 1, TRIES_MAX);
  if (draft.kind === 'product' && !body.sku) wrong['sku'] = { key: 'choose', min: 1, max: 1 };
  if (draft.kind === 'draw' && !body.activityId) wrong['activityId'] = { key: 'choose', min: 1, max: 1 };
  if (hasMinimum(draft.kind)) check('minimum', body.minimum, 0, MONEY_MAX, unit);
  check('cost', body.cost, 1, 1_000_000);
  if (body.stock !== null) check('stock', body.stock, 0, 1_000_000);
  check('perPerson', body.perPerson, 1, 1000);
  check('validDays', body.validDays, 1, 730);
  if (body.note) { fill('note.en', body.note.en, 200); fill('note.zh-CN', body.note['zh-CN'], 100); }
  for (const name of ['endsOn', 'lastUseOn'] as const) if (body.startsOn && body[name] && body[name] < body.startsOn) wrong[name] = { key: 'order', min: 0, max: 0 };
  if (!isOwnCost(body.ownCost)) check('ownCost', Number.NaN, 0, MONEY_MAX, unit);
  check('holdout', body.holdout, 0, HOLDOUT_MOST * BASIS, BASIS);
  return wrong;
}
