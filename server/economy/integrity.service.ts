import { MINUTE, statement, type Database, type ShopContext } from '../plugin-api/index.js';
import { INTEGRITY_CHECKS, type IntegrityCheck } from './integrity-checks.js';
import type { PluginInvariants } from './plugin-invariants.js';
import type { LedgerSealsService, SealReport } from './seals/ledger-seals.service.js';
import { sideBySide } from './side-by-side.js';

export interface Violation { readonly check: string; readonly rule: string; /** Up to 20 ids of rows that break it. */ readonly rows: readonly string[] }
/** What was looked at, and what is wrong with it. */
export interface Proof { readonly violations: readonly Violation[]; /** How many invariants were asked. */ readonly checks: number; /** Absent where no host runs. */ readonly seals?: Omit<SealReport, 'broken'> }

/** What only a running host can tell. */
export interface LiveChecks { readonly seals: Pick<LedgerSealsService, 'verify'>; readonly plugins: Pick<PluginInvariants, 'all'>; readonly systemNow: () => number }

const OVERDUE = 15 * MINUTE;
const OVERDUE_EVENTS = statement<{ what: string }>("SELECT e.id AS what FROM outbox_event e WHERE e.shop_id = :shop AND e.state = 'waiting' AND e.run_at < :before LIMIT 20");
/** Long reads wait for processors, not for each other; more at once would leave none to the shop. */
const LANES = 2;

/** Proves the ledger: every invariant, the core's and the plugins', is one statement that must find nothing, and every seal still fits. */
export class IntegrityService {
  constructor(private readonly db: Database, private readonly live?: LiveChecks) {}

  /** What is wrong; empty when everything holds. Reads everything, so it is meant for operators and tests. */
  async check(ctx: ShopContext): Promise<readonly Violation[]> { return (await this.prove(ctx)).violations; }

  /** As `check`, and says what was read for it: all invariants, and every seal with every entry under it. */
  async prove(ctx: ShopContext): Promise<Proof> {
    const { live } = this;
    const own = await sideBySide(LANES, INTEGRITY_CHECKS, (check) => this.#broken(ctx, check));
    if (!live) return { violations: own.flat(), checks: own.length };
    // Of a plugin only its own check may fail.
    const plugins = await sideBySide(LANES, live.plugins.all(), (check) => this.#broken(ctx, check).catch((error: unknown) => [{ check: check.name, rule: check.rule, rows: [`could not be checked: ${error instanceof Error ? error.message : String(error)}`] }]));
    const { broken, ...seals } = await live.seals.verify(ctx);
    const late = await this.db.read(ctx, (q) => q.many(OVERDUE_EVENTS, { before: live.systemNow() - OVERDUE }));
    return {
      violations: [
        ...own.flat(), ...plugins.flat(),
        ...violation('ledger-seals', 'No entry of the ledger changes after it was sealed.', broken.map(String)),
        ...violation('outbox-overdue', 'No event waits for more than 15 minutes, unless it was given up.', late.map((row) => row.what)),
      ],
      checks: own.length + plugins.length + 2, seals,
    };
  }

  async #broken(ctx: ShopContext, { name, rule, statement }: IntegrityCheck): Promise<readonly Violation[]> {
    return violation(name, rule, (await this.db.read(ctx, (q) => q.scan(statement))).map((row) => row.what));
  }
}

const violation = (check: string, rule: string, rows: readonly string[]): readonly Violation[] => (rows.length > 0 ? [{ check, rule, rows: rows.slice(0, 20) }] : []);
