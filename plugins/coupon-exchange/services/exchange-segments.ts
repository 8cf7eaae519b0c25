import { statement, type Contributions, type Database } from 'guanxi/plugin';

const OF_PERSON = statement<{ redeemed: number; used: number }>(`SELECT CAST(COUNT(use_no) AS BIGINT) AS redeemed, CAST(COUNT(used_at) AS BIGINT) AS used
  FROM plg_coupon_exchange_redemption WHERE shop_id = :shop AND person_id = :person`);
export const segmentStatements = [OF_PERSON];

/** How many coupons somebody took for points, and how many of all their coupons they have used. */
export function exchangeSegments(db: Database): NonNullable<Contributions['segmentAttributes']> {
  const each = (pick: (row: typeof OF_PERSON.row) => number): NonNullable<Contributions['segmentAttributes']>[string] => (ctx, personIds) => db.read(ctx, async (q) => {
    const values = new Map<string, number>();
    for (const person of personIds) {
      const row = await q.one(OF_PERSON, { person });
      if (row) values.set(person, pick(row));
    }
    return values;
  });
  return { 'coupons-redeemed': each((row) => row.redeemed), 'coupons-used': each((row) => row.used) };
}
