import { newId } from '../../server/plugin-api/index.js';
import type { RouteRecord } from '../../server/host/route-table.js';
import type { HttpClient } from '../kit/http-client.js';
import type { ContractLab } from './contract-lab.js';
import { routeName } from './contract-lab.js';
import type { ContractShop } from './contract-shops.js';
import { samplesOf, type Hints } from './zod-sample.js';

export interface RouteInput { readonly path: string; readonly body: unknown; /** Everything that was filled in, as text. */ readonly text: string }
export interface RouteAnswer { readonly status: number; readonly text: string; readonly code: string | undefined }

const isId = (name: string): boolean => /(^id$|Id$|_id$|^ids$|^(activity|survey|game|reward|person|order)$)/.test(name);

/** Stand for what differs from shop to shop, so that a schema is thought about once. */
const ID = '0190163d-0000-7000-8000-000000000001', ORDER = '0190163d-0000-7000-8000-000000000002';
const HINTS: Hints = (name) => (/sku/i.test(name) ? ['CONTRACT-1'] : /order/i.test(name) ? [ORDER] : isId(name) ? [ID] : []);
const made = new WeakMap<object, ReturnType<typeof samplesOf>>();

/** An input of the schema for a shop; `id` stands for every id that is asked for. */
function sample(schema: NonNullable<RouteRecord['body']>, bare: boolean, shop: ContractShop, id: string): { readonly value: unknown } | undefined {
  if (!made.has(schema)) made.set(schema, samplesOf(schema, HINTS));
  const found = made.get(schema)!.at(bare ? -1 : 0);
  return found && { value: found.value === undefined ? undefined : JSON.parse(JSON.stringify(found.value).replaceAll(ID, id).replaceAll(ORDER, shop.orders[0]!)) as unknown };
}

/** Fills in a route for a shop, with everything that is optional or as `bare` as can be. Undefined when its schemas admit nothing that could be made up. */
export function inputFor(lab: ContractLab, record: RouteRecord, shop: ContractShop, id: string | undefined, bare = false): RouteInput | undefined {
  const given = lab.options.samples?.[routeName(record)];
  const filled = id ?? newId();
  const make = (schema: RouteRecord['body'], fixed: unknown): { readonly value: unknown } | undefined => (fixed === undefined ? schema ? sample(schema, bare, shop, filled) : { value: undefined } : { value: fixed });
  const names = [...record.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1]!);
  const params = names.length ? make(record.params, given?.params) ?? undefined : { value: {} };
  const query = make(record.query, given?.query), body = record.method === 'get' ? { value: undefined } : make(record.body, given?.body);
  if (!params || !query || !body) return undefined;
  const values = (params.value ?? Object.fromEntries(names.map((name) => [name, isId(name) ? filled : /sku/i.test(name) ? shop.skus[0] : 'sample']))) as Record<string, unknown>;
  const search = Object.entries((query.value ?? {}) as Record<string, unknown>).filter(([name, value]) => value !== undefined && value !== null && !/cursor/i.test(name)).map(([name, value]) => [name, String(value)]);
  const path = record.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  return { path: `${path}${search.length ? `?${new URLSearchParams(search).toString()}` : ''}`, body: body.value, text: JSON.stringify([values, search, body.value]) };
}

/** Asks a route of the plugin in a shop, as who may ask it. */
export async function callRoute(lab: ContractLab, record: RouteRecord, shop: ContractShop, input: RouteInput, as?: HttpClient): Promise<RouteAnswer> {
  const client = as ?? (record.surface === 'admin' ? shop.admin : record.audience === 'visitor' ? shop.visitor : shop.next().client);
  const { status, body } = await client.send<unknown>(record.method.toUpperCase(), `/api/${record.surface}/plugins/${lab.id}${input.path}`, input.body);
  return { status, text: typeof body === 'string' ? body : JSON.stringify(body), code: (body as { code?: string } | null)?.code };
}

const turn = ({ method, path }: RouteRecord): number => (method === 'get' ? 0 : method === 'delete' ? 4 : method === 'post' ? path.includes(':') ? 3 : 1 : 2);
/** Every route of the plugin: those that read, make, change, act, remove; shoppers before the merchant, who may close what they come for. */
export async function routesOf(lab: ContractLab): Promise<readonly RouteRecord[]> {
  const unit = (await lab.host()).unit(lab.id);
  return [...unit.storefront.records(), ...unit.admin.records()].sort((a, b) => turn(a) - turn(b));
}
