/** A child process of `sqlite-process.test.ts`: writes hot and ordinary units as fast as it can and tells each one that was answered. */
import { writeSync } from 'node:fs';
import { openDataStore } from '../../../server/data/open-data-store.js';
import { sql, statement } from '../../../server/plugin-api/index.js';

const NOTE = statement('INSERT INTO kit_taken (shop_id, id, label, created_at, updated_at) VALUES (:shop, :id, :id, 1, 1)');
const TAKE = statement("UPDATE kit_stock SET remaining = remaining - 1 WHERE shop_id = :shop AND id = 'a'");
const [, , file = '', round = '0', mode = 'write'] = process.argv;

const store = await openDataStore({ location: { engine: 'sqlite', file }, entities: [] });
const shop = { id: 1, key: 'shop-1', platform: 'demo', name: 'Shop', zone: 'UTC', dayStartHour: 0, currency: 'EUR', locale: 'en' } as const;
const ctx = { shop, actor: { kind: 'job', name: 'crash' }, locale: 'en', now: 1 } as const;
writeSync(1, 'open\n');

async function writer(name: string): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${round}-${name}-${i}`;
    if (i % 5 === 0) await store.write(ctx, async (unit) => { await unit.run(TAKE); await unit.run(NOTE, { id }); });
    else await store.hot(ctx, 'k', function* () { yield* sql.run(TAKE); yield* sql.run(NOTE, { id }); });
    writeSync(1, `${id}\n`);
  }
}
if (mode === 'write') await Promise.all(Array.from({ length: 32 }, (_, i) => writer(String(i))));
else setInterval(() => {}, 1_000);
