import { GxError, type Params, type Scalar } from '../plugin-api/index.js';

type Fields = Readonly<Record<string, Scalar | undefined>>;

/**
 * Values of a statement over many rows, in the order in which its text names them: for each row the shop, then `fields`. Naming each value
 * (`total_17`) would cost an import more than the statement itself, and so would 64-bit integers for SQLite: each value stands for a column and
 * is stored by the column's kind.
 */
export class RowParams {
  constructor(readonly fields: readonly string[], readonly rows: readonly Fields[], readonly from: number, readonly count: number) {}

  /** As what a statement is given; only the data layer looks inside. */
  asParams(): Params { return this as unknown as Params; }

  /** `names`: those of the compiled statement. `repeats`: whether the shop is wanted for each row or once. */
  bind<B>(names: readonly string[], shop: B, repeats: boolean, bind: (name: string, given: Scalar | undefined) => B): B[] {
    const { fields, rows, from, count } = this;
    if (names.length !== count * fields.length + (repeats ? count : 1)) throw new GxError('GX_PARAMETER', 500, `A statement over ${count} rows of ${fields.length} fields names ${names.length} parameters.`);
    const values = new Array<B>(names.length);
    let at = 0;
    for (let n = 0; n < count; n++) {
      const row = rows[from + n]!;
      if (repeats || n === 0) values[at++] = shop;
      for (let f = 0; f < fields.length; f++) values[at++] = bind(fields[f]!, row[fields[f]!]);
    }
    return values;
  }
}
