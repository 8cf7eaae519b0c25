import { z, type AdminRoutes } from '../../plugin-api/index.js';
import type { CoreServices } from '../core-services.js';
import { pageOf, pageQuery } from './page-query.js';

const entry = z.object({ seq: z.number(), at: z.number(), actor: z.string(), action: z.string(), target: z.string(), detail: z.record(z.string(), z.unknown()), hash: z.string() });
const filter = { action: z.string().max(100).optional(), target: z.string().max(200).optional() };

export function auditRoutes(routes: AdminRoutes, services: CoreServices): void {
  const given = (query: { action?: string | undefined; target?: string | undefined }): { action?: string; target?: string } => ({ ...(query.action ? { action: query.action } : {}), ...(query.target ? { target: query.target } : {}) });
  routes.route('get', '/audit', { summary: 'Who did what, newest first', query: z.strictObject({ ...pageQuery, ...filter }), reply: pageOf(entry) }, async (ctx, { query }) => {
    const page = await services.audit.list(ctx, query, given(query));
    return { items: page.items.map((each) => ({ seq: each.seq, at: each.at, actor: each.actor, action: each.action, target: each.target, detail: { ...each.detail }, hash: each.hash })), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('get', '/audit/check', { summary: 'Recompute the audit\'s chain of hashes', reply: z.object({ ok: z.boolean(), entries: z.number().optional(), seq: z.number().optional(), reason: z.string().optional() }) },
    async (ctx) => { const { ok, ...rest } = await services.audit.verify(ctx); return { ok, ...rest }; });
  routes.csv('/audit.csv', { summary: 'The audit as CSV', query: z.strictObject(filter), name: 'audit.csv', columns: ['seq', 'at', 'actor', 'action', 'target', 'detail', 'hash'] }, async function* (ctx, { query }) {
    let cursor: string | undefined;
    do {
      const page = await services.audit.list(ctx, { limit: 200, ...(cursor ? { cursor } : {}) }, given(query));
      for (const each of page.items) yield [each.seq, new Date(each.at).toISOString(), each.actor, each.action, each.target, JSON.stringify(each.detail), each.hash];
      cursor = page.next;
    } while (cursor);
  });
}
