import { sql, statement, type Unit } from '../plugin-api/index.js';

const SPEND = statement<{ scope: string }>(`
  UPDATE budget SET spent = spent + :amount WHERE shop_id = :shop AND unit = :unit AND scope IN ('shop', :scope) AND spent + :amount <= ceiling RETURNING scope`);
const GIVE_BACK = statement(`
  UPDATE budget SET spent = CASE WHEN spent < :amount THEN 0 ELSE spent - :amount END WHERE shop_id = :shop AND unit = :unit AND scope = :scope`);

/** Charges the shop's and the scope's budget. `expected` is how many of the two exist; all of them must have room, or nothing is charged. */
export function* chargeBudgets(unit: string, scope: string | undefined, amount: number, expected: number): Unit<boolean> {
  if (expected === 0) return true;
  const charged = yield* sql.many(SPEND, { unit, scope: scope ?? '', amount });
  if (charged.length === expected) return true;
  for (const row of charged) yield* sql.run(GIVE_BACK, { unit, scope: row.scope, amount });
  return false;
}

export function* refundBudgets(unit: string, scope: string | null, amount: number): Unit<void> {
  yield* sql.run(GIVE_BACK, { unit, scope: 'shop', amount });
  if (scope !== null) yield* sql.run(GIVE_BACK, { unit, scope, amount });
}
