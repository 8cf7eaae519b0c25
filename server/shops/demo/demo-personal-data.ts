import type { PersonalDataSource } from '../../privacy/personal-data-source.js';
import { statement, type Database, type Instant } from '../../plugin-api/index.js';

const SHOWN = statement<{ id: string; email: string | null; name: string | null; locale: string; joined_at: Instant }>('SELECT id, email, name, locale, joined_at FROM demo_customer WHERE shop_id = :shop AND person_id = :personId ORDER BY id || \'\'');
const FORGET_CHECKOUTS = statement('DELETE FROM demo_checkout WHERE shop_id = :shop AND customer_id IN (SELECT c.id FROM demo_customer c WHERE c.shop_id = :shop AND c.person_id = :personId)');
const FORGET = statement('UPDATE demo_customer SET email = NULL, name = NULL, person_id = NULL WHERE shop_id = :shop AND person_id = :personId');

/** The demo platform's own list of customers. The row stays under its bare id, because orders name it; an order of the demo holds no address. */
export const demoPersonalData = (database: Database): PersonalDataSource => ({
  owner: 'demo',
  export: (ctx, personId) => database.read(ctx, async (q) => ({ customers: await q.many(SHOWN, { personId }) })),
  erase: (ctx, personId) => database.write(ctx, async (unit) => ({ demo_checkout: await unit.run(FORGET_CHECKOUTS, { personId }), demo_customer: await unit.run(FORGET, { personId }) })),
});
