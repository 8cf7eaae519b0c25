import { refused, type ImportField } from '../../plugin-api/index.js';

/** Field → place of its column in the row. */
export type Mapping = ReadonlyMap<string, number>;
export interface MappingResult {
  readonly mapping: Mapping;
  /** Required fields without a column. */
  readonly missing: readonly string[];
  /** Columns that nothing uses. */
  readonly unused: readonly string[];
}

/** How names are compared: letters and digits only, without case. */
export const plainName = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Finds the column of each field: what the merchant chose (`chosen`, by column name; an empty name leaves the field out), else the first
 * alias or label that is a column, in the order of the aliases. A column serves one field, fields of `fields` in their order.
 * @throws GX_IMPORT_MAP (422) for a field or column that does not exist.
 */
export function mapColumns(fields: readonly ImportField[], header: readonly string[], chosen: Readonly<Record<string, string>> = {}): MappingResult {
  const places = new Map<string, number>();
  header.forEach((name, place) => { const plain = plainName(name); if (plain !== '' && !places.has(plain)) places.set(plain, place); });
  const mapping = new Map<string, number>();
  const used = new Set<number>();
  const assign = (field: string, place: number): void => { mapping.set(field, place); used.add(place); };
  for (const [field, column] of Object.entries(chosen)) {
    if (!fields.some(({ name }) => name === field)) throw refused('GX_IMPORT_MAP', `There is no field "${field}". Fields: ${fields.map(({ name }) => name).join(', ')}.`, { field });
    if (column === '') continue;
    const exact = header.indexOf(column.trim());
    const place = exact >= 0 ? exact : places.get(plainName(column));
    if (place === undefined) throw refused('GX_IMPORT_MAP', `The file has no column "${column}". Columns: ${header.join(', ')}.`, { field, column });
    assign(field, place);
  }
  for (const field of fields) {
    if (field.name in chosen) continue;
    const place = [field.name, ...field.aliases, field.label.en, field.label['zh-CN']].map((alias) => places.get(plainName(alias))).find((found) => found !== undefined && !used.has(found));
    if (place !== undefined) assign(field.name, place);
  }
  return {
    mapping, missing: fields.filter(({ name, required }) => required && !mapping.has(name)).map(({ name }) => name),
    unused: header.filter((name, place) => name !== '' && !used.has(place)),
  };
}
