import { GxError, type Activity, type ActivitySheet, type Localised, type Shop } from '../../plugin-api/index.js';
import type { RegisteredType } from '../activity-types.js';

/** Who runs a shop's activities and answers for them. */
export interface Organiser { readonly legalName: string; /** An address people can write to. */ readonly contact: string; /** Where to complain; the contact if empty. */ readonly complaints: string }
/** The public sheet of an activity. Its canonical JSON is what is hashed and downloaded, byte for byte. */
export interface PublicationSheet extends Omit<ActivitySheet, 'prizes'> {
  readonly format: 'guanxi-publication-sheet/1';
  readonly shop: string; readonly activity: string; readonly kind: Localised; readonly title: string; readonly version: number;
  readonly startsAt: number | null; readonly endsAt: number | null; readonly zone: string;
  readonly organiser: Organiser;
  readonly prizes: NonNullable<ActivitySheet['prizes']>;
  /** The exact configuration that the server follows. */
  readonly config: unknown;
}

const nothingSaid: ActivitySheet = {
  rules: [],
  cost: { en: 'Taking part costs nothing beyond what the activity shows.', 'zh-CN': '除活动页面所示外，参与不收取费用。' },
  limits: { en: 'As the activity shows.', 'zh-CN': '以活动页面所示为准。' },
  delivery: { en: 'Rewards are put to the account of whoever took part.', 'zh-CN': '奖励发放至参与者的账户。' },
  data: { en: 'What somebody did here is kept with their account for as long as the law asks.', 'zh-CN': '参与记录与账户一起保存，期限以法律要求为准。' },
};

/**
 * Composes the sheet of an activity. Errors: 422 `GX_SHEET_INCOMPLETE` when it draws lots and nobody is named who organises it.
 */
export function publicationSheet(shop: Shop, activity: Activity, type: RegisteredType | undefined, organiser: Organiser | undefined, version: number): PublicationSheet {
  const said = type?.definition.sheet?.(activity.config) ?? nothingSaid;
  const draws = type?.definition.economy?.(activity.config).draw !== undefined || (said.prizes?.length ?? 0) > 0;
  const missing = [...(organiser?.legalName ? [] : ['organiser.legalName']), ...(organiser?.contact ? [] : ['organiser.contact']), ...(draws && !said.prizes?.length ? ['prizes'] : [])];
  if (draws && missing.length > 0) {
    throw new GxError('GX_SHEET_INCOMPLETE', 422, `“${activity.title}” draws lots, so its public rules must be complete first. Missing: ${missing.join(', ')}. Say who organises it under Settings, then publish again.`, { shop: shop.key, details: { missing, page: '/settings' } });
  }
  const { rules, cost, limits, delivery, data } = said;
  return {
    format: 'guanxi-publication-sheet/1', shop: shop.key, activity: activity.id, kind: { ...(type?.title ?? { en: activity.type, 'zh-CN': activity.type }) }, title: activity.title, version,
    startsAt: activity.startsAt, endsAt: activity.endsAt, zone: shop.zone,
    organiser: organiser ? { ...organiser, complaints: organiser.complaints || organiser.contact } : { legalName: shop.name, contact: '', complaints: '' },
    rules, prizes: said.prizes ?? [], cost, limits, delivery, data, config: activity.config,
  };
}
