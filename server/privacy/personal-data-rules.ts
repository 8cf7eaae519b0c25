import { GxError, type ColumnSpec, type Manifest } from '../plugin-api/index.js';
import { ownerOf, type ColumnFacts, type TableFacts } from './plugin-tables.js';

/**
 * What takes the place of a personal value: nothing, an empty text, a name made from the row's id (where values must differ from row to row),
 * or the name that the person's rows share after the erasure (in the subject's column).
 */
export type Blank = 'null' | 'empty' | 'row' | 'person';
export interface DeclaredField { readonly name: string; readonly blank: Blank }
/** Where a plugin keeps personal data, checked against the database. */
export interface Declaration {
  readonly plugin: string;
  readonly version: string;
  readonly entity: string;
  readonly subject: string;
  readonly onErase: 'delete' | 'anonymise';
  readonly fields: readonly DeclaredField[];
}
/** Columns as the plugin's entities declare them, by table; absent for a table without an entity. */
export type ColumnKinds = ReadonlyMap<string, ReadonlyMap<string, ColumnSpec>>;

function refuse(plugin: string, message: string): never {
  throw new GxError('GX_PERSONAL_DATA', 500, `Plugin "${plugin}": its manifest says where it keeps personal data, but ${message}`, { plugin });
}

function blankOf(field: string, subject: string, facts: ColumnFacts, spec: ColumnSpec | undefined, fail: (message: string) => never): Blank {
  if (!facts.required) return 'null';
  if (field === subject) return 'person';
  if (!spec) return fail(`"${field}" cannot be anonymised, because the table has no entity that tells its kind. Make the column nullable, or set onErase to "delete".`);
  if (spec.kind === 'id') return 'row';
  if (spec.kind !== 'text' || spec.values) return fail(`"${field}" cannot be emptied: it is a ${spec.values ? 'choice' : spec.kind} that may not be null. Make the column nullable, or set onErase to "delete".`);
  if (!facts.unique) return 'empty';
  return (spec.max ?? 0) >= 50 ? 'row' : fail(`"${field}" is unique and holds at most ${spec.max ?? 0} characters, too few for the 50 of an anonymous name. Make it longer or nullable.`);
}

/**
 * Checks a manifest's `personalData` against the tables as they are. Errors: 500 `GX_PERSONAL_DATA` when it names a table that is not the
 * plugin's, a column that does not exist, or a field that cannot be anonymised.
 */
export function checkPersonalData(manifest: Pick<Manifest, 'id' | 'version' | 'personalData'>, pluginIds: Iterable<string>, tables: TableFacts, kinds: ColumnKinds): readonly Declaration[] {
  const { id: plugin, version } = manifest;
  const known = new Set([...pluginIds, plugin]);
  const seen = new Set<string>();
  return (manifest.personalData ?? []).map(({ entity, subject, fields, onErase }) => {
    const columns = tables.get(entity);
    if (!columns || ownerOf(entity, known) !== plugin) return refuse(plugin, `"${entity}" is not one of its tables. Name a table that its migrations make.`);
    if (seen.has(entity)) return refuse(plugin, `"${entity}" is named twice. Join the two entries.`);
    seen.add(entity);
    for (const column of [subject, ...fields]) if (!columns.has(column)) return refuse(plugin, `the table "${entity}" has no column "${column}". It has: ${[...columns.keys()].join(', ')}.`);
    const fail = (message: string): never => refuse(plugin, `in "${entity}" ${message}`);
    if (onErase === 'anonymise' && !fields.length) return fail('no fields are named, so nothing would be anonymised. Name them, or set onErase to "delete".');
    const blank = (name: string): Blank => (onErase === 'delete' ? 'null' : blankOf(name, subject, columns.get(name)!, kinds.get(entity)?.get(name), fail));
    const declared = fields.map((name) => ({ name, blank: blank(name) }));
    if (declared.some((field) => field.blank === 'row') && !columns.has('id')) return fail('values must differ from row to row, but the table has no id to make them from. Set onErase to "delete".');
    return { plugin, version, entity, subject, onErase, fields: declared };
  });
}
