import { shopperOf, z, type StorefrontRoutes } from 'guanxi/plugin';
import { MEMBER_STATES } from '../entities/member.entity.js';
import { GENDERS } from '../entities/profile.entity.js';
import type { Cards } from '../services/card.service.js';
import { TASKS } from '../tasks/task-types.js';
import type { Tasks } from '../tasks/tasks.service.js';

const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const metrics = z.object({ spend: z.number(), orders: z.number(), growth: z.number() });
const asked = z.object({ spend: z.number().nullable(), orders: z.number().nullable(), growth: z.number().nullable() });
const tier = z.object({ key: z.string(), title: text, entry: asked, keepPercent: z.number(), discount: z.number(), multiplier: z.number(), entryGift: z.number(), birthdayGift: z.number(), priorityHours: z.number() });
const window = z.discriminatedUnion('kind', [z.object({ kind: z.literal('rolling'), days: z.number() }), z.object({ kind: z.literal('calendar') }), z.object({ kind: z.literal('lifetime') })]);
const reward = z.object({ points: z.number(), state: z.enum(['given', 'had', 'waiting', 'refused', 'none']) });
const nothing = z.strictObject({}).optional();

export function storefrontRoutes(routes: StorefrontRoutes, cards: Cards, tasks: Tasks): void {
  routes.route('get', '/card', {
    summary: 'The member card: tier, what is left to the next, benefits and one-off tasks; a guest sees what signing in would bring', audience: 'visitor',
    reply: z.object({
      who: z.enum(['visitor', 'guest', 'member']), rank: z.number(), tiers: z.array(tier), window, state: z.enum(MEMBER_STATES), termEnd: z.string().nullable(), graceEnd: z.string().nullable(), has: metrics,
      next: z.object({ key: z.string(), missing: asked }).nullable(), keep: asked.nullable(), points: z.number().nullable(), saved: z.number(), tasks: z.array(z.object({ task: z.enum(TASKS), points: z.number(), done: z.boolean() })),
      birthday: z.object({ day: z.string(), changeableFrom: z.string() }).nullable(),
    }),
  }, async (ctx) => { const card = await cards.of(ctx, shopperOf(ctx)); return { ...card, tiers: [...card.tiers], tasks: [...card.tasks] }; });
  routes.route('post', '/tasks/follow', { summary: 'Follow the shop', audience: 'guest', body: nothing, reply: z.object({ reward }) }, (ctx) => tasks.follow(ctx, shopperOf(ctx) ?? ''));
  routes.route('post', '/tasks/birthday', {
    summary: 'Tell the birthday; the year is not needed, and of children it is not kept', audience: 'guest',
    body: z.strictObject({ month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31), year: z.number().int().min(1880).max(2200).optional() }),
    reply: z.object({ birthday: z.string(), guarded: z.boolean(), firstGift: z.string(), reward }),
  }, (ctx, { body }) => tasks.birthday(ctx, shopperOf(ctx) ?? '', body));
  routes.route('post', '/tasks/profile', {
    summary: 'Complete the profile', audience: 'guest',
    body: z.strictObject({ nickname: z.string().trim().min(1).max(40), gender: z.enum(GENDERS).nullable(), interests: z.array(z.string().trim().min(1).max(40)).max(10) }), reply: z.object({ reward }),
  }, (ctx, { body }) => tasks.profile(ctx, shopperOf(ctx) ?? '', body));
}
