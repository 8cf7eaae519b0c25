import { newId, statement, type Database, type Scalar, type ShopContext, type Statement } from '../plugin-api/index.js';
import type { Declaration, DeclaredField } from './personal-data-rules.js';
import type { ExportRows, PersonalDataSource } from './personal-data-source.js';

/** A declaration as the tables are now: columns that a later version dropped are left out. */
export interface Reachable extends Declaration { readonly columns: ReadonlySet<string> }

const VALUES: Readonly<Record<DeclaredField['blank'], string>> = { null: 'NULL', empty: "''", row: "'erased-' || id", person: ':nobody' };

function selection({ entity, subject, fields, columns }: Reachable): Statement<Record<string, Scalar>> {
  const shown = [...new Set(['id', ...fields.map(({ name }) => name), 'created_at', 'updated_at'])].filter((name) => columns.has(name));
  const order = ['created_at', 'id'].filter((name) => columns.has(name)).join(', ');
  return statement(`SELECT ${shown.join(', ')} FROM ${entity} WHERE shop_id = :shop AND ${subject} = :person${order ? ` ORDER BY ${order}` : ''}`);
}

function removal({ entity, subject, fields, columns, onErase }: Reachable): Statement | undefined {
  const where = `WHERE shop_id = :shop AND ${subject} = :person`;
  if (onErase === 'delete') return statement(`DELETE FROM ${entity} ${where}`);
  const sets = fields.filter(({ name }) => columns.has(name)).map(({ name, blank }) => `${name} = ${VALUES[blank]}`);
  if (!sets.length) return undefined;
  return statement(`UPDATE ${entity} SET ${[...sets, ...(columns.has('updated_at') ? ['updated_at = :now'] : [])].join(', ')} ${where}`);
}

/** What a plugin declared, made into exports and erasures by the host. `declarations`: children before the tables they refer to. */
export function declaredSource(db: Database, plugin: string, declarations: readonly Reachable[]): PersonalDataSource {
  const parts = declarations.map((each) => ({ entity: each.entity, select: selection(each), remove: removal(each) }));
  return {
    owner: plugin,
    export: (ctx: ShopContext, person: string): Promise<Readonly<Record<string, ExportRows>>> => db.read(ctx, async (q) => {
      const sections: Record<string, ExportRows> = {};
      for (const { entity, select } of parts) sections[entity] = await q.many(select, { person });
      return sections;
    }),
    erase: (ctx: ShopContext, person: string): Promise<Readonly<Record<string, number>>> => db.write(ctx, async (unit, inner) => {
      // One name for all rows of a person keeps the plugin's counts of people right; nobody knows whose it was.
      const nobody = `erased-${newId()}`;
      const rows: Record<string, number> = {};
      for (const { entity, remove } of parts) rows[entity] = remove ? await unit.run(remove, { person, nobody, now: inner.now }) : 0;
      return rows;
    }),
  };
}
