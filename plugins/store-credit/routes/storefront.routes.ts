import { shopperOf, z, type ShopContext, type StorefrontRoutes } from 'guanxi/plugin';
import { ENTRY_KINDS } from '../entities/entry.entity.js';
import type { CreditDesk } from '../services/desk.service.js';
import type { Spending } from '../services/spending.service.js';

const code = z.object({ id: z.string(), code: z.string(), amount: z.number(), expiresAt: z.number() });
const isMember = (ctx: ShopContext): boolean => ctx.actor.kind === 'shopper' && !ctx.actor.guest;

export function storefrontRoutes(routes: StorefrontRoutes, desk: CreditDesk, spending: Spending, days: (ctx: ShopContext) => Promise<number>): void {
  routes.route('get', '/account', {
    summary: 'My store credit: balance, the code that is open, latest movements; visitors and guests are asked to sign in', audience: 'visitor',
    reply: z.object({ member: z.boolean(), balance: z.number(), days: z.number(), open: code.nullable(), entries: z.array(z.object({ id: z.string(), kind: z.enum(ENTRY_KINDS), amount: z.number(), at: z.number(), reason: z.string().nullable() })) }),
  }, async (ctx) => {
    const own = isMember(ctx) ? await desk.own(ctx, shopperOf(ctx) ?? '') : undefined;
    return {
      member: own !== undefined, balance: own?.balance ?? 0, days: await days(ctx), open: own?.open ? { ...own.open } : null,
      // Only what staff wrote for the shopper is shown; a reversal's note counts what was spent, for staff.
      entries: own?.entries.map(({ id, kind, amount, at, reason }) => ({ id, kind, amount, at, reason: kind === 'adjustment' ? reason : null })) ?? [],
    };
  });
  routes.route('post', '/uses', { summary: 'Turn credit into a code for the next order', audience: 'member', status: 201, body: z.strictObject({ amount: z.number().int().min(1).max(1_000_000_000) }), reply: code.extend({ balance: z.number() }) },
    async (ctx, { body }) => spending.spend(ctx, shopperOf(ctx) ?? '', body.amount, await days(ctx)));
  routes.route('post', '/uses/:id/put-back', { summary: 'Put the money of a code back into the account', audience: 'member', params: z.object({ id: z.string().min(1).max(200) }), body: z.strictObject({}).optional(), reply: z.object({ balance: z.number() }) },
    (ctx, { params }) => spending.putBack(ctx, shopperOf(ctx) ?? '', params.id));
}
