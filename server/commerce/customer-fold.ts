import { newId, sql, type Instant, type ShopContext, type Unit } from '../plugin-api/index.js';
import { jsonStatement } from './json-statement.js';
import { manyRows } from './many-rows.js';
import { passGates } from './row-gate.js';
import { checkId, checkInstant, checkMaybeInstant, clip } from './snapshot-input.js';
import type { CustomerSnapshot } from './snapshots.js';

const FIELDS = ['name', 'email', 'phone', 'locale'] as const;
const LONGEST = { name: 200, email: 320, phone: 60, locale: 20 } as const;
type Known = { [F in (typeof FIELDS)[number]]: string | null };
interface Folded extends Known { person: string; external: string; identity: string; created: Instant; versions: Partial<Record<keyof Known, Instant>>; isNew: boolean; changed: boolean }

const EXISTING = jsonStatement<Known & { identity: string; external_id: string; person_id: string; versions: string; created_at: number; erased_at: number | null }>(`
  SELECT i.id AS identity, i.external_id, COALESCE(p.merged_into, p.id) AS person_id, i.versions, p.name, p.email, p.phone, p.locale, p.created_at, p.erased_at
  FROM identity i JOIN person p ON p.shop_id = i.shop_id AND p.id = i.person_id
  WHERE i.shop_id = :shop AND i.platform = :platform AND i.external_id IN @ids`);
const insertPeople = manyRows('person', {
  id: 'person', kind: 'kind', name: 'name', email: 'email', phone: 'phone', locale: 'locale', order_count: 'orders', spent_total: 'spent', last_order_at: 'last', created_at: 'created', updated_at: 'now',
});
const insertIdentities = manyRows('identity', { id: 'identity', platform: 'platform', external_id: 'external', person_id: 'person', versions: 'seen', created_at: 'now', updated_at: 'now' });
/** The rows are there; an upsert is the one form of a many-row update that both engines answer by key. */
const updatePeople = manyRows('person', { id: 'person', kind: 'kind', name: 'name', email: 'email', phone: 'phone', locale: 'locale', created_at: 'created', updated_at: 'now' },
  `ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, locale = excluded.locale, created_at = excluded.created_at, updated_at = excluded.updated_at`);
const updateIdentities = manyRows('identity', { id: 'identity', platform: 'platform', external_id: 'external', person_id: 'person', versions: 'seen', created_at: 'now', updated_at: 'now' },
  'ON CONFLICT (shop_id, id) DO UPDATE SET versions = excluded.versions, updated_at = excluded.updated_at');

/** Each field keeps what the newest snapshot that mentions it says; with equal versions the greater text counts, so that order never matters. */
function apply(folded: Folded, snapshot: CustomerSnapshot, since: Instant | undefined): void {
  const version = checkInstant('customer.updatedAt', snapshot.updatedAt);
  for (const field of FIELDS) {
    const told = snapshot[field];
    if (told === undefined) continue;
    const said = clip(told, LONGEST[field]);
    const seen = folded.versions[field];
    if (seen !== undefined && (seen > version || (seen === version && (folded[field] ?? '') >= (said ?? '')))) continue;
    if (folded[field] !== said) folded.changed = true;
    folded[field] = said;
    folded.versions[field] = version;
  }
  const created = checkMaybeInstant('customer.createdAt', snapshot.createdAt ?? since);
  if (created !== null && created < folded.created) { folded.created = created; folded.changed = true; }
}

/** What new orders add to a person. */
export interface Bought { orders: number; spent: number; last: Instant }
export interface PlannedPerson { readonly personId: string; readonly created: boolean }
/** Customers as they will be stored; `people` answers the person of each external id and whether it is new. */
export interface CustomerPlan { readonly people: ReadonlyMap<string, PlannedPerson>; readonly folded: readonly Folded[] }

/** What is told of a customer; `since`: when the customer was first seen if the snapshot does not say. */
export interface ToldCustomer { readonly snapshot: CustomerSnapshot; readonly since: Instant | undefined }

/** Reads customers of the context's platform and folds the snapshots into them; nothing is written yet. */
export function* planCustomers(ctx: ShopContext, told: readonly ToldCustomer[]): Unit<CustomerPlan> {
  const answer = new Map<string, PlannedPerson>();
  if (told.length === 0) return { people: answer, folded: [] };
  const ids = [...new Set(told.map(({ snapshot }) => checkId('customer.externalId', snapshot.externalId)))];
  yield* passGates('customer', ids);
  const people = new Map<string, Folded>();
  for (const row of yield* sql.many(EXISTING, { platform: ctx.shop.platform, ids: JSON.stringify(ids) })) {
    const { identity, external_id: external, person_id: person, created_at: created, name, email, phone, locale } = row;
    // An erased person stays erased, whatever a late snapshot says.
    if (row.erased_at !== null) answer.set(external, { personId: person, created: false });
    else people.set(external, { person, external, identity, created, name, email, phone, locale, versions: JSON.parse(row.versions) as Folded['versions'], isNew: false, changed: false });
  }
  for (const { snapshot, since } of told) {
    const external = snapshot.externalId;
    if (answer.has(external)) continue;
    let folded = people.get(external);
    if (!folded) {
      folded = { person: newId(), external, identity: newId(), created: snapshot.createdAt ?? since ?? ctx.now, name: null, email: null, phone: null, locale: null, versions: {}, isNew: true, changed: false };
      people.set(external, folded);
    }
    apply(folded, snapshot, since);
  }
  for (const folded of people.values()) answer.set(folded.external, { personId: folded.person, created: folded.isNew });
  return { people: answer, folded: [...people.values()] };
}

/** Writes planned customers; new ones with what they have bought, by person, which saves a second write for each. */
export function* storeCustomers(ctx: ShopContext, { folded }: CustomerPlan, bought: ReadonlyMap<string, Bought>): Unit<void> {
  const { shop: { platform }, now } = ctx;
  const asRow = (f: Folded) => {
    const { orders = 0, spent = 0, last = null } = bought.get(f.person) ?? {};
    return { person: f.person, external: f.external, identity: f.identity, created: f.created, name: f.name, email: f.email, phone: f.phone, locale: f.locale, seen: JSON.stringify(f.versions), kind: 'member', platform, now, orders, spent, last };
  };
  const fresh = folded.filter((f) => f.isNew).map(asRow);
  yield* insertPeople(fresh);
  yield* insertIdentities(fresh);
  const changed = folded.filter((f) => !f.isNew && f.changed).map(asRow);
  yield* updatePeople(changed);
  yield* updateIdentities(changed);
}

/** Folds customers of the context's platform. Answers the person of each external id and whether it is new. */
export function* foldCustomers(ctx: ShopContext, snapshots: readonly CustomerSnapshot[]): Unit<ReadonlyMap<string, PlannedPerson>> {
  const plan = yield* planCustomers(ctx, snapshots.map((snapshot) => ({ snapshot, since: undefined })));
  yield* storeCustomers(ctx, plan, new Map());
  return plan.people;
}
