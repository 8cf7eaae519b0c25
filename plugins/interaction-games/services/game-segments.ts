import { addDays, businessDate, DAY, statement, type Contributions, type Database, type Params, type ShopContext, type Statement } from 'guanxi/plugin';

interface Row { readonly value: number }
const PLAYS = statement<Row>('SELECT CAST(COUNT(*) AS BIGINT) AS value FROM plg_interaction_games_play WHERE shop_id = :shop AND person_id = :person AND at >= :since');
const STREAK = statement<Row>('SELECT streak AS value FROM plg_interaction_games_check_in WHERE shop_id = :shop AND person_id = :person AND business_date >= :since ORDER BY business_date DESC LIMIT 1');
export const segmentStatements = [PLAYS, STREAK];

/** How often somebody plays, and how many days in a row they have checked in up to today or yesterday. */
export function gameSegments(db: Database): NonNullable<Contributions['segmentAttributes']> {
  const each = (text: Statement<Row>, params: (ctx: ShopContext) => Params): NonNullable<Contributions['segmentAttributes']>[string] => (ctx, personIds) => db.read(ctx, async (q) => {
    const values = new Map<string, number>();
    for (const person of personIds) values.set(person, (await q.one(text, { ...params(ctx), person }))?.value ?? 0);
    return values;
  });
  return {
    'plays-90-days': each(PLAYS, (ctx) => ({ since: ctx.now - 90 * DAY })),
    'check-in-streak': each(STREAK, (ctx) => ({ since: addDays(businessDate(ctx.shop, ctx.now), -1) })),
  };
}
