import type { DataStore } from '../data/data-store.js';
import { detached } from '../data/open-unit.js';
import { MINUTE, type ShopContext } from '../plugin-api/index.js';
import type { QuotaLimits } from './limits.js';
import { RowCounts } from './row-counts.js';
import { MB, RowUse } from './row-use.js';

/** Between counts of a plugin that writes; other nodes and purges are not seen sooner. */
const RECOUNT_MS = 10 * MINUTE;
/** Before somebody is refused or shown a count, it is taken anew when it is older or rows have moved since. */
const FRESH_MS = 1_000;
/** Plugins × shops of which a count is kept. */
const MOST = 20_000;

export interface StoredRowsOptions {
  readonly granted: (plugin: string) => QuotaLimits;
  readonly now: () => number;
  readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** Rows and bytes of each plugin in each shop. Counted when somebody writes or looks, in the background, and never per request. */
export class StoredRows {
  readonly #uses = new Map<string, RowUse>();
  readonly #counts: RowCounts;
  #stopped = false;

  constructor(store: DataStore, private readonly options: StoredRowsOptions) { this.#counts = new RowCounts(store); }

  of({ shop }: ShopContext, plugin: string): RowUse {
    const key = `${shop.id} ${plugin}`;
    let use = this.#uses.get(key);
    if (!use) {
      if (this.#uses.size >= MOST) for (const [old, { counting, exact }] of this.#uses) if (!counting && exact) this.#uses.delete(old);
      this.#uses.set(key, use = new RowUse(plugin, { id: shop.id, key: shop.key }, this.options.granted(plugin), this.#warn));
    }
    return use;
  }

  /** Before a unit that may add rows. Answers what to wait for when it looks as if there were no room; otherwise counts in the background, if at all. */
  before(ctx: ShopContext, use: RowUse): Promise<void> | undefined {
    const now = this.options.now();
    if (use.full && use.due(now, FRESH_MS)) {
      const counted = this.fresh(ctx, use);
      // Waiting for another connection with one in hand could wait for ever.
      return ctx.tx ? undefined : counted;
    }
    if (now - use.lookedAt >= RECOUNT_MS) void this.#count(ctx, use);
    return undefined;
  }

  /** Counts, unless that was done within the last second and nothing has moved since. */
  async fresh(ctx: ShopContext, use: RowUse): Promise<void> {
    if (!use.due(this.options.now(), FRESH_MS)) return;
    const joined = use.counting !== undefined;
    await this.#count(ctx, use);
    // A count that was on its way already may have begun before what is asked about.
    if (joined && !use.exact) await this.#count(ctx, use);
  }

  /** Counts now, or joins the count that is on its way. Never throws: a count that failed leaves what was known. */
  #count(ctx: ShopContext, use: RowUse): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    use.counting ??= detached(async () => {
      const before = use.since;
      const { tx: _joined, once: _once, ...outside } = ctx;
      try {
        const { rows, bytes } = await this.#counts.count(outside, use.plugin);
        use.counted(rows, bytes, this.options.now(), before);
      } catch (error) {
        this.options.report('The rows of a plugin could not be counted; its quota stays as last known.', { plugin: use.plugin, shop: use.shop.key, error: error instanceof Error ? error.message : String(error) });
      } finally { use.lookedAt = this.options.now(); use.counting = undefined; }
    });
    return use.counting;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#uses.values()].flatMap(({ counting }) => counting ?? []));
  }

  readonly #warn = (use: RowUse, quota: 'rowsPerShop' | 'storageMb'): void => {
    const limits = this.options.granted(use.plugin);
    this.options.report('A plugin has used 80 % of a quota; when it is full, it can keep nothing new.', { plugin: use.plugin, shop: use.shop.key, quota, used: quota === 'rowsPerShop' ? use.rows : use.bytes / MB, granted: limits[quota] });
  };
}
