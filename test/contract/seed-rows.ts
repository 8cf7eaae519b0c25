import { columnsOf, tableOf } from '../../server/plugin-api/entity-columns.js';
import { newId, type ColumnSpec, type EntityClass, type Scalar, type ShopEntity } from '../../server/plugin-api/index.js';
import type { TestHost } from '../kit/test-host.js';
import type { ContractShop } from './contract-shops.js';
import { rowsOf } from './shop-rows.js';

const ROWS = 2;
const property = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A value that the column's kind admits; row by row another one where that is possible. */
function valueFor(name: string, spec: ColumnSpec, row: number, shop: ContractShop, known: readonly string[], subject: boolean): Scalar | object {
  if (spec.values) return spec.values[row % spec.values.length]!;
  switch (spec.kind) {
    case 'id': return subject ? shop.people[row]!.personId : /order/.test(name) ? shop.orders[row]! : known[row] ?? newId();
    case 'text': return subject ? shop.people[row]!.personId : name === 'sku' ? shop.skus[row]! : `${shop.mark} ${row}`.slice(0, spec.max ?? 40);
    case 'date': return `2026-01-0${row + 1}`;
    case 'instant': return shop.ctx.now - row * 60_000;
    case 'flag': return true;
    case 'json': return {};
    default: return row + 1;
  }
}

/**
 * Fills those of the plugin's tables that are still empty in a shop, from what its entities say of their columns. A table whose own conditions admit
 * nothing that can be made up stays empty; the plugin's `demo`, its routes or `seed` fill it then.
 */
export async function seedRows(host: TestHost, plugin: string, shop: ContractShop): Promise<void> {
  const { definition, manifest } = host.unit(plugin);
  const subjects = new Set((manifest?.personalData ?? []).map(({ entity, subject }) => `${entity}.${subject}`));
  const ids: string[] = [];
  for (const entity of definition?.entities?.() ?? []) {
    const table = tableOf(entity) ?? '';
    if ((await rowsOf(host, shop.ctx, table)).length) continue;
    // An id column may refer to a row of a table before it, or to nothing.
    for (const known of ids.length ? [[], ids] : [[]]) {
      try {
        for (let row = 0; row < ROWS; row++) ids.push(await insert(host, entity, shop, (name, spec) => valueFor(name, spec, row, shop, known, subjects.has(`${table}.${name}`))));
        break;
      } catch { /* its conditions admit none of these */ }
    }
  }
}

async function insert(host: TestHost, entity: EntityClass, shop: ContractShop, value: (name: string, spec: ColumnSpec) => Scalar | object): Promise<string> {
  const values = Object.fromEntries([...columnsOf(entity)].map(([name, spec]) => [property(name), value(name, spec)]));
  const { id } = await host.services.store.write(shop.ctx, (unit) => unit.insert<ShopEntity>(entity, { id: newId(), ...values } as never));
  return id;
}
