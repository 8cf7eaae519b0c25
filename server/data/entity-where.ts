import { Comparison, GxError, likeAnywhere, type Scalar, type ShopEntity, type Where } from '../plugin-api/index.js';
import type { EntityShape } from './entity-shape.js';
import { assertScalar } from './scalar-guard.js';

/** More values in one `oneOf` than this belong in a join. */
const LIST_LIMIT = 5_000;

/** Collects the values of one statement under made-up names, so that texts of the same shape are the same text. */
export class ParamList {
  readonly params: Record<string, Scalar> = {};
  #count = 0;
  add(given: Scalar): string {
    const name = `p${this.#count++}`;
    this.params[name] = given;
    return `:${name}`;
  }
}

function condition(shape: EntityShape, property: string, given: unknown, list: ParamList): string {
  const name = shape.column(property).databaseName;
  const value = (raw: Scalar): string => {
    assertScalar(property, raw);
    return list.add(typeof raw === 'boolean' ? Number(raw) : raw);
  };
  if (given === null) return `${name} IS NULL`;
  if (!(given instanceof Comparison)) {
    assertScalar(property, given);
    return `${name} = ${value(given)}`;
  }
  const [first, second] = given.values;
  switch (given.op) {
    case 'gte': return `${name} >= ${value(first!)}`;
    case 'lt': return `${name} < ${value(first!)}`;
    case 'between': return `${name} BETWEEN ${value(first!)} AND ${value(second!)}`;
    // As in JavaScript, "not a" includes rows without a value.
    case 'not': return first === null ? `${name} IS NOT NULL` : `(${name} <> ${value(first!)} OR ${name} IS NULL)`;
    case 'contains': {
      assertScalar(property, first);
      return `LOWER(${name}) LIKE ${list.add(likeAnywhere(String(first)))} ESCAPE '!'`;
    }
    case 'in': {
      if (given.values.length > LIST_LIMIT) throw new GxError('GX_WHERE', 400, `"${property}" is compared with ${given.values.length} values; at most ${LIST_LIMIT} are allowed. Use a statement with a join.`);
      const some = given.values.filter((one) => one !== null);
      const parts = [...(some.length ? [`${name} IN (${some.map(value).join(', ')})`] : []), ...(some.length < given.values.length ? [`${name} IS NULL`] : [])];
      return parts.length ? `(${parts.join(' OR ')})` : '1 = 0';
    }
  }
}

/** `WHERE` with the shop in front. Errors: `GX_WHERE` for undefined values and unknown properties, `GX_PARAMETER` for lists and objects. */
export function whereSql<E extends ShopEntity>(shape: EntityShape<E>, where: Where<E>, list: ParamList): string {
  const parts = ['shop_id = :shop'];
  for (const [property, given] of Object.entries(where)) {
    if (given === undefined) throw new GxError('GX_WHERE', 500, `The condition on ${shape.name}.${property} is undefined. Leave the property out to ask for all, or pass null for "no value".`);
    if (property === 'shopId') throw new GxError('GX_WHERE', 500, `${shape.name}.shopId comes from the context; leave it out.`);
    parts.push(condition(shape as unknown as EntityShape, property, given, list));
  }
  return ` WHERE ${parts.join(' AND ')}`;
}
