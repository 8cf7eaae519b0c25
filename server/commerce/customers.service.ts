import { newId, notFound, sql, statement, type Database, type Customers, type Instant, type Locale, type Page, type PageRequest, type Person, type ShopContext, type Unit, type Walk } from '../plugin-api/index.js';
import { customerList, type CustomerFilter, type CustomerListRow } from './customer-list.js';
import { jsonStatement } from './json-statement.js';
import { pageOf, pageSize } from './list-page.js';

interface PersonRow { readonly id: string; readonly kind: 'guest' | 'member'; readonly name: string | null; readonly email: string | null; readonly locale: string | null; readonly created_at: Instant; readonly asked: string }
/** A row of the customers' list: the person with order count, money spent (shop currency, minor units) and spendable points. */
export interface CustomerSummary extends Person { readonly orderCount: number; readonly spentTotal: number; readonly lastOrderAt: Instant | null; readonly points: number }

const PERSON = 'p.id, p.kind, p.name, p.email, p.locale, p.created_at';
/** Merges are kept flat, so one step reaches the person that somebody became. */
const BY_IDS = jsonStatement<PersonRow>(`
  SELECT ${PERSON}, q.id AS asked FROM person q JOIN person p ON p.shop_id = q.shop_id AND p.id = COALESCE(q.merged_into, q.id) WHERE q.shop_id = :shop AND q.id IN @ids`);
const BY_EXTERNAL = statement<PersonRow>(`
  SELECT ${PERSON}, i.external_id AS asked FROM identity i JOIN person q ON q.shop_id = i.shop_id AND q.id = i.person_id
  JOIN person p ON p.shop_id = q.shop_id AND p.id = COALESCE(q.merged_into, q.id) WHERE i.shop_id = :shop AND i.platform = :platform AND i.external_id = :external`);
// Sorted by an expression, so that SQLite finds the person's few and does not walk along everybody's in this order.
const IDENTITIES = statement<{ platform: string; external_id: string }>('SELECT platform, external_id FROM identity WHERE shop_id = :shop AND person_id = :person ORDER BY platform || \'\', external_id');
const INSERT_GUEST = statement(`
  INSERT INTO person (shop_id, id, kind, locale, created_at, updated_at) VALUES (:shop, :id, 'guest', :locale, :now, :now)`);
const MEMBERS = statement<{ id: string; created_at: number }>("SELECT id, created_at FROM person WHERE shop_id = :shop AND kind = 'member' AND merged_into IS NULL AND erased_at IS NULL AND id > :after ORDER BY id LIMIT :limit");
const COUNTS = statement<{ members: number; guests: number; buyers: number; fresh: number }>(`
  SELECT CAST(COALESCE(SUM(CASE kind WHEN 'member' THEN 1 ELSE 0 END), 0) AS BIGINT) AS members, CAST(COALESCE(SUM(CASE kind WHEN 'guest' THEN 1 ELSE 0 END), 0) AS BIGINT) AS guests,
    CAST(COALESCE(SUM(CASE WHEN order_count > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS buyers,
    CAST(COALESCE(SUM(CASE WHEN kind = 'member' AND created_at >= :since THEN 1 ELSE 0 END), 0) AS BIGINT) AS fresh
  FROM person WHERE shop_id = :shop AND merged_into IS NULL AND erased_at IS NULL`);

const personOf = (row: PersonRow): Person => ({ id: row.id, kind: row.kind, name: row.name, email: row.email, locale: row.locale, createdAt: row.created_at });
const summaryOf = (row: CustomerListRow): CustomerSummary => ({
  id: row.id, kind: row.kind, name: row.name, email: row.email, locale: row.locale, createdAt: row.created_at, orderCount: row.order_count, spentTotal: row.spent_total, lastOrderAt: row.last_order_at, points: row.points,
});

export class CustomersService implements Customers {
  readonly steps = {
    /** A person nobody has identified yet. */
    *createGuest(ctx: ShopContext): Unit<Person> {
      const id = newId();
      yield* sql.run(INSERT_GUEST, { id, locale: ctx.locale, now: ctx.now });
      return { id, kind: 'guest', name: null, email: null, locale: ctx.locale satisfies Locale, createdAt: ctx.now };
    },
  };

  constructor(private readonly db: Database) {}

  async byId(ctx: ShopContext, personId: string): Promise<Person | undefined> {
    return (await this.byIds(ctx, [personId])).get(personId);
  }

  /** By the ids that were asked for, also where a person has become another. */
  byIds(ctx: ShopContext, personIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    if (personIds.length === 0) return Promise.resolve(new Map());
    return this.db.read(ctx, async (q) => new Map((await q.many(BY_IDS, { ids: JSON.stringify([...new Set(personIds)]) })).map((row) => [row.asked, personOf(row)])));
  }

  members(ctx: ShopContext, { after = '', limit }: Walk): Promise<readonly { readonly id: string; readonly createdAt: Instant }[]> {
    return this.db.read(ctx, async (q) => (await q.many(MEMBERS, { after, limit: Math.min(limit, 1_000) })).map((row) => ({ id: row.id, createdAt: row.created_at })));
  }

  /** The person behind a platform's customer id; the context's platform if none is named. */
  byExternalId(ctx: ShopContext, externalId: string, platform: string = ctx.shop.platform): Promise<Person | undefined> {
    return this.db.read(ctx, async (q) => {
      const row = await q.one(BY_EXTERNAL, { platform, external: externalId });
      return row && personOf(row);
    });
  }

  /** Ids that platforms know a person by. */
  identities(ctx: ShopContext, personId: string): Promise<readonly { readonly platform: string; readonly externalId: string }[]> {
    return this.db.read(ctx, async (q) => (await q.many(IDENTITIES, { person: personId })).map((row) => ({ platform: row.platform, externalId: row.external_id })));
  }

  createGuest(ctx: ShopContext): Promise<Person> {
    return this.db.hot(ctx, 'guests', (inner) => this.steps.createGuest(inner));
  }

  /** A page of the customers' list; `search` looks into name, e-mail address and platform id. */
  async list(ctx: ShopContext, filter: CustomerFilter, page: PageRequest): Promise<Page<CustomerSummary>> {
    const { order, statement: text, params } = customerList(filter, page);
    const limit = pageSize(page);
    return this.db.read(ctx, async (q) => {
      const rows = await q.many(text, { ...params, limit: limit + 1 });
      return pageOf(order, rows, limit, (row) => ({ at: row.sorted, id: row.id }), summaryOf);
    });
  }

  /** One row of the list. Errors: 404 `GX_NOT_FOUND`. */
  async summary(ctx: ShopContext, personId: string): Promise<CustomerSummary> {
    const person = await this.byId(ctx, personId);
    if (!person) throw notFound('customer', personId);
    const { statement: text, params } = customerList({ personId: person.id }, {});
    const row = await this.db.read(ctx, (q) => q.one(text, { ...params, limit: 1 }));
    if (!row) throw notFound('customer', personId);
    return summaryOf(row);
  }

  /** How many there are; `fresh`: members since `since`. */
  counts(ctx: ShopContext, since: Instant): Promise<{ readonly members: number; readonly guests: number; readonly buyers: number; readonly fresh: number }> {
    return this.db.read(ctx, async (q) => (await q.scan(COUNTS, { since }))[0]!);
  }
}
