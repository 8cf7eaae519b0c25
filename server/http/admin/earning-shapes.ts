import { addDays, businessDate, startOfBusinessDate, z, type Instant, type Shop } from '../../plugin-api/index.js';
import type { EarnCampaignDraft } from '../../economy/earning/earn-campaign.js';
import type { NewEarnRule } from '../../economy/earning/earn-rules.service.js';
import { localisedText } from './page-query.js';

const MOST_MONEY = 1_000_000_000;
const money = z.number().int().min(0).max(MOST_MONEY);
const instant = z.number().int().min(0).max(8_640_000_000_000_000);
/** A moment, or a day of the shop: where it begins, or for an end where it is over. */
const moment = z.union([instant, z.iso.date()]);
const chosen = z.strictObject({ skus: z.array(z.string().trim().min(1).max(200)).max(200), types: z.array(z.string().trim().min(1).max(200)).max(50) });
const rule = {
  ratePoints: z.number().int().min(1).max(10_000), rateAmount: z.number().int().min(1).max(MOST_MONEY), rounding: z.enum(['down', 'nearest', 'up']), afterDiscounts: z.boolean(), withShipping: z.boolean(), withTax: z.boolean(),
  withGiftCards: z.boolean(), maxMultiplier: z.number().int().min(10_000).max(50_000), minimumOrder: money, excluded: chosen,
};
/** A start of null is now. */
export const ruleDraft = z.strictObject({ ...rule, startsAt: moment.nullable(), endsAt: moment.nullable() });
export const ruleVersion = z.object({ rule: z.object({ ...rule, version: z.number(), startsAt: z.number(), endsAt: z.number().nullable() }), endsOn: z.string().nullable(), at: z.number(), actor: z.string(), orders: z.number() });

/** A rule in a query, as JSON. */
export const ruleText = z.string().max(20_000).transform((text, ctx): unknown => {
  try { return JSON.parse(text); } catch { ctx.addIssue({ code: 'custom', message: 'This is no JSON.' }); return z.NEVER; }
}).pipe(ruleDraft);

const title = z.strictObject({ en: z.string().trim().min(1).max(80), 'zh-CN': z.string().trim().min(1).max(80) });
export const campaignDraft = z.strictObject({ title, basisPoints: z.number().int().min(15_000).max(50_000), startsAt: moment, endsAt: moment, goods: chosen });
export const campaignShape = z.object({ startsOn: z.string(), endsOn: z.string(),  id: z.string(), title: localisedText, basisPoints: z.number(), startsAt: z.number(), endsAt: z.number(), goods: chosen });

const exampleLine = z.strictObject({ paid: money, listed: money.optional(), sku: z.string().max(200).optional(), type: z.string().max(200).optional(), giftCard: z.boolean().optional(), basisPoints: z.number().int().min(10_000).max(50_000).default(10_000) });
export const exampleOrder = z.strictObject({ lines: z.array(exampleLine).min(1).max(20), shipping: money.default(0), tax: money.default(0) });
export const exampleReply = z.object({ points: z.number(), lines: z.array(z.object({ points: z.number(), base: z.number() })) });

const side = z.object({ points: z.number(), cost: z.number() });
const order = z.object({ id: z.string(), number: z.string(), personId: z.string().nullable(), name: z.string().nullable(), at: z.number(), date: z.string(), sales: z.number(), before: z.number(), after: z.number(), booked: z.number() });
export const simulationReply = z.object({
  from: z.string(), to: z.string(), currency: z.string(), orders: z.number(), sales: z.number(), before: side, after: side, booked: z.number(), weeks: z.array(z.object({ date: z.string(), before: z.number(), after: z.number() })), changed: z.array(order),
});

type Moment = z.infer<typeof moment>;
const begin = (shop: Shop, at: Moment): Instant => (typeof at === 'string' ? startOfBusinessDate(shop, at) : at);
const end = (shop: Shop, at: Moment): Instant => (typeof at === 'string' ? startOfBusinessDate(shop, addDays(at, 1)) : at);
export const ruleOf = (shop: Shop, { startsAt, endsAt, ...rest }: z.infer<typeof ruleDraft>): NewEarnRule =>
  ({ ...rest, startsAt: startsAt === null ? null : begin(shop, startsAt), endsAt: endsAt === null ? null : end(shop, endsAt) });
export const campaignOf = (shop: Shop, { startsAt, endsAt, ...rest }: z.infer<typeof campaignDraft>): EarnCampaignDraft => ({ ...rest, startsAt: begin(shop, startsAt), endsAt: end(shop, endsAt) });
/** The last day of what ends at a moment. */
export const lastDay = (shop: Shop, endsAt: Instant): string => businessDate(shop, endsAt - 1);
