import { GIVERS, z, type AdminRoutes } from 'guanxi/plugin';
import { ENTRY_KINDS } from '../entities/entry.entity.js';
import type { Accounts } from '../services/accounts.service.js';
import type { CreditDesk } from '../services/desk.service.js';

const account = z.object({ personId: z.string(), name: z.string().nullable(), balance: z.number(), changedAt: z.number().nullable() });
const entry = z.object({ id: z.string(), personId: z.string(), name: z.string().nullable(), kind: z.enum(ENTRY_KINDS), amount: z.number(), reason: z.string().nullable(), handledBy: z.string().nullable(), at: z.number() });
const person = z.string().min(1).max(200);
const limit = z.coerce.number().int().min(1).max(200).optional();
/** Minor units; more than anybody should be able to type by mistake. */
const MOST = 1_000_000_000;

/** What the shop owes to whom, and corrections by staff. */
export function adminRoutes(routes: AdminRoutes, desk: CreditDesk, accounts: Accounts): void {
  routes.route('get', '/overview', {
    summary: 'What customers have in all, and what was added and spent lately',
    reply: z.object({ outstanding: z.number(), accounts: z.number(), held: z.number(), codes: z.number(), added: z.number(), spent: z.number(), days: z.number() }),
  }, async (ctx) => ({ ...await desk.overview(ctx) }));
  routes.route('get', '/accounts', {
    summary: 'Accounts, the richest first; or those of the customers that are named, also without an account',
    query: z.strictObject({ people: z.string().max(11_000).transform((text) => text.split(',').filter(Boolean)).pipe(z.array(person).max(50)).optional(), limit, cursor: z.string().regex(/^\d{1,16} [\w-]{1,200}$/).optional() }),
    reply: z.object({ items: z.array(account), next: z.string().optional() }),
  }, async (ctx, { query }) => {
    if (query.people) return { items: (await desk.accountsOf(ctx, query.people)).map((each) => ({ ...each })) };
    const page = await desk.accounts(ctx, query);
    return { items: page.items.map((each) => ({ ...each })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('get', '/entries', { summary: 'Movements of one account or of all, newest first', query: z.strictObject({ personId: person.optional(), limit, cursor: z.string().max(500).optional() }), reply: z.object({ items: z.array(entry), next: z.string().optional() }) }, async (ctx, { query }) => {
    const page = await desk.entries(ctx, query.personId, query);
    return { items: page.items.map((each) => ({ id: each.id, personId: each.personId, name: each.name, kind: each.kind, amount: each.amount, reason: each.reason, handledBy: each.handledBy, at: each.at })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('post', '/adjustments', {
    summary: 'Give somebody credit, or take some', roles: GIVERS, keyed: true, status: 201, reply: z.object({ balance: z.number() }),
    body: z.strictObject({ personId: person, amount: z.number().int().min(-MOST).max(MOST).refine((amount) => amount !== 0, { message: 'must not be 0', params: { 'zh-CN': '不能为 0' } }), reason: z.string().trim().min(1).max(300) }),
  }, (ctx, { body }) => accounts.adjust(ctx, body.personId, body.amount, body.reason));
  routes.csv('/accounts.csv', { summary: 'Accounts as CSV', name: 'store-credit.csv', columns: ['person_id', 'name', 'balance', 'changed_at'] }, async function* (ctx) {
    let cursor: string | undefined;
    do {
      const page = await desk.accounts(ctx, { limit: 200, cursor });
      for (const each of page.items) yield [each.personId, each.name, each.balance, iso(each.changedAt)];
      cursor = page.next;
    } while (cursor);
  });
  routes.csv('/entries.csv', { summary: 'All movements as CSV', name: 'store-credit-entries.csv', columns: ['id', 'date', 'at', 'person_id', 'name', 'kind', 'amount', 'reason', 'handled_by', 'ref'] }, async function* (ctx) {
    let cursor: string | undefined;
    do {
      const page = await desk.entries(ctx, undefined, { limit: 200, cursor });
      for (const each of page.items) yield [each.id, each.businessDate, iso(each.at), each.personId, each.name, each.kind, each.amount, each.reason, each.handledBy, each.ref];
      cursor = page.next;
    } while (cursor);
  });
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
