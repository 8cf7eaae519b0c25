import { programmeOf } from '../../../economy/programme/programme.js';
import { conflict, GxError, notFound, shopperOf, z, type ShopContext } from '../../../plugin-api/index.js';
import type { DemoOrder } from '../checkout/demo-order.js';
import { returnableUntil } from '../checkout/return-policy.js';
import type { OpenCheckout } from '../checkout/open-checkouts.js';
import { drain } from '../demo-clock.js';
import type { DemoCustomer } from '../demo-customers.js';
import type { DemoParts } from '../demo-shop.js';
import { door, type DemoRoute } from './door.js';
import { openingView, orderView, quoteView, returningView } from './order-view.js';
import * as schemas from './schemas.js';

type Buyer = DemoCustomer & { readonly personId: string };

/** Doors of a signed-in shopper: an open checkout that holds coupons and points, what a product costs them, and returns of their orders. */
export function checkoutRoutes({ checkout, orders, dispatcher }: Pick<DemoParts, 'checkout' | 'orders' | 'dispatcher'>, memberOf: (ctx: ShopContext) => Promise<Buyer | undefined>): DemoRoute[] {
  const buyerOf = async (ctx: ShopContext): Promise<Buyer> => {
    const buyer = await memberOf(ctx);
    if (!buyer) throw new GxError('GX_MEMBER_ONLY', 403, 'This account does not belong to the demo shop. Sign in again.');
    return buyer;
  };
  const own = async (ctx: ShopContext, id: string): Promise<DemoOrder> => {
    const [buyer, order] = await Promise.all([buyerOf(ctx), orders.get(ctx, id)]);
    if (order.customerId !== buyer.id) throw notFound('order', id);
    return order;
  };
  const view = (ctx: ShopContext, { id, until, document }: OpenCheckout): z.output<typeof schemas.checkout> => ({ id, until, quote: quoteView(ctx.locale, document.quote) });
  const pieces = z.strictObject({ lines: schemas.refundLines });
  /** Shoppers return within the days that the merchant gives them; staff refund for as long as they like. */
  const returnable = async (ctx: ShopContext, id: string): Promise<DemoOrder> => {
    const order = await own(ctx, id), until = returnableUntil(programmeOf(ctx.shop).returnDays, order);
    if (until !== undefined && until <= ctx.now) throw conflict('GX_RETURN_OVER', 'The time for returns of this order is over.', { orderId: id, until });
    return order;
  };
  return [
    door('get', '/price/:sku', {
      summary: 'What a piece of a product costs this shopper beside its list price', params: z.strictObject({ sku: z.string().min(1).max(60) }),
      reply: z.object({ price: z.object({ list: z.number().int(), yours: z.number().int(), label: z.string() }).nullable(), opening: schemas.opening.nullable() }),
    }, async (ctx, { params }) => {
      const [piece, openings] = await Promise.all([checkout.pricing.pieceOf(ctx, params.sku, shopperOf(ctx)), checkout.pricing.openings(ctx, shopperOf(ctx), [params.sku])]);
      const opening = openings.get(params.sku);
      return { price: piece ? { ...piece, label: piece.label[ctx.locale] } : null, opening: opening ? openingView(ctx, opening) : null };
    }),
    door('post', '/checkouts', {
      summary: 'Holds coupons, points and price of a cart for half an hour; with the id of an open checkout changes that one', audience: 'member', status: 201,
      body: z.strictObject({ ...schemas.cart, checkout: z.string().min(1).max(200).optional() }), reply: schemas.checkout,
    }, async (ctx, { body }) => {
      const buyer = await buyerOf(ctx);
      const cart = { lines: body.lines, codes: body.codes ?? [], personId: buyer.personId, points: body.points };
      return view(ctx, await checkout.open(ctx, buyer, cart, { id: body.checkout, without: body.without ?? [], own: body.own ?? false }));
    }),
    door('post', '/checkouts/:id/pay', { summary: 'Pays for an open checkout', audience: 'member', params: schemas.orderId, body: z.strictObject(schemas.delivery).optional(), reply: z.object({ order: schemas.order }) }, async (ctx, { params, body }) => {
      const order = await checkout.settle(ctx, await buyerOf(ctx), params.id, body);
      await drain(dispatcher);
      return { order: orderView(order) };
    }),
    door('post', '/checkouts/:id/abandon', { summary: 'Gives back what an open checkout holds', audience: 'member', params: schemas.orderId, body: z.strictObject({}).optional(), reply: z.object({}) }, async (ctx, { params }) => {
      await checkout.abandon(ctx, await buyerOf(ctx), params.id);
      return {};
    }),
    door('post', '/orders/:id/returning', { summary: 'What returning pieces would give back, and what becomes of coupons', audience: 'member', params: schemas.orderId, body: pieces, reply: schemas.returning }, async (ctx, { params, body }) =>
      returningView(await checkout.returning(ctx, (await returnable(ctx, params.id)).id, body.lines))),
    door('post', '/orders/:id/return', { summary: 'Returns pieces of one of one\'s own orders', audience: 'member', params: schemas.orderId, body: pieces.extend({ after: z.number().int().min(0).optional() }), reply: z.object({ order: schemas.order }) }, async (ctx, { params, body }) => {
      const order = await checkout.refund(ctx, (await returnable(ctx, params.id)).id, body.lines, body.after);
      await drain(dispatcher);
      return { order: orderView(order) };
    }),
  ];
}
