import { minorUnits, notFound, statement, z, type AdminRoutes, type LedgerLine, type Order, type Page, type ShopContext } from '../../plugin-api/index.js';
import type { CustomerSummary } from '../../commerce/customers.service.js';
import type { CoreServices } from '../core-services.js';
import { timelineOf, type Entry } from './customer-timeline.js';
import { maskEmail, maskPhone } from './masking.js';
import { idParams, localisedText, pageOf, pageQuery } from './page-query.js';

const row = z.object({
  id: z.string(), kind: z.enum(['guest', 'member']), name: z.string().nullable(), emailMasked: z.string().nullable(), orders: z.number(), spent: z.number(), currency: z.string(), points: z.number(), lastOrderAt: z.number().nullable(), createdAt: z.number(),
});
const balance = z.object({ available: z.number(), pending: z.number(), held: z.number(), debt: z.number(), expiring: z.array(z.object({ amount: z.number(), at: z.number() })) });
const order = z.object({
  id: z.string(), number: z.string(), currency: z.string(), placedAt: z.number(), paidAt: z.number().nullable(), deliveredAt: z.number().nullable(), cancelledAt: z.number().nullable(), total: z.number(), refundedTotal: z.number(),
  lines: z.array(z.object({ title: z.string(), quantity: z.number() })),
});
/** What went back of which goods, for a sentence such as "1 of 2 shirts". */
export const refundedGoods = z.array(z.object({ title: z.string(), refunded: z.number(), of: z.number() }));
export const ledgerLine = z.object({ id: z.string(), at: z.number(), businessDate: z.string(), kind: z.string(), available: z.number(), pending: z.number(), debt: z.number().optional(), source: z.string(), causeRef: z.string().nullable(), note: z.string().nullable(), actor: z.string(), goods: refundedGoods.optional() });
const entry = z.object({ id: z.string(), at: z.number(), icon: z.string(), title: localisedText, detail: z.string().optional(), plugin: z.string(), why: z.object({ kind: z.string(), source: z.string() }).optional() });
const filters = { search: z.string().max(100).optional(), sort: z.enum(['created', 'orders', 'spent', 'lastOrder', 'points', 'name']).optional(), direction: z.enum(['asc', 'desc']).optional(), kind: z.enum(['guest', 'member']).optional() };

const CONTACT = statement<{ email: string | null; phone: string | null }>('SELECT email, phone FROM person WHERE shop_id = :shop AND id = :person');

const summary = (ctx: ShopContext, each: CustomerSummary): z.infer<typeof row> => ({
  id: each.id, kind: each.kind, name: each.name, emailMasked: maskEmail(each.email), orders: each.orderCount, spent: each.spentTotal, currency: ctx.shop.currency, points: each.points, lastOrderAt: each.lastOrderAt, createdAt: each.createdAt,
});
const orderOf = (each: Order): z.infer<typeof order> => ({
  id: each.id, number: each.number, currency: each.currency, placedAt: each.placedAt, paidAt: each.paidAt, deliveredAt: each.deliveredAt, cancelledAt: each.cancelledAt, total: each.total, refundedTotal: each.refundedTotal,
  lines: each.lines.map((line) => ({ title: line.title, quantity: line.quantity })),
});
export const lineOf = (each: LedgerLine): z.infer<typeof ledgerLine> => ({ id: each.id, at: each.at, businessDate: each.businessDate, kind: each.kind, available: each.available, pending: each.pending, ...(each.debt === undefined ? {} : { debt: each.debt }), source: each.source, causeRef: each.causeRef, note: each.note, actor: each.actor, ...(each.goods ? { goods: [...each.goods] } : {}) });
const mapped = <A, B>(page: Page<A>, map: (item: A) => B): { items: B[]; next?: string } => ({ items: page.items.map(map), ...(page.next ? { next: page.next } : {}) });

