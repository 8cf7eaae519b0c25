import type { DataStore } from '../data/data-store.js';
import type { Manifest, ShopContext } from '../plugin-api/index.js';
import { JobTime } from './job-time.js';
import { byName, granted, HOST_MAXIMUM, type QuotaLimits, type QuotaName, type QuotaUse } from './limits.js';
import { MinuteWindow } from './minute-window.js';
import { overQuota, type ShopName } from './over-quota.js';
import { MB } from './row-use.js';
import { StoredRows } from './stored-rows.service.js';

/** Plugins × shops whose windows are kept; beyond it those are forgotten that are over. */
const MOST = 20_000;

interface Windows { readonly requests: MinuteWindow; readonly outbound: MinuteWindow }

export interface QuotaParts {
  readonly store: DataStore;
  /** What the operator changed of `HOST_MAXIMUM`. */
  readonly most: Manifest['limits'];
  readonly manifest: (plugin: string) => Manifest | undefined;
  /** System time. */
  readonly now: () => number;
  readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * What each plugin may use in each shop, and what it has used. Requests and outbound calls are counted exactly, per node and in memory;
 * minutes of jobs exactly and for all nodes; rows exactly when they were last counted and by what this node added since; bytes by estimate.
 */
export class QuotaService {
  readonly rows: StoredRows;
  readonly #jobs: JobTime;
  readonly #most: QuotaLimits;
  readonly #granted = new Map<string, QuotaLimits>();
  readonly #windows = new Map<string, Map<number, Windows>>();
  #kept = 0;

  constructor(private readonly parts: QuotaParts) {
    this.#most = byName((name) => parts.most?.[name] ?? HOST_MAXIMUM[name]);
    this.#jobs = new JobTime(parts.store);
    this.rows = new StoredRows(parts.store, { granted: (plugin) => this.granted(plugin), now: parts.now, report: parts.report });
  }

  granted(plugin: string): QuotaLimits {
    let limits = this.#granted.get(plugin);
    if (!limits) this.#granted.set(plugin, limits = granted(this.parts.manifest(plugin)?.limits, this.#most));
    return limits;
  }

  /** What a plugin that asks for `asked` would get. */
  wouldGrant(name: string, asked: number): number { return Math.min(asked, this.#most[name as QuotaName] ?? asked); }

  /** One request of a plugin's route. @throws GX_QUOTA 429 */
  request(shop: ShopName, plugin: string): void { this.#take(shop, plugin, 'requests', 'requestsPerMinute'); }

  /** One call of an outside service. @throws GX_QUOTA 429 */
  outbound(shop: ShopName, plugin: string): void { this.#take(shop, plugin, 'outbound', 'outboundPerMinute'); }

  /** Runs a job within the budget of the day and counts its time. @throws NotNow when there is none left */
  job(ctx: ShopContext, plugin: string, work: () => Promise<void>): Promise<void> { return this.#jobs.run(ctx, plugin, this.granted(plugin).jobMinutesPerDay, work); }

  /** How much of each quota is used in the shop. */
  async use(ctx: ShopContext, plugin: string): Promise<readonly QuotaUse[]> {
    const now = this.parts.now();
    const limits = this.granted(plugin);
    const asked = this.parts.manifest(plugin)?.limits;
    const windows = this.#windows.get(plugin)?.get(ctx.shop.id);
    const rows = this.rows.of(ctx, plugin);
    await this.rows.fresh(ctx, rows);
    const of = (name: QuotaName, used: number, resetsAt: number | null, estimated = false): QuotaUse => ({ name, used, limit: asked?.[name] ?? this.#most[name], granted: limits[name], resetsAt, estimated });
    const minute = (name: QuotaName, window: MinuteWindow | undefined): QuotaUse => of(name, window?.used(now) ?? 0, window && window.until > now ? window.until : null);
    return [
      minute('requestsPerMinute', windows?.requests),
      of('jobMinutesPerDay', Math.round(await this.#jobs.spent(ctx, plugin) / 600) / 100, this.#jobs.resetsAt(ctx)),
      of('rowsPerShop', rows.rows, null, !rows.exact), of('storageMb', Math.round(rows.bytes / MB * 1_000) / 1_000, null, true),
      minute('outboundPerMinute', windows?.outbound),
    ];
  }

  stop(): Promise<void> { return this.rows.stop(); }

  #take(shop: ShopName, plugin: string, kind: keyof Windows, name: QuotaName): void {
    const window = (this.#windows.get(plugin)?.get(shop.id) ?? this.#open(shop.id, plugin))[kind];
    const now = this.parts.now();
    const most = this.granted(plugin)[name];
    if (!window.take(now, most)) throw overQuota(plugin, shop, name, most, { at: window.until, waitMs: window.until - now });
  }

  #open(shopId: number, plugin: string): Windows {
    if (++this.#kept > MOST) this.#forget();
    let shops = this.#windows.get(plugin);
    if (!shops) this.#windows.set(plugin, shops = new Map<number, Windows>());
    const windows: Windows = { requests: new MinuteWindow(), outbound: new MinuteWindow() };
    shops.set(shopId, windows);
    return windows;
  }

  #forget(): void {
    const now = this.parts.now();
    this.#kept = 1;
    for (const shops of this.#windows.values()) {
      for (const [id, { requests, outbound }] of shops) if (requests.until <= now && outbound.until <= now) shops.delete(id); else this.#kept += 1;
    }
  }
}
