import { conflict, DAY, newId, notFound, sql, type Audit, type Database, type ShopContext, type Unit, type Vault } from 'guanxi/plugin';
import { Reward } from '../entities/reward.entity.js';
import { ADD_CODE, CODE_OF, CODES_OF_PERSON, POOLS, RAISE_STOCK, TAKE_CODE } from './pool.statements.js';

export interface PoolView { readonly rewardId: string; readonly left: number; readonly given: number; /** At the pace of the last 30 days; null when none was given. */ readonly daysLeft: number | null }
const PACE_DAYS = 30;
const placeOf = (codeId: string): string => `pool_code|sealed|${codeId}`;

/** Codes that others made, e.g. of a gift card. They are sealed in the database, and each is given to one person. */
export class CodePool {
  constructor(private readonly db: Database, private readonly vault: Vault, private readonly audit: Audit) {}

  /** Loads codes; those that the pool had before are left out. Errors: 409 for a reward that gives no such codes or has ended. */
  add(ctx: ShopContext, rewardId: string, codes: readonly string[]): Promise<{ readonly added: number; readonly known: number }> {
    const wanted = [...new Set(codes.map((code) => code.trim()).filter(Boolean))].map((clear) => {
      const id = newId();
      return { id, sealed: this.vault.seal(ctx, placeOf(id), clear), mark: this.vault.mark(ctx, clear) };
    });
    return this.db.write(ctx, async (unit, inner) => {
      const reward = await unit.findOne(Reward, { id: rewardId });
      if (!reward) throw notFound('reward', rewardId);
      let added = 0;
      for (const code of wanted) added += await unit.run(ADD_CODE, { ...code, reward: rewardId, now: inner.now });
      if (added > 0 && !(await unit.run(RAISE_STOCK, { reward: rewardId, amount: added, now: inner.now }))) throw conflict('GX_REWARD_STATE', 'Codes are loaded into a reward that gives codes of others and has not ended.', { state: reward.state, kind: reward.kind });
      await this.audit.record(inner, 'reward.codes-added', rewardId, { added, known: wanted.length - added });
      return { added, known: wanted.length - added };
    });
  }

  /** The code of a new redemption, still sealed: the unit that gives it is stored, what it says is not. */
  *take(ctx: ShopContext, rewardId: string, redemptionId: string): Unit<void> {
    const taken = yield* sql.one(TAKE_CODE, { reward: rewardId, redemption: redemptionId, now: ctx.now });
    if (!taken) throw conflict('GX_OUT_OF_STOCK', 'This reward is sold out. No points were taken.');
  }

  async codeOf(ctx: ShopContext, redemptionId: string): Promise<string | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(CODE_OF, { redemption: redemptionId }));
    return row && this.vault.open(ctx, placeOf(row.id), row.sealed);
  }

  /** The last 50 codes that somebody got, by redemption. */
  async codesOf(ctx: ShopContext, personId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.db.read(ctx, (q) => q.many(CODES_OF_PERSON, { person: personId }));
    return new Map(rows.map((row) => [row.redemption_id, this.vault.open(ctx, placeOf(row.id), row.sealed)]));
  }

  async list(ctx: ShopContext): Promise<PoolView[]> {
    const rows = await this.db.read(ctx, (q) => q.scan(POOLS, { from: ctx.now - PACE_DAYS * DAY }));
    return rows.map(({ reward_id, left_over, given, lately }) => ({ rewardId: reward_id, left: left_over, given, daysLeft: lately > 0 ? Math.floor((left_over * PACE_DAYS) / lately) : null }));
  }
}
