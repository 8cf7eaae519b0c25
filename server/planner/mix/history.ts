import { addDays, daysBetween, statement, type BusinessDate, type Database, type ShopContext } from '../../plugin-api/index.js';
import type { Replay } from '../simulation/plan.js';

const BOUGHT = statement<{ person_id: string; date: string; spent: number }>(`SELECT person_id, business_date AS date, CAST(SUM(subtotal - discount) AS BIGINT) AS spent FROM shop_order
  WHERE shop_id = :shop AND person_id IS NOT NULL AND paid_at IS NOT NULL AND cancelled_at IS NULL AND test = 0 AND currency = :currency AND business_date BETWEEN :from AND :to GROUP BY person_id, business_date ORDER BY person_id, business_date`);
const CAME = statement<{ person_id: string; date: string }>(`SELECT DISTINCT person_id, business_date AS date FROM ledger_transaction
  WHERE shop_id = :shop AND kind IN ('grant', 'spend') AND business_date BETWEEN :from AND :to ORDER BY person_id, date`);

/** From so many people on, a shop's own history says more than a synthetic crowd. */
export const ENOUGH_PEOPLE = 50;
const MOST_VISITS = 0.9;
/** More are sampled evenly, so that a run ends within a minute. */
export const MOST_MEMBERS = 100_000;

/** What a shop's people did on each day before `today`; undefined when there are too few of them to go by. */
export async function historyOf(db: Database, ctx: ShopContext, today: BusinessDate, days: number, conversion: number): Promise<{ readonly members: number; readonly replay: Replay } | undefined> {
  const from = addDays(today, -days), to = addDays(today, -1);
  const people = new Map<string, Map<number, number>>();
  const at = (person: string, date: string): [Map<number, number>, number] => {
    const entries = people.get(person) ?? new Map<number, number>();
    people.set(person, entries);
    return [entries, daysBetween(from, date)];
  };
  await db.read(ctx, async (q) => {
    for (const row of await q.scan(BOUGHT, { from, to, currency: ctx.shop.currency })) { const [entries, day] = at(row.person_id, row.date); entries.set(day, (entries.get(day) ?? 0) + Math.max(0, row.spent)); }
    for (const row of await q.scan(CAME, { from, to })) { const [entries, day] = at(row.person_id, row.date); entries.set(day, entries.get(day) ?? 0); }
  });
  if (people.size < ENOUGH_PEOPLE) return undefined;

  const every = Math.ceil(people.size / MOST_MEMBERS);
  const entries = [...people.values()].filter((_, place) => place % every === 0);
  const total = entries.reduce((sum, each) => sum + each.size, 0);
  const replay = { days, from: new Int32Array(entries.length + 1), day: new Int16Array(total), spent: new Float64Array(total), visits: new Float64Array(entries.length) };
  let place = 0;
  for (const [member, days_] of entries.entries()) {
    let orders = 0;
    for (const [day, spent] of [...days_].sort(([a], [b]) => a - b)) { replay.day[place] = day; replay.spent[place++] = spent; if (spent > 0) orders += 1; }
    replay.from[member + 1] = place;
    // Visits without a trace: somebody who buys so often comes so much oftener.
    replay.visits[member] = Math.min(MOST_VISITS, Math.max(0, (conversion > 0 ? orders / conversion : 0) - days_.size) / days);
  }
  return { members: entries.length, replay };
}
