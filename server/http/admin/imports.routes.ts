import type { Readable } from 'node:stream';
import { notFound, z, type AdminRoutes, type ShopContext } from '../../plugin-api/index.js';
import type { RouteTable } from '../../host/route-table.js';
import { WRITERS } from '../../host/router-for.js';
import type { ImportJob } from '../../commerce/import/import-job.entity.js';
import type { CoreServices } from '../core-services.js';
import { idParams, localisedText, pageOf, pageQuery } from './page-query.js';

const field = z.object({ name: z.string(), label: localisedText, required: z.boolean() });
const joined = z.object({ name: z.string(), by: z.string(), adds: z.array(z.string()), rows: z.number(), matched: z.number(), sampled: z.number() });
const draft = z.object({ importId: z.string(), columns: z.array(z.string()), sample: z.array(z.array(z.string())), mapping: z.record(z.string(), z.string().nullable()), fields: z.array(field), file: z.string(), companions: z.array(joined), complaint: z.string().optional() });
const problem = z.object({ row: z.number(), code: z.string(), message: z.string(), taken: z.boolean() });
const progress = z.object({
  id: z.string(), kind: z.string(), file: z.string(), companions: z.array(z.string()), state: z.enum(['mapped', 'running', 'done', 'failed', 'cancelled']), share: z.number(), read: z.number(), taken: z.number(), unchanged: z.number(), skipped: z.number(),
  problems: z.array(problem), startedBy: z.string(), startedAt: z.number().optional(), finishedAt: z.number().nullable(), error: z.string().nullable(),
});
const fileName = z.string().min(1).max(200);
const upload = z.strictObject({ kind: z.string().max(60), name: fileName });
const companionName = z.strictObject({ name: fileName });
const companionParams = z.object({ id: z.string().min(1).max(200), place: z.coerce.number().int().min(1).max(9) });
/** A file of half a gigabyte over a slow line. */
const UPLOAD_MS = 600_000;

const shown = (job: ImportJob): z.infer<typeof progress> => ({
  id: job.id, kind: job.kind, file: job.files[0]?.name ?? '', companions: job.files.slice(1).map(({ name }) => name), state: job.state === 'uploaded' ? 'mapped' : job.state, share: job.progress / 1000, read: job.rowsRead, taken: job.rowsTaken, unchanged: job.report?.unchanged ?? 0, skipped: job.rowsSkipped,
  problems: (job.report?.problems ?? []).map((each) => ({ ...each })), startedBy: job.startedBy, ...(job.startedAt === null ? {} : { startedAt: job.startedAt }), finishedAt: job.finishedAt, error: job.error,
});

/** Uploading, mapping and running imports. What a plugin takes can be imported only where the plugin is switched on. */
export function importRoutes(routes: AdminRoutes, table: RouteTable, services: CoreServices): void {
  const { importJobs, importTargets } = services;
  const kindsOf = (ctx: ShopContext): ReturnType<typeof importTargets.kinds> => importTargets.kinds((owner) => services.installs.isEnabled(ctx.shop.id, owner));
  const draftOf = async (ctx: ShopContext, job: ImportJob): Promise<z.infer<typeof draft>> => {
    const preview = await importJobs.preview(ctx, job.id);
    const { fields } = importTargets.kind(job.kind);
    return {
      importId: job.id, columns: [...preview.columns], sample: preview.raw.map((row) => [...row]), mapping: Object.fromEntries(fields.map(({ name }) => [name, preview.mapping[name] ?? null])),
      fields: fields.map(({ name, label, required }) => ({ name, label: { ...label }, required })), file: job.files[0]!.name, companions: preview.companions.map((each) => ({ ...each, adds: [...each.adds] })), ...(preview.complaint ? { complaint: preview.complaint } : {}),
    };
  };

  routes.route('get', '/import-kinds', { summary: 'What can be imported', reply: z.object({ items: z.array(z.object({ kind: z.string(), title: localisedText, fields: z.array(field) })) }) },
    (ctx) => Promise.resolve({ items: kindsOf(ctx).map(({ kind, title, fields }) => ({ kind, title: { ...title }, fields: fields.map(({ name, label, required }) => ({ name, label: { ...label }, required })) })) }));
  table.add({
    surface: 'admin', owner: 'core', method: 'post', path: '/imports', summary: 'Upload a CSV file (raw body, .gz too) and see how its columns would be read', query: upload, reply: draft, status: 201, bodyLimit: 0, stream: true, timeoutMs: UPLOAD_MS, roles: WRITERS,
    handler: async (ctx: ShopContext, input: { readonly query: z.infer<typeof upload>; readonly body: Readable }) => {
      if (!kindsOf(ctx).some(({ kind }) => kind === input.query.kind)) throw notFound('kind of import', input.query.kind);
      return draftOf(ctx, await importJobs.upload(ctx, input.query.kind, [{ name: input.query.name, body: input.body }]));
    },
  });
  table.add({
    surface: 'admin', owner: 'core', method: 'post', path: '/imports/:id/companions', summary: 'Add a companion file (raw body) whose rows are joined to the table\'s by a shared column', params: idParams, query: companionName, reply: draft, status: 201, bodyLimit: 0, stream: true, timeoutMs: UPLOAD_MS, roles: WRITERS,
    handler: async (ctx: ShopContext, input: { readonly params: z.infer<typeof idParams>; readonly query: z.infer<typeof companionName>; readonly body: Readable }) =>
      draftOf(ctx, await importJobs.addCompanion(ctx, input.params.id, { name: input.query.name, body: input.body })),
  });
  routes.route('delete', '/imports/:id/companions/:place', { summary: 'Take a companion file away again; places count from 1', params: companionParams, reply: draft },
    async (ctx, { params }) => draftOf(ctx, await importJobs.removeCompanion(ctx, params.id, params.place)));
  routes.route('get', '/imports/:id/draft', { summary: 'How the files of an import that has not been started would be read', params: idParams, reply: draft }, async (ctx, { params }) => draftOf(ctx, await importJobs.get(ctx, params.id)));
  routes.route('get', '/imports', { summary: 'Imports, newest first', query: z.strictObject(pageQuery), reply: pageOf(progress) }, async (ctx, { query }) => {
    const page = await importJobs.list(ctx, query);
    return { items: page.items.map(shown), ...(page.next ? { next: page.next } : {}) };
  });
  routes.route('get', '/imports/:id', { summary: 'How far an import is, and its report', params: idParams, reply: progress }, async (ctx, { params }) => shown(await importJobs.get(ctx, params.id)));
  routes.route('post', '/imports/:id/start', {
    summary: 'Start an import', params: idParams, reply: progress,
    body: z.strictObject({ mapping: z.record(z.string().max(60), z.string().max(200).nullable()), options: z.strictObject({ currency: z.string().length(3).optional(), dayFirst: z.boolean().optional() }).optional() }),
  }, async (ctx, { params, body }) => {
    const mapping = Object.fromEntries(Object.entries(body.mapping).filter((entry): entry is [string, string] => entry[1] !== null));
    const job = await importJobs.start(ctx, params.id, { mapping, currency: body.options?.currency ?? null, dayFirst: body.options?.dayFirst ?? false });
    await services.audit.record(ctx, 'import.started', `import:${job.id}`, { kind: job.kind });
    return shown(job);
  });
  routes.route('delete', '/imports/:id', { summary: 'Cancel a running import; what it took stays', params: idParams, reply: progress }, async (ctx, { params }) => shown(await importJobs.cancel(ctx, params.id)));
}
