import { minorUnits, type DebtPolicy, type Instant, type PointsProgramme, type Shop } from '../../plugin-api/index.js';

/** A version as it is stored. */
export interface ProgrammeRow {
  readonly version: number; readonly name_en: string; readonly name_zh: string; readonly worth: number; readonly live_days: number | null; readonly return_days: number;
  readonly undelivered_days: number; readonly debt_policy: string; readonly guest_limit: number; readonly guest_days: number; readonly adjustment_limit: number; readonly at: Instant; readonly actor: string;
}

export const programmeRow = (row: ProgrammeRow): PointsProgramme => ({
  version: row.version, name: { en: row.name_en, 'zh-CN': row.name_zh }, worth: row.worth, liveDays: row.live_days, returnDays: row.return_days, undeliveredDays: row.undelivered_days,
  debtPolicy: row.debt_policy as DebtPolicy, guestLimit: row.guest_limit, guestDays: row.guest_days, adjustmentLimit: row.adjustment_limit,
});

const defaults = new Map<string, PointsProgramme>();

/** The rules that hold in a shop now, from memory. Defaults: domain §4.1–4.2 and §4.9; 100 points are worth one unit of the currency. */
export function programmeOf(shop: Shop): PointsProgramme {
  if (shop.points) return shop.points;
  let programme = defaults.get(shop.currency);
  if (!programme) {
    programme = {
      version: 0, name: { en: 'Points', 'zh-CN': '积分' }, worth: minorUnits(shop.currency), liveDays: 365, returnDays: 7, undeliveredDays: 15, debtPolicy: 'allow_negative', guestLimit: 300, guestDays: 7, adjustmentLimit: 10_000,
    };
    defaults.set(shop.currency, programme);
  }
  return programme;
}

/** What points are worth, in minor units of the shop's currency. */
export const worthOf = (shop: Shop, points: number): number => Math.round((points * programmeOf(shop).worth) / 100);
