import { z } from '../plugin-api/index.js';
import type { PluginHost } from '../host/plugin-host.js';
import type { RouteRecord, RouteTable } from '../host/route-table.js';
import type { CoreRoutes } from './api-dispatch.js';

const schema = (type: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
};

function parameters(record: RouteRecord): unknown[] {
  const list: unknown[] = [...record.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => ({ name: match[1], in: 'path', required: true, schema: { type: 'string' } }));
  if (record.query) {
    const shape = schema(record.query, 'input') as { properties?: Record<string, unknown>; required?: string[] };
    for (const [name, property] of Object.entries(shape.properties ?? {})) list.push({ name, in: 'query', required: shape.required?.includes(name) ?? false, schema: property });
  }
  if (record.keyed) list.push({ name: 'Idempotency-Key', in: 'header', required: record.keyed === 'demanded', schema: { type: 'string', minLength: 8, maxLength: 200 }, description: 'A new one for each wish, the same for each retry.' });
  return list;
}

function operation(record: RouteRecord): object {
  const answer = record.status === 204 ? { description: 'Done' }
    : { description: 'Done', content: record.csv ? { 'text/csv': { schema: { type: 'string' } } } : { 'application/json': { schema: schema(record.reply, 'output') } } };
  return {
    summary: record.summary, tags: [record.owner], parameters: parameters(record),
    ...(record.body ? { requestBody: { required: true, content: { 'application/json': { schema: schema(record.body, 'input') } } } } : {}),
    responses: { [record.status]: answer, '4XX': { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    ...(record.surface === 'admin' ? { security: [{ staff: [] }] } : record.audience && record.audience !== 'visitor' ? { security: [{ shopper: [] }] } : {}),
  };
}

/** The same as text, made anew only after a plugin started, stopped or was replaced: anybody may ask for it, as often as they like. */
export function keptOpenApi(core: CoreRoutes, host: PluginHost): () => string {
  let of: readonly unknown[] = [], text = '';
  return () => {
    const active = host.active();
    if (text === '' || active.length !== of.length || active.some((unit, at) => unit !== of[at])) {
      of = active;
      text = JSON.stringify(openApi(core, host));
    }
    return text;
  };
}

/** OpenAPI 3.1 of every route of the core and of the plugins on this host, from the schemas that validate them. */
function openApi(core: CoreRoutes, host: PluginHost): object {
  const paths: Record<string, Record<string, object>> = {};
  const list = (prefix: string, table: RouteTable): void => {
    for (const record of table.records()) (paths[`${prefix}${record.path}`.replace(/:([a-zA-Z]+)/g, '{$1}')] ??= {})[record.method] = operation(record);
  };
  list('/api/admin', core.admin);
  list('/api/storefront', core.storefront);
  list('/demo/api', core.demo);
  for (const unit of host.active()) {
    list(`/api/admin/plugins/${unit.id}`, unit.admin);
    list(`/api/storefront/plugins/${unit.id}`, unit.storefront);
  }
  return {
    openapi: '3.1.0', info: { title: 'Guanxi', version: '1', description: 'Errors are RFC 9457 problem documents with a stable code.' }, paths,
    components: {
      securitySchemes: { staff: { type: 'http', scheme: 'bearer', description: 'From POST /api/admin/sign-in' }, shopper: { type: 'http', scheme: 'bearer', description: 'From POST /api/storefront/guests, or the shop\'s sign-in' } },
      schemas: { Problem: { type: 'object', required: ['type', 'title', 'status', 'code', 'detail'], properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string', pattern: '^GX_' }, detail: { type: 'string' }, instance: { type: 'string' }, fields: { type: 'object', additionalProperties: { type: 'string' } } } } },
    },
  };
}
