import type { Instant, Localised } from '../../plugin-api/index.js';
import type { ChosenGoods } from './earn-rule.js';

/** Points times something, between two dates, for the whole shop or for chosen goods. */
export interface EarnCampaign {
  readonly id: string;
  readonly title: Localised;
  /** 15,000–50,000; 10,000 are once. */
  readonly basisPoints: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Nothing chosen: the whole shop. */
  readonly goods: ChosenGoods;
}
export type EarnCampaignDraft = Omit<EarnCampaign, 'id'>;
export interface EarnCampaignRow { readonly id: string; readonly title_en: string; readonly title_zh: string; readonly basis_points: number; readonly starts_at: number; readonly ends_at: number; readonly goods: string; readonly at: number; readonly actor: string }

export const earnCampaignOf = (row: EarnCampaignRow): EarnCampaign =>
  ({ id: row.id, title: { en: row.title_en, 'zh-CN': row.title_zh }, basisPoints: row.basis_points, startsAt: row.starts_at, endsAt: row.ends_at, goods: JSON.parse(row.goods) as ChosenGoods });

/** Whether goods are among the chosen. */
export const isChosen = ({ skus, types }: ChosenGoods, sku: string, type: string | null): boolean => skus.includes(sku) || (type !== null && types.includes(type));

/** The best campaign for these goods at a moment; campaigns do not multiply each other. */
export function bestCampaign(campaigns: readonly EarnCampaign[], at: Instant, sku: string, type: string | null): EarnCampaign | undefined {
  let best: EarnCampaign | undefined;
  for (const campaign of campaigns) {
    if (campaign.startsAt > at || campaign.endsAt <= at || campaign.basisPoints <= (best?.basisPoints ?? 0)) continue;
    if ((campaign.goods.skus.length === 0 && campaign.goods.types.length === 0) || isChosen(campaign.goods, sku, type)) best = campaign;
  }
  return best;
}
