import { jsonStatement } from '../../commerce/json-statement.js';
import type { CommerceIntake, CustomerSnapshot } from '../../commerce/snapshots.js';
import { conflict, newId, notFound, sql, statement, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';

interface CustomerRow { id: string; email: string | null; name: string | null; locale: string; joined_at: number; person_id: string | null }
export interface DemoCustomer { readonly id: string; readonly email: string | null; readonly name: string | null; readonly locale: string; readonly joinedAt: Instant; readonly personId: string | null }

const COLUMNS = 'id, email, name, locale, joined_at, person_id';
const BY_ID = statement<CustomerRow>(`SELECT ${COLUMNS} FROM demo_customer WHERE shop_id = :shop AND id = :id`);
const BY_EMAIL = statement<CustomerRow>(`SELECT ${COLUMNS} FROM demo_customer WHERE shop_id = :shop AND email = :email`);
const BY_PERSON = statement<CustomerRow>(`SELECT ${COLUMNS} FROM demo_customer WHERE shop_id = :shop AND person_id = :personId`);
const INSERT = statement(`INSERT INTO demo_customer (shop_id, id, email, name, locale, joined_at, person_id) VALUES (:shop, :id, :email, :name, :locale, :joinedAt, :personId) ON CONFLICT DO NOTHING`);
const INSERT_MANY = jsonStatement(`INSERT INTO demo_customer (shop_id, id, email, name, locale, joined_at, person_id)
  SELECT :shop, r.value ->> 'id', r.value ->> 'email', r.value ->> 'name', r.value ->> 'locale', CAST(r.value ->> 'joinedAt' AS BIGINT), NULL FROM @rows WHERE true ON CONFLICT DO NOTHING`);
const KNOWN_AS = statement('UPDATE demo_customer SET person_id = :personId WHERE shop_id = :shop AND id = :id');
/** Whoever came in with the seed or an import is known to the core before they first sign in. */
const LINK_KNOWN = statement(`UPDATE demo_customer SET person_id = (SELECT i.person_id FROM identity i WHERE i.shop_id = :shop AND i.platform = 'demo' AND i.external_id = demo_customer.id)
  WHERE shop_id = :shop AND person_id IS NULL AND EXISTS (SELECT 1 FROM identity i WHERE i.shop_id = :shop AND i.platform = 'demo' AND i.external_id = demo_customer.id)`);
/** The members that the account page offers: recent buyers of the seeded history. */
const RECENT_BUYERS = statement<CustomerRow & { orders: number }>(`SELECT c.id, c.email, c.name, c.locale, c.joined_at, c.person_id, CAST(COUNT(*) AS BIGINT) AS orders
  FROM demo_customer c JOIN demo_order o ON o.shop_id = c.shop_id AND o.customer_id = c.id
  WHERE c.shop_id = :shop AND c.locale = :locale AND c.name IS NOT NULL AND o.placed_at >= :since GROUP BY c.id, c.email, c.name, c.locale, c.joined_at, c.person_id ORDER BY orders DESC, c.id LIMIT 4`);

const read = (row: CustomerRow): DemoCustomer => ({ id: row.id, email: row.email, name: row.name, locale: row.locale, joinedAt: row.joined_at, personId: row.person_id });
export const customerSnapshot = (customer: DemoCustomer): CustomerSnapshot => ({
  externalId: customer.id, email: customer.email, name: customer.name, locale: customer.locale, createdAt: customer.joinedAt, updatedAt: customer.joinedAt,
});
const normalEmail = (email: string): string => email.trim().toLowerCase();

/** The demo shop's own list of customers. */
export class DemoCustomers {
  constructor(private readonly database: Database, private readonly intake: Pick<CommerceIntake, 'customer'>) {}

  async byId(ctx: ShopContext, id: string): Promise<DemoCustomer | undefined> { return this.#one(ctx, BY_ID, { id }); }
  async byPerson(ctx: ShopContext, personId: string): Promise<DemoCustomer | undefined> { return this.#one(ctx, BY_PERSON, { personId }); }

  async #one(ctx: ShopContext, text: typeof BY_ID, params: Readonly<Record<string, string>>): Promise<DemoCustomer | undefined> {
    const row = await this.database.read(ctx, (q) => q.one(text, params));
    return row && read(row);
  }

  /** The customer with this e-mail, or a new one. Without an e-mail it is always a new one. */
  async open(ctx: ShopContext, wish: { readonly email?: string | undefined; readonly name?: string | undefined }): Promise<DemoCustomer & { readonly personId: string }> {
    const email = wish.email === undefined ? null : normalEmail(wish.email);
    return this.database.write(ctx, async (unit, inner) => {
      const known = email === null ? undefined : await unit.one(BY_EMAIL, { email });
      if (known) return this.#reported(inner, unit.steps.bind(unit), read(known));
      const fresh: DemoCustomer = { id: `cus_${newId()}`, email, name: wish.name?.trim() || null, locale: ctx.locale, joinedAt: ctx.now, personId: null };
      const { personId } = await this.intake.customer(inner, customerSnapshot(fresh));
      const written = await unit.run(INSERT, { id: fresh.id, email, name: fresh.name, locale: fresh.locale, joinedAt: fresh.joinedAt, personId });
      if (!written) throw conflict('GX_CUSTOMER_RACED', 'Somebody opened an account with this e-mail at the same moment. Try again.');
      return { ...fresh, personId };
    });
  }

  /** The person that we know this customer as; found out once. @throws 404 */
  async signIn(ctx: ShopContext, wish: { readonly email: string } | { readonly customerId: string }): Promise<DemoCustomer & { readonly personId: string }> {
    return this.database.write(ctx, async (unit, inner) => {
      const row = 'email' in wish ? await unit.one(BY_EMAIL, { email: normalEmail(wish.email) }) : await unit.one(BY_ID, { id: wish.customerId });
      if (!row) throw notFound('customer');
      return this.#reported(inner, unit.steps.bind(unit), read(row));
    });
  }

  async #reported(ctx: ShopContext, steps: <T>(unit: Unit<T>) => Promise<T>, customer: DemoCustomer): Promise<DemoCustomer & { readonly personId: string }> {
    const { personId } = await this.intake.customer(ctx, customerSnapshot(customer));
    if (customer.personId !== personId) await steps(sql.run(KNOWN_AS, { id: customer.id, personId }));
    return { ...customer, personId };
  }

  async samples(ctx: ShopContext, locale: string, since: Instant): Promise<readonly (DemoCustomer & { readonly orders: number })[]> {
    const rows = await this.database.read(ctx, (q) => q.many(RECENT_BUYERS, { locale, since }));
    return rows.map((row) => ({ ...read(row), orders: row.orders }));
  }

  /** Notes for every customer which person they are, so that an erasure finds them too. */
  async link(ctx: ShopContext): Promise<void> { await this.database.write(ctx, (unit) => unit.run(LINK_KNOWN)); }

  readonly steps = {
    /** Those who are not there yet. */
    *insert(customers: readonly DemoCustomer[]): Unit<void> { yield* sql.run(INSERT_MANY, { rows: JSON.stringify(customers) }); },
  };
}
