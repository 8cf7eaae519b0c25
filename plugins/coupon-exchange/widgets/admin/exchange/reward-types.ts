import { formatDate, formatMoney, formatNumber, formatPercent, type Tone } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { CardReward, Kind } from '../../reward-card.js';

export type State = 'draft' | 'active' | 'paused' | 'ended';
export type CouponState = 'reserved' | 'requested' | 'cancelled' | 'issued' | 'used' | 'expired' | 'returned' | 'revoked';
/** What the admin routes answer. */
export interface Reward extends CardReward {
  readonly id: string;
  /** How many were put up in all; `null` without limit. */
  readonly stock: number | null;
  readonly state: State;
  readonly sku: string | null;
  readonly activityId: string | null;
  readonly note: { readonly en: string; readonly 'zh-CN': string } | null;
  readonly partialReturn: 'keep' | 'prorate' | 'deduct';
  readonly skus: readonly string[] | null; readonly startsOn: string | null; readonly endsOn: string | null; readonly lastUseOn: string | null;
  readonly prizeOnly: boolean; readonly welcome: boolean; /** Basis points. */ readonly holdout: number; /** What one costs the shop as the merchant says, minor units. */ readonly ownCost: number | null; /** What money budgets count for one, as was known last. */ readonly costEach: number | null;
  readonly createdAt: number;
  readonly totals?: { readonly issued: number; readonly used: number; readonly expired: number; readonly cost: number };
}
export interface Coupon {
  readonly id: string; readonly rewardId: string; readonly personId: string; readonly person: string | null; readonly code: string; readonly cost: number;
  readonly state: CouponState; readonly issuedAt: number; readonly expiresAt: number; readonly usedAt: number | null; readonly orderId: string | null; readonly kind: Kind; readonly handledBy: string | null;
}
/** A view of the panel. */
export interface View { readonly settled: Promise<unknown>; /** Whether leaving it would lose something. */ readonly dirty?: boolean; render(): unknown }

export const STATES: readonly State[] = ['active', 'paused', 'draft', 'ended'];
export const COUPON_STATES: readonly CouponState[] = ['issued', 'used', 'expired', 'returned', 'cancelled', 'revoked', 'requested'];
export const TONES: Readonly<Record<State, Tone>> = { draft: 'neutral', active: 'success', paused: 'warning', ended: 'neutral' };
export const COUPON_TONES: Readonly<Record<CouponState, Tone>> = { reserved: 'info', issued: 'info', used: 'success', expired: 'neutral', returned: 'warning', revoked: 'neutral', cancelled: 'neutral', requested: 'warning' };

const HOME = '/plugins/coupon-exchange/exchange';
export const homePath = (path = ''): string => `${HOME}${path && `/${path}`}`;
export const homeHref = (path = ''): string => `/admin${homePath(path)}`;

export const titleOf = (panel: PluginElement, { title }: CardReward): string => title[panel.context.locale];

/** What a reward takes off, in a few words. */
export function doesOf(panel: PluginElement, { kind, discount, minimum }: CardReward): string {
  const what = panel.t(`admin.does.${kind}`, { money: formatMoney(discount), share: formatPercent(discount / 10_000, 2), n: discount });
  return minimum ? `${what} · ${panel.t('admin.does.minimum', { money: formatMoney(minimum) })}` : what;
}
/** When, to whom and how else it is given; empty for what everybody can redeem at any time. */
export function reachOf(panel: PluginElement, { startsOn, endsOn, lastUseOn, skus, prizeOnly, welcome, holdout }: Reward): string {
  const day = (date: string): string => formatDate(Date.parse(`${date}T12:00:00Z`));
  return [
    prizeOnly && panel.t('admin.reach.prize'), welcome && panel.t('admin.reach.welcome'), skus && panel.t('admin.reach.products', { n: skus.length }), startsOn && panel.t('admin.reach.from', { date: day(startsOn) }), endsOn && panel.t('admin.reach.until', { date: day(endsOn) }),
    lastUseOn && panel.t('admin.reach.lastUse', { date: day(lastUseOn) }), holdout > 0 && panel.t('admin.reach.holdout', { share: formatPercent(holdout / 10_000, 1) }),
  ].filter(Boolean).join(' · ');
}
export const stockOf = (panel: PluginElement, { stock, remaining }: Reward): string =>
  (stock === null || remaining === null ? panel.t('admin.unlimited') : panel.t('admin.stockOf', { left: formatNumber(remaining), all: formatNumber(stock) }));
