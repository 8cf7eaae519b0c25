import type { Database, ShopContext } from '../plugin-api/index.js';
import { INTEGRITY_CHECKS } from './integrity-checks.js';
import type { LedgerSealsService } from './seals/ledger-seals.service.js';

export interface Violation { readonly check: string; readonly rule: string; /** Up to 20 ids of rows that break it. */ readonly rows: readonly string[] }

/** Proves the ledger: every invariant is one statement that must find nothing, and every seal still fits. */
export class IntegrityService {
  constructor(private readonly db: Database, private readonly seals?: Pick<LedgerSealsService, 'broken'>) {}

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
    const broken = await this.seals?.broken(ctx) ?? [];
    if (broken.length > 0) found.push({ check: 'ledger-seals', rule: 'No entry of the ledger changes after it was sealed.', rows: broken.slice(0, 20).map(String) });
    return found;
  }
}
