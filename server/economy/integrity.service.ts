import { MINUTE, statement, type Database, type ShopContext } from '../plugin-api/index.js';
import { INTEGRITY_CHECKS } from './integrity-checks.js';
import type { PluginInvariants } from './plugin-invariants.js';
import type { LedgerSealsService } from './seals/ledger-seals.service.js';

export interface Violation { readonly check: string; readonly rule: string; /** Up to 20 ids of rows that break it. */ readonly rows: readonly string[] }

/** What only a running host can tell. */
export interface LiveChecks { readonly seals: Pick<LedgerSealsService, 'broken'>; readonly plugins: Pick<PluginInvariants, 'all'>; readonly systemNow: () => number }

const OVERDUE = 15 * MINUTE;
const OVERDUE_EVENTS = statement<{ what: string }>("SELECT e.id AS what FROM outbox_event e WHERE e.shop_id = :shop AND e.state = 'waiting' AND e.run_at < :before LIMIT 20");

/** Proves the ledger: every invariant, the core's and the plugins', is one statement that must find nothing, and every seal still fits. */
export class IntegrityService {
  constructor(private readonly db: Database, private readonly live?: LiveChecks) {}

  /** What is wrong; empty when everything holds. Reads everything, so it is meant for operators and tests. */
  async check(ctx: ShopContext): Promise<readonly Violation[]> {
    const found = await this.db.read(ctx, async (q) => {
      const violations: Violation[] = [];
      for (const { name, rule, statement } of INTEGRITY_CHECKS) {
        const rows = await q.scan(statement);
        if (rows.length > 0) violations.push({ check: name, rule, rows: rows.map((row) => row.what) });
      }
      return violations;
    });
    const { live } = this;
    if (!live) return found;
    for (const { name, rule, statement } of live.plugins.all()) {
      // Of a plugin only its own check may fail.
      const rows = await this.db.read(ctx, (q) => q.scan(statement)).catch((error: unknown) => [{ what: `could not be checked: ${error instanceof Error ? error.message : String(error)}` }]);
      if (rows.length > 0) found.push({ check: name, rule, rows: rows.slice(0, 20).map((row) => row.what) });
    }
    const broken = await live.seals.broken(ctx);
    if (broken.length > 0) found.push({ check: 'ledger-seals', rule: 'No entry of the ledger changes after it was sealed.', rows: broken.slice(0, 20).map(String) });
    const late = await this.db.read(ctx, (q) => q.many(OVERDUE_EVENTS, { before: live.systemNow() - OVERDUE }));
    if (late.length > 0) found.push({ check: 'outbox-overdue', rule: 'No event waits for more than 15 minutes, unless it was given up.', rows: late.map((row) => row.what) });
    return found;
  }
}
