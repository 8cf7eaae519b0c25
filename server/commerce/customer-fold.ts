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
const insertPeople = manyRows('person', { id: 'person', kind: 'kind', name: 'name', email: 'email', phone: 'phone', locale: 'locale', created_at: 'created', updated_at: 'now' });
const insertIdentities = manyRows('identity', { id: 'identity', platform: 'platform', external_id: 'external', person_id: 'person', versions: 'seen', created_at: 'now', updated_at: 'now' });
/** The rows are there; an upsert is the one form of a many-row update that both engines answer by key. */
const updatePeople = manyRows('person', { id: 'person', kind: 'kind', name: 'name', email: 'email', phone: 'phone', locale: 'locale', created_at: 'created', updated_at: 'now' },
  `ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone, locale = excluded.locale, created_at = excluded.created_at, updated_at = excluded.updated_at`);
const updateIdentities = manyRows('identity', { id: 'identity', platform: 'platform', external_id: 'external', person_id: 'person', versions: 'seen', created_at: 'now', updated_at: 'now' },
  'ON CONFLICT (shop_id, id) DO UPDATE SET versions = excluded.versions, updated_at = excluded.updated_at');

/** Each field keeps what the newest snapshot that mentions it says; with equal versions the greater text counts, so that order never matters. */
function apply(folded: Folded, snapshot: CustomerSnapshot, version: Instant): void {
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
  const created = checkMaybeInstant('customer.createdAt', snapshot.createdAt);
  if (created !== null && created < folded.created) { folded.created = created; folded.changed = true; }
}

/** Folds customers of the context's platform. Answers the person of each external id and whether it is new. */
export function* foldCustomers(ctx: ShopContext, snapshots: readonly CustomerSnapshot[], since: Instant = ctx.now): Unit<ReadonlyMap<string, { readonly personId: string; readonly created: boolean }>> {
  const answer = new Map<string, { personId: string; created: boolean }>();
  if (snapshots.length === 0) return answer;
  const platform = ctx.shop.platform;
  const ids = [...new Set(snapshots.map((snapshot) => checkId('customer.externalId', snapshot.externalId)))];
  yield* passGates('customer', ids);
  const people = new Map<string, Folded>();
  for (const row of yield* sql.many(EXISTING, { platform, ids: JSON.stringify(ids) })) {
    const { identity, external_id: external, person_id: person, created_at: created, name, email, phone, locale } = row;
    // An erased person stays erased, whatever a late snapshot says.
    if (row.erased_at !== null) answer.set(external, { personId: person, created: false });
    else people.set(external, { person, external, identity, created, name, email, phone, locale, versions: JSON.parse(row.versions) as Folded['versions'], isNew: false, changed: false });
  }
  for (const snapshot of snapshots) {
    const external = snapshot.externalId;
    if (answer.has(external)) continue;
    let folded = people.get(external);
    if (!folded) {
      folded = { person: newId(), external, identity: newId(), created: snapshot.createdAt ?? since, name: null, email: null, phone: null, locale: null, versions: {}, isNew: true, changed: false };
      people.set(external, folded);
    }
    apply(folded, snapshot, checkInstant('customer.updatedAt', snapshot.updatedAt));
  }
  const asRow = ({ versions, isNew: _new, changed: _changed, ...rest }: Folded): Readonly<Record<string, string | number | null>> => ({ ...rest, seen: JSON.stringify(versions), kind: 'member', platform, now: ctx.now });
  const fresh = [...people.values()].filter((folded) => folded.isNew).map(asRow);
  yield* insertPeople(fresh);
  yield* insertIdentities(fresh);
  const changed = [...people.values()].filter((folded) => !folded.isNew && folded.changed).map(asRow);
  yield* updatePeople(changed);
  yield* updateIdentities(changed);
  for (const folded of people.values()) answer.set(folded.external, { personId: folded.person, created: folded.isNew });
  return answer;
}
