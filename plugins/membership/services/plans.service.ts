import { actorName, addDays, businessDate, conflict, minorUnits, newId, sql, type Audit, type Database, type ShopContext } from 'guanxi/plugin';
import { defaultPlan, type PlanRules } from '../tiers/plan-rules.js';
import { ADD_PLAN, BEGIN_PROGRESS, LATEST_PLAN, NOTE_PROGRESS } from './member.statements.js';
import { BIRTHDAYS_DONE } from './birthdays.service.js';
import { STARTED, currentPlan, type CurrentPlan } from './standings.service.js';

/** The tier plan and its versions. */
export class Plans {
  constructor(private readonly db: Database, private readonly audit: Audit) {}

  /** When the module is switched on: the first plan, and the day from which coming into a tier brings its gift, both only once. */
  begin(ctx: ShopContext): Promise<void> {
    const today = businessDate(ctx.shop, ctx.now);
    return this.db.hot(ctx, 'membership:plan', function* () {
      yield* sql.run(BEGIN_PROGRESS, { name: STARTED, value: today });
      yield* sql.run(BEGIN_PROGRESS, { name: BIRTHDAYS_DONE, value: addDays(today, -1) });
      // What happened while the module was off told it nothing: all orders are looked at again.
      yield* sql.run(NOTE_PROGRESS, { name: 'orders', value: '' });
      if (!(yield* sql.one(LATEST_PLAN))) yield* sql.run(ADD_PLAN, { id: newId(), version: 1, content: JSON.stringify(defaultPlan(minorUnits(ctx.shop.currency))), startsOn: today, savedBy: actorName(ctx.actor), now: ctx.now });
    });
  }

  current(ctx: ShopContext): Promise<CurrentPlan> { return this.db.hot(ctx, 'membership:plan', () => currentPlan()); }

  /** Saves a new version that holds from today on. `after`: the version the merchant had before their eyes. Errors: 409 `GX_PLAN_CHANGED` when somebody else has saved since. */
  save(ctx: ShopContext, rules: PlanRules, after: number): Promise<CurrentPlan> {
    const startsOn = businessDate(ctx.shop, ctx.now);
    return this.db.write(ctx, async (unit, inner) => {
      const current = await unit.steps(currentPlan());
      if (JSON.stringify(current.rules) === JSON.stringify(rules)) return current;
      const changed = current.version !== after || (await unit.run(ADD_PLAN, { id: newId(), version: after + 1, content: JSON.stringify(rules), startsOn, savedBy: actorName(ctx.actor), now: ctx.now })) === 0;
      if (changed) throw conflict('GX_PLAN_CHANGED', 'Somebody else has saved the tier plan meanwhile. Load the page again and look at their version first.', { version: current.version });
      await this.audit.record(inner, 'plan.saved', String(after + 1));
      return { version: after + 1, rules, startsOn };
    });
  }
}
