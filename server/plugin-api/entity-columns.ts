import type { ColumnSpec } from './columns.js';

const tables = new WeakMap<object, string>();
const columns = new WeakMap<object, Map<string, ColumnSpec>>();

/** What the decorators said of an entity, for the host; plugins have no use for it. */
export const noteTable = (entity: object, name: string): void => { tables.set(entity, name); };
export function noteColumn(entity: object, name: string, spec: ColumnSpec): void {
  columns.set(entity, (columns.get(entity) ?? new Map<string, ColumnSpec>()).set(name, spec));
}
export const tableOf = (entity: object): string | undefined => tables.get(entity);
/** The kit's columns by column name. */
export const columnsOf = (entity: object): ReadonlyMap<string, ColumnSpec> => columns.get(entity) ?? new Map<string, ColumnSpec>();
