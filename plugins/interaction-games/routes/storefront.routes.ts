import { shopperOf, z, type StorefrontRoutes } from 'guanxi/plugin';
import { CHECKED, PLAY_OUTCOMES } from '../entities/play.entity.js';
import type { CheckIns } from '../services/check-in.service.js';
import type { WheelViews } from '../services/wheel-view.service.js';
import type { Wheel } from '../services/wheel.service.js';

const text = z.object({ en: z.string(), 'zh-CN': z.string() });
const tries = z.object({ free: z.number().int(), paid: z.number().int() });
const wheel = z.object({
  id: z.string(), title: z.string(), endsAt: z.number().nullable(), tickets: z.number(), ticketsLeft: z.number(), blanks: z.number(), costPerTry: z.number(),
  prizes: z.array(z.object({ title: text, kind: z.string(), amount: z.number(), quantity: z.number(), remaining: z.number() })),
  guarantee: z.object({ byTry: z.number(), prize: z.number(), quantity: z.number() }).nullable(), freePerDay: z.number(), paidPerDay: z.number(), fallbackPoints: z.number(), triesLeft: tries, points: z.number().nullable(), limited: z.boolean(),
});
const checkIn = z.object({ businessDate: z.string(), streak: z.number(), earned: z.number(), again: z.boolean(), next: z.number(), notice: z.string().optional() });
const nothing = z.strictObject({}).optional();

export function storefrontRoutes(routes: StorefrontRoutes, parts: { readonly checkIns: CheckIns; readonly wheel: Wheel; readonly views: WheelViews }): void {
  routes.route('get', '/check-ins', {
    summary: 'Today\'s check-in: done or not, streak and points of each day', audience: 'visitor',
    reply: z.object({ activityId: z.string(), title: z.string(), businessDate: z.string(), done: z.boolean(), streak: z.number(), cycle: z.array(z.number()) }).nullable(),
  }, async (ctx) => {
    const status = await parts.checkIns.status(ctx, shopperOf(ctx));
    return status ? { ...status, cycle: [...status.cycle] } : null;
  });
  routes.route('post', '/check-ins', { summary: 'Check in for today', audience: 'guest', body: nothing, reply: checkIn }, (ctx) => parts.checkIns.checkIn(ctx, shopperOf(ctx) ?? ''));
  routes.route('get', '/activities', { summary: 'Wheels that can be played now, with odds and own tries', audience: 'visitor', reply: z.object({ items: z.array(wheel) }) },
    async (ctx) => ({ items: (await parts.views.live(ctx, shopperOf(ctx))).map((view) => ({ ...view, prizes: view.prizes.map((prize) => ({ ...prize, title: { ...prize.title } })) })) }));
  routes.route('get', '/activities/:id/plays', {
    summary: 'Own latest tries, and what became of prizes that were checked first', audience: 'guest', params: z.object({ id: z.string().min(1).max(200) }),
    reply: z.object({ items: z.array(z.object({ playId: z.string(), at: z.number(), outcome: z.enum(PLAY_OUTCOMES), prize: z.number().nullable(), pointsWon: z.number(), checked: z.enum(CHECKED).nullable() })) }),
  }, async (ctx, { params }) => ({ items: [...await parts.wheel.turns(ctx, shopperOf(ctx) ?? '', params.id)] }));
  routes.route('post', '/activities/:id/plays', {
    summary: 'Turn the wheel', audience: 'guest', params: z.object({ id: z.string().min(1).max(200) }), body: nothing, perMinute: 120,
    reply: z.object({ playId: z.string(), playNo: z.number(), at: z.number(), outcome: z.enum(PLAY_OUTCOMES), prize: z.number().nullable(), cost: z.number(), pointsWon: z.number(), given: z.record(z.string(), z.unknown()), triesLeft: tries }),
  }, async (ctx, { params }) => { const result = await parts.wheel.play(ctx, shopperOf(ctx) ?? '', params.id); return { ...result, given: { ...result.given } }; });
}
