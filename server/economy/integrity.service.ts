import type { Database, ShopContext } from '../plugin-api/index.js';
import { INTEGRITY_CHECKS } from './integrity-checks.js';

export interface Violation { readonly check: string; readonly rule: string; /** Up to 20 ids of rows that break it. */ readonly rows: readonly string[] }

/** Proves the ledger: every invariant is one statement that must find nothing. */
export class IntegrityService {
  constructor(private readonly db: Database) {}

  /** What is wrong; empty when everything holds. Reads everything, so it is meant for operators and tests. */
  check(ctx: ShopContext): Promise<readonly Violation[]> {
    return this.db.read(ctx, async (q) => {
      const found: Violation[] = [];
      for (const { name, rule, statement } of INTEGRITY_CHECKS) {
        const rows = await q.scan(statement);
        if (rows.length > 0) found.push({ check: name, rule, rows: rows.map((row) => row.what) });
      }
      return found;
    });
  }
}
