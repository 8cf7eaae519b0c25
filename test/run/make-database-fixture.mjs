// `node test/run/make-database-fixture.mjs 0.1.0`: freezes the schema of a release, with a little life in it, for the upgrade test.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../server/cli/build.mjs';
import { startTestServer } from '../../dist/test/kit/index.js';
import { dumpSqlite } from '../../dist/test/kit/sqlite-dump.js';

const version = process.argv[2];
const target = join(root, 'test/fixtures/databases', `schema-${version}.sql`);
if (!/^\d+\.\d+\.\d+$/.test(version ?? '') || existsSync(target)) { console.error('Name a version that has no file yet.'); process.exit(1); }
const server = await startTestServer();
const { items } = (await (await server.admin()).get('/api/admin/marketplace')).body;
for (const { id } of items) await server.install(id);
const [product] = (await server.services.products.search(server.context(), '', { limit: 1 })).items;
for (const name of ['Ann', 'Bo', 'Chen']) {
  const shopper = await server.shopper({ name, email: `${name.toLowerCase()}@example.test` });
  const order = await server.order(shopper, [{ sku: product.sku, quantity: 3 }]);
  await server.deliver(order.id);
  if (name === 'Bo') await server.refund(order.id);
}
await server.advance('P8D');
const location = server.services.config.location;
await server.running.close();
writeFileSync(target, dumpSqlite(location.file));
await server.close().catch(() => {});
console.log(`Wrote ${target}.`);
