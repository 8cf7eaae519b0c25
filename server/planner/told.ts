import { z, type ActivityEconomy, type Offer } from '../plugin-api/index.js';

const points = z.number().min(0).max(1e9);
const whole = z.number().int().min(0).max(1e9);

/** What the planner can count with; anything else a plugin tells is left out, so that one plugin's mistake is not the whole page's. */
const economySchema = z.object({
  earns: z.object({ expected: points, worst: points, often: z.enum(['once', 'daily', 'weekly', 'per-play']), cycle: z.array(whole).max(366).optional(), timesPerDay: z.number().int().min(1).max(1_000).optional() }).optional(),
  spends: z.number().int().min(1).max(1e9).optional(), spendsPerDay: whole.optional(), continuous: z.boolean(), collects: z.array(z.string().max(40)).max(20), firstSession: points,
  draw: z.object({ prizes: z.array(z.object({ kind: z.string(), amount: z.number().finite(), quantity: z.number().finite(), ref: z.string().optional() })).max(1_000), blanks: z.number().finite(), freePerDay: whole, guaranteed: whole }).optional(),
  slotHours: z.array(z.number().int().min(0).max(23)).optional(), dependsOnAnswer: z.boolean().optional(), contactsPerWeek: z.number().min(0).max(100).optional(),
});
const offerSchema = z.object({
  ref: z.string().min(1).max(200), title: z.object({ en: z.string(), 'zh-CN': z.string() }), kind: z.enum(['coupon', 'product', 'shipping', 'right', 'code', 'draw', 'credit']), cost: z.number().int().min(1).max(1e9),
  faceValue: whole, basisPoints: z.number().int().min(0).max(10_000).optional(), minimum: whole, useRate: z.number().min(0).max(1).optional(), remaining: whole.nullable(), perPerson: whole.optional(), page: z.string().max(200).optional(),
});

/** The economy, if it is one. */
export const soundEconomy = (told: unknown): ActivityEconomy | undefined => { const read = economySchema.safeParse(told); return read.success ? told as ActivityEconomy : undefined; };
export const soundOffer = (told: Offer): boolean => offerSchema.safeParse(told).success;
