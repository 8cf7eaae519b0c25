import { minorDigits } from 'guanxi/kit';
import type { GuessDraft, GuessRules } from '../../../activities/guess-rules.js';
import { outside, type Problems } from './form.js';
import type { Panel, RewardKind } from './game.js';

type Changeable<T> = { -readonly [K in keyof T]: T[K] };
export interface GuessDesk {
  title: string; startsAt: number | null; endsAt: number | null;
  config: Changeable<Omit<GuessDraft, 'prize' | 'coupon'>> & { prize: Changeable<GuessDraft['prize']>; coupon: Changeable<NonNullable<GuessDraft['coupon']>> | null };
}
export const SALE_COUPON = 'interaction-games.sale-coupon';
export const MODES = ['within', 'exact', 'nearest', 'nearest-below'] as const;

/** A round on the editor's desk. Numbers are NaN while nothing of that kind is typed. */
export function guessDeskOf({ title, startsAt, endsAt, config: { sku, mode, tolerance, guesses, hints, prize, coupon, fallbackPoints } }: { readonly title: string; readonly startsAt: number | null; readonly endsAt: number | null; readonly config: GuessDraft | GuessRules }, price: number): GuessDesk {
  return { title, startsAt, endsAt, config: { sku, price, mode, tolerance, guesses, hints, prize: { ...prize, title: { ...prize.title } }, coupon: coupon && { ...coupon }, fallbackPoints } };
}

/** Minor units as somebody would type them; nothing for NaN. */
export const typedMoney = (minor: number, currency: string): string => (Number.isNaN(minor) ? '' : (minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)));

/** What is wrong, by the paths that the server uses too. */
export function guessProblems(panel: Panel, { title, startsAt, endsAt, config }: GuessDesk, kinds: readonly RewardKind[]): Problems {
  const found: Record<string, string> = {}, { prize, coupon } = config;
  const need = (path: string, text: string | false | undefined): void => { if (text) found[path] = text; };
  const t = panel.t.bind(panel);
  need('title', !title.trim() && t('admin.form.needed'));
  need('endsAt', endsAt === null ? t('admin.form.needsEnd') : startsAt !== null && endsAt <= startsAt && t('admin.form.order'));
  need('config.sku', !config.sku && t('admin.form.choose'));
  need('config.price', Number.isNaN(config.price) && t('admin.form.price'));
  need('config.guesses', outside(panel, config.guesses, 1, 10));
  need('config.tolerance', config.mode === 'within' && outside(panel, config.tolerance / 100, 1, 50));
  need('config.fallbackPoints', outside(panel, config.fallbackPoints, 0, 1_000));
  for (const locale of ['en', 'zh-CN'] as const) need(`config.prize.title.${locale}`, !prize.title[locale].trim() && t('admin.form.needed'));
  if (coupon) {
    need('config.coupon.value', coupon.off === 'percent' ? outside(panel, coupon.value / 100, 1, 100) : Number.isNaN(coupon.value) && t('admin.form.price'));
    need('config.coupon.saleEndsAt', Number.isNaN(coupon.saleEndsAt) ? t('admin.form.needed') : endsAt !== null && coupon.saleEndsAt <= endsAt && t('admin.form.saleEnds'));
  } else {
    need('config.prize.amount', outside(panel, prize.amount, 1, 100_000));
    const options = kinds.find(({ kind }) => kind === prize.kind)?.options ?? [];
    need('config.prize.ref', options.length > 0 && !options.some(({ ref }) => ref === prize.ref) && t('admin.form.choose'));
  }
  return found;
}
