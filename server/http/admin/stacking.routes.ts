import { GIVERS, STACK_CLASSES, notFound, z, type AdminRoutes } from '../../plugin-api/index.js';
import { stackingExample } from '../../commerce/stacking/stacking-example.js';
import { PAIRS } from '../../commerce/stacking/stacking-rules.js';
import type { CoreServices } from '../core-services.js';

const stackClass = z.enum(STACK_CLASSES);
const draft = { pairs: z.array(z.string().max(40)).max(PAIRS.length), priority: z.array(stackClass).length(STACK_CLASSES.length), basis: z.enum(['original', 'running']) };
const rules = z.object({ version: z.number().int(), pairs: z.array(z.string()), priority: z.array(stackClass), basis: z.enum(['original', 'running']) });
const money = z.number().int();
const floor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('amount'), value: z.number().int().min(1).max(1_000_000_000) }), z.strictObject({ kind: z.literal('percent'), value: z.number().int().min(1).max(10_000) }),
]);
const exampleReply = z.object({
  pay: money, list: money, shipping: money,
  offers: z.array(z.object({ id: z.string(), class: stackClass, kind: z.enum(['amount', 'percent', 'free-shipping']), value: money, used: z.boolean(), takes: money, reason: z.string().optional(), with: z.array(z.string()), difference: money })),
});

/** What goes together at the checkout, and the floors of prices. */
export function stackingRoutes(routes: AdminRoutes, { stacking, products }: CoreServices): void {
  routes.route('get', '/stacking', {
    summary: 'What coupons, member prices and points may come together, and the floors of prices',
    reply: z.object({ rules, allPairs: z.array(z.string()), currency: z.string(), floors: z.array(z.object({ sku: z.string(), title: z.string(), price: money, kind: z.enum(['amount', 'percent']), value: money })),
      groupFloors: z.array(z.object({ category: z.string(), kind: z.enum(['amount', 'percent']), value: money, products: z.number().int() })), categories: z.array(z.string()),
    }),
  }, async (ctx) => {
    const [saved, floors, groupFloors, categories] = await Promise.all([stacking.rules(ctx), stacking.floors(ctx), stacking.groupFloors(ctx), products.categories(ctx)]);
    return { rules: { ...saved, pairs: [...saved.pairs], priority: [...saved.priority] }, allPairs: [...PAIRS], currency: ctx.shop.currency, floors: [...floors], groupFloors: [...groupFloors], categories: categories.map(({ category }) => category) };
  });
  routes.route('put', '/stacking', { summary: 'Save what may come together; checkouts that are open keep their price', body: z.strictObject({ basedOn: z.number().int().min(0), ...draft }), reply: z.object({ version: z.number().int() }), roles: GIVERS },
    async (ctx, { body: { basedOn, ...rest } }) => ({ version: (await stacking.save(ctx, basedOn, rest)).version }));
  routes.route('post', '/stacking/example', { summary: 'What rules make of an example cart, without saving them', body: z.strictObject(draft), reply: exampleReply }, (ctx, { body }) => {
    const { cart, offers, best, lost } = stackingExample(ctx.shop.currency, { version: 0, ...body });
    return Promise.resolve({
      pay: best.pay, list: cart.lines.reduce((sum, line) => sum + line.amount, 0), shipping: cart.shipping,
      offers: offers.map((offer) => {
        const taken = best.taken.find(({ id }) => id === offer.id), loser = lost.find(({ id }) => id === offer.id);
        return { id: offer.id, class: offer.class, kind: offer.kind, value: offer.value, used: taken !== undefined, takes: taken ? taken.goods + taken.shipping : 0, ...(loser ? { reason: loser.reason } : {}), with: [...loser?.with ?? []], difference: loser?.difference ?? 0 };
      }),
    });
  });
  routes.route('put', '/stacking/group-floor', {
    summary: 'Set below what no discount takes the products of a category, or all products, or take the floor away', body: z.strictObject({ category: z.string().trim().min(1).max(200).nullable(), floor: floor.nullable() }), reply: z.object({}), roles: GIVERS,
  }, async (ctx, { body }) => {
    if (body.floor && body.category !== null && !(await products.categories(ctx)).some(({ category }) => category === body.category)) throw notFound('category', body.category);
    await stacking.setGroupFloor(ctx, body.category ?? '', body.floor ?? undefined);
    return {};
  });
  routes.route('put', '/stacking/floors/:sku', {
    summary: 'Set below what no discount takes a product, or take the floor away', params: z.strictObject({ sku: z.string().min(1).max(200) }), body: z.strictObject({ floor: floor.nullable() }), reply: z.object({}), roles: GIVERS,
  }, async (ctx, { params, body }) => {
    if (body.floor && !await products.bySku(ctx, params.sku)) throw notFound('product', params.sku);
    await stacking.setFloor(ctx, params.sku, body.floor ?? undefined);
    return {};
  });
}
