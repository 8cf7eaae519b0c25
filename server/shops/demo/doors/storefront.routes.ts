import { DAY, GxError, refused, shopperOf, z, type ShopContext } from '../../../plugin-api/index.js';
import { drain } from '../demo-clock.js';
import type { DemoCustomer } from '../demo-customers.js';
import type { DemoParts } from '../demo-shop.js';
import { checkoutRoutes } from './checkout.routes.js';
import { codeLabel } from './code-label.js';
import { door, type DemoRoute } from './door.js';
import { orderView, quoteView } from './order-view.js';
import * as schemas from './schemas.js';

/** Doors of the shop's own pages: cart, checkout and account of whoever holds the bearer. */
export function storefrontRoutes(parts: DemoParts): DemoRoute[] {
  const { customers, orders, checkout, codesOf, issueBearer, dispatcher } = parts;
  const memberOf = async (ctx: ShopContext): Promise<(DemoCustomer & { readonly personId: string }) | undefined> => {
    const personId = shopperOf(ctx);
    const customer = personId === undefined || (ctx.actor.kind === 'shopper' && ctx.actor.guest) ? undefined : await customers.byPerson(ctx, personId);
    return customer && { ...customer, personId: personId ?? '' };
  };
  return [
    door('post', '/quote', { summary: 'Prices a cart with the best combination of coupons, and says why others lost', body: z.strictObject(schemas.cart), reply: schemas.quote }, async (ctx, { body }) => {
      const cart = { lines: body.lines, codes: body.codes ?? [], personId: shopperOf(ctx), points: body.points };
      return quoteView(ctx.locale, await checkout.price(ctx, body.own ? await checkout.pricing.withOwn(ctx, cart, body.without ?? []) : cart));
    }),
    ...checkoutRoutes(parts, memberOf),
    door('post', '/checkout', {
      summary: 'Pays for a cart as the signed-in shopper, or opens an account with an e-mail first', status: 201,
      body: z.strictObject({ lines: schemas.lines, codes: schemas.codes.optional(), email: schemas.email.optional(), name: schemas.name.optional(), ...schemas.delivery }), reply: z.object({ order: schemas.order, bearer: z.string().optional() }),
    }, async (ctx, { body }) => {
      const known = await memberOf(ctx);
      if (!known && body.email === undefined) throw refused('GX_EMAIL_NEEDED', 'Sign in or give an e-mail to check out.', { fields: { email: 'needed' } });
      const buyer = known ?? await customers.open(ctx, body);
      const order = await checkout.pay(ctx, buyer, { lines: body.lines, codes: body.codes ?? [] }, body);
      await drain(dispatcher);
      return { order: orderView(order), ...(known ? {} : { bearer: issueBearer(ctx.shop, buyer.personId) }) };
    }),
    door('get', '/account', {
      summary: 'The signed-in customer, the last orders and the codes', audience: 'member',
      reply: z.object({
        customer: z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() }), orders: z.array(schemas.order),
        codes: z.array(z.object({ code: z.string(), label: z.string(), state: z.string(), expiresAt: z.number().int() })),
      }),
    }, async (ctx) => {
      const customer = await memberOf(ctx);
      if (!customer) throw new GxError('GX_MEMBER_ONLY', 403, 'This account does not belong to the demo shop. Sign in again.');
      const found = await orders.ofCustomer(ctx, customer.id);
      return { customer: { id: customer.id, name: customer.name, email: customer.email }, orders: found.map(orderView), codes: (await codesOf(ctx, customer.personId)).map(({ terms, ...code }) => ({ ...code, label: codeLabel(ctx.locale, terms) })) };
    }),
    door('get', '/members', {
      summary: 'Some customers of the demo to sign in as', reply: z.object({ items: z.array(z.object({ customerId: z.string(), name: z.string(), orders: z.number().int() })) }),
    }, async (ctx) => {
      const since = ctx.now - 120 * DAY;
      const own = await customers.samples(ctx, ctx.locale, since);
      const others = await customers.samples(ctx, ctx.locale === 'en' ? 'zh-CN' : 'en', since);
      return { items: [...own, ...others.slice(0, 2)].map((customer) => ({ customerId: customer.id, name: customer.name ?? customer.id, orders: customer.orders })) };
    }),
  ];
}
