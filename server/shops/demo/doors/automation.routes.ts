import { notFound, z, type ShopContext } from '../../../plugin-api/index.js';
import { drain } from '../demo-clock.js';
import type { DemoParts } from '../demo-shop.js';
import { door, type DemoRoute } from './door.js';
import { orderView } from './order-view.js';
import * as schemas from './schemas.js';

/** Doors for scripts: they make shoppers, orders, deliveries and refunds and move the clock, and answer when all consequences are there. */
export function automationRoutes({ customers, orders, checkout, clock, issueBearer, dispatcher, scheduler, store }: DemoParts): DemoRoute[] {
  const member = (ctx: ShopContext, customer: { readonly id: string; readonly personId: string }): z.output<typeof schemas.bearer> => ({ customerId: customer.id, bearer: issueBearer(ctx.shop, customer.personId) });
  return [
    door('post', '/shoppers', { summary: 'Opens an account, or finds the one with this e-mail', body: z.strictObject({ email: schemas.email.optional(), name: schemas.name.optional() }), reply: schemas.bearer, status: 201 }, async (ctx, { body }) => {
      const customer = await customers.open(ctx, body);
      await drain(dispatcher);
      return member(ctx, customer);
    }),
    door('post', '/sign-in', { summary: 'Signs a known customer in', body: z.union([z.strictObject({ email: schemas.email }), z.strictObject({ customerId: schemas.customerId })]), reply: schemas.bearer }, async (ctx, { body }) => {
      const customer = await customers.signIn(ctx, body);
      await drain(dispatcher);
      return member(ctx, customer);
    }),
    door('post', '/orders', { summary: 'Places a paid order for a customer', body: z.strictObject({ customerId: schemas.customerId, lines: schemas.lines, codes: schemas.codes.optional() }), reply: schemas.order, status: 201 }, async (ctx, { body }) => {
      if (!await customers.byId(ctx, body.customerId)) throw notFound('customer', body.customerId);
      const buyer = await customers.signIn(ctx, { customerId: body.customerId });
      const order = await checkout.pay(ctx, buyer, { lines: body.lines, codes: body.codes ?? [] });
      await drain(dispatcher);
      return orderView(order);
    }),
    door('get', '/orders/:id', { summary: 'One order', params: schemas.orderId, reply: schemas.order }, async (ctx, { params }) => orderView(await orders.get(ctx, params.id))),
    door('post', '/orders/:id/deliver', { summary: 'Marks an order as delivered', params: schemas.orderId, body: z.strictObject({}).optional(), reply: schemas.order }, async (ctx, { params }) => {
      const order = await checkout.deliver(ctx, params.id);
      await drain(dispatcher);
      return orderView(order);
    }),
    door('post', '/orders/:id/refund', { summary: 'Refunds some pieces, or everything that is left', params: schemas.orderId, body: z.strictObject({ lines: schemas.refundLines.optional() }).optional(), reply: schemas.order }, async (ctx, { params, body }) => {
      const order = await checkout.refund(ctx, params.id, body?.lines);
      await drain(dispatcher);
      return orderView(order);
    }),
    door('post', '/clock', { summary: 'Moves the clock forward and runs what falls due', body: z.strictObject({ advance: z.string().max(40) }), reply: z.object({ now: z.number().int() }), timeoutMs: 600_000 },
      async (ctx, { body }) => ({ now: await clock.advance(ctx, body.advance, { store, scheduler, dispatcher }) })),
  ];
}