export function customerRoutes(routes: AdminRoutes, services: CoreServices): void {
  const { customers, ledger, orders } = services;
  routes.route('get', '/customers', { summary: 'Customers', query: z.strictObject({ ...pageQuery, ...filters }), reply: pageOf(row) },
    async (ctx, { query }) => mapped(await customers.list(ctx, query, query), (each) => summary(ctx, each)));
  routes.csv('/customers.csv', { summary: 'Customers as CSV', query: z.strictObject(filters), name: 'customers.csv', columns: ['id', 'kind', 'name', 'email_masked', 'orders', 'spent', 'currency', 'points', 'last_order_at', 'created_at'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await customers.list(ctx, query, { limit: 200, cursor });
      for (const each of page.items) yield [each.id, each.kind, each.name, maskEmail(each.email), each.orderCount, each.spentTotal / minorUnits(ctx.shop.currency), ctx.shop.currency, each.points, each.lastOrderAt ? new Date(each.lastOrderAt).toISOString() : null, new Date(each.createdAt).toISOString()];
      cursor = page.next;
    } while (cursor);
  });
  routes.route('get', '/customers/:id', {
    summary: 'One customer', params: idParams,
    reply: z.object({
      person: z.object({ id: z.string(), kind: z.enum(['guest', 'member']), name: z.string().nullable(), emailMasked: z.string().nullable(), phoneMasked: z.string().nullable(), locale: z.string().nullable(), createdAt: z.number() }),
      balance, totals: z.object({ orders: z.number(), spent: z.number(), currency: z.string() }),
    }),
  }, async (ctx, { params }) => {
    const each = await customers.summary(ctx, params.id);
    const [points, contact] = await Promise.all([ledger.balance(ctx, each.id), services.store.read(ctx, (q) => q.one(CONTACT, { person: each.id }))]);
    return {
      person: { id: each.id, kind: each.kind, name: each.name, emailMasked: maskEmail(each.email), phoneMasked: maskPhone(contact?.phone), locale: each.locale, createdAt: each.createdAt },
      balance: { ...points, expiring: [...points.expiring] }, totals: { orders: each.orderCount, spent: each.spentTotal, currency: ctx.shop.currency },
    };
  });
  routes.route('post', '/customers/:id/reveal', { summary: 'Show e-mail and phone, with a reason that is recorded', params: idParams, body: z.strictObject({ reason: z.string().trim().min(3).max(300) }), reply: z.object({ email: z.string().nullable(), phone: z.string().nullable() }), roles: ['operator', 'agent'] },
    async (ctx, { params, body }) => {
      const contact = await services.store.read(ctx, (q) => q.one(CONTACT, { person: params.id }));
      if (!contact) throw notFound('customer', params.id);
      await services.audit.record(ctx, 'customer.revealed', `person:${params.id}`, { reason: body.reason });
      return contact;
    });
  routes.route('get', '/customers/:id/orders', { summary: 'Orders of a customer', params: idParams, query: z.strictObject(pageQuery), reply: pageOf(order) }, async (ctx, { params, query }) => mapped(await orders.ofPerson(ctx, params.id, query), orderOf));
  routes.route('get', '/customers/:id/ledger', { summary: 'Every movement of a customer\'s points, and why', params: idParams, query: z.strictObject(pageQuery), reply: pageOf(ledgerLine) }, async (ctx, { params, query }) => mapped(await ledger.statement(ctx, params.id, query), lineOf));
  routes.route('get', '/customers/:id/timeline', {
    summary: 'What happened with a customer, from the core and all modules', params: idParams, query: z.strictObject({ before: z.coerce.number().optional(), limit: z.coerce.number().int().min(1).max(100).optional() }), reply: pageOf(entry),
  }, async (ctx, { params, query }) => {
    const person = await customers.byId(ctx, params.id);
    if (!person) throw notFound('customer', params.id);
    const limit = query.limit ?? 30;
    const entries = await timelineOf(ctx, services, person.id, { before: query.before ?? ctx.now + 1, limit });
    const items = entries.map((each: Entry) => ({ id: each.id, at: each.at, icon: each.icon, title: { ...each.title }, plugin: each.plugin, ...(each.detail ? { detail: each.detail } : {}), ...(each.why ? { why: { ...each.why } } : {}) }));
    const last = items.at(-1);
    return { items, ...(items.length === limit && last ? { next: String(last.at) } : {}) };
  });
  routes.route('post', '/customers/:id/adjustments', {
    summary: 'Give or take points by hand, with a reason', params: idParams, body: z.strictObject({ amount: z.number().int().min(-1_000_000).max(1_000_000).refine((amount) => amount !== 0, { error: 'must not be 0', params: { 'zh-CN': '不能为 0' } }), reason: z.string().trim().min(3).max(300) }), reply: z.object({ balance, /** Above the shop's limit: a second person has to agree first. */ waiting: z.boolean() }), roles: ['operator', 'agent'], keyed: true,
  }, async (ctx, { params, body }) => {
    const person = await customers.byId(ctx, params.id);
    if (!person) throw notFound('customer', params.id);
    const { waiting } = await services.adjustments.request(ctx, person.id, body.amount, body.reason);
    const points = await ledger.balance(ctx, person.id);
    return { balance: { ...points, expiring: [...points.expiring] }, waiting: waiting !== undefined };
  });
}
