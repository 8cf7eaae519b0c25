import { BREAKER_RULE, type BreakerRule } from './breaker.js';
import { PluginRuns, type HealthSeen, type OnDegraded, type OnStuck } from './plugin-runs.js';
import type { LastError, RunLine, RunSurface } from './run-line.js';
import type { Suspension } from './shop-runs.js';

/** Plugins × shops of which figures are kept; beyond it those are forgotten that never failed. */
const MOST = 20_000;

/** What names a route, and is it: the same object at each request. */
export interface RouteKey { readonly method: string; readonly surface: string; readonly path: string }

/** Figures of one handler since this process began. Times are milliseconds. */
export interface RunFigures {
  readonly surface: RunSurface; readonly name: string;
  readonly calls: number; readonly failures: number; readonly timeouts: number; readonly refused: number; readonly detached: number; readonly stalls: number;
  readonly p50Ms: number; readonly p95Ms: number; readonly slowestMs: number;
  /** System time. */
  readonly lastAt: number; readonly lastError: LastError | undefined;
}
export interface PluginSnapshot {
  readonly plugin: string;
  /** Why it is degraded in all shops. */
  readonly degraded: string | undefined;
  readonly health: HealthSeen | undefined;
  readonly suspensions: readonly Suspension[];
  /** Slowest first. */
  readonly handlers: readonly RunFigures[];
  readonly stalls: readonly { readonly at: number; readonly ms: number; readonly surface: RunSurface; readonly name: string }[];
  /** Times that it was found to hold much more memory than shortly before, in MB, through the handler that took most. */
  readonly growths: readonly { readonly at: number; readonly mb: number; readonly surface: RunSurface; readonly name: string }[];
}

const COUNTED = ['calls', 'failures', 'timeouts', 'refused', 'detached', 'stalls'] as const;
export type PluginTotals = { readonly plugin: string; readonly degraded: boolean } & Readonly<Record<typeof COUNTED[number], number>>;

export interface RunRecordsOptions { readonly rule?: BreakerRule; readonly onDegraded?: OnDegraded; readonly onStuck?: OnStuck; readonly systemTime?: () => number }

/** Who runs what here, and how it goes: counts, times, breakers and stalls per plugin, shop, surface and handler, in memory, of this process. */
export class RunRecords {
  readonly systemTime: () => number;
  /** When counting began; system time. */
  readonly since: number;
  readonly #plugins = new Map<string, PluginRuns>();
  readonly #rule: BreakerRule;
  readonly #tell: OnDegraded;
  readonly #stuck: OnStuck;
  #kept = 0;

  constructor(options: RunRecordsOptions = {}) {
    this.systemTime = options.systemTime ?? Date.now;
    this.since = this.systemTime();
    this.#rule = options.rule ?? BREAKER_RULE;
    this.#tell = options.onDegraded ?? ((): void => undefined);
    this.#stuck = options.onStuck ?? ((): void => undefined);
  }

  of(plugin: string): PluginRuns {
    let runs = this.#plugins.get(plugin);
    if (!runs) this.#plugins.set(plugin, runs = new PluginRuns(plugin, this.#rule, this.#tell, this.#stuck, this.systemTime));
    return runs;
  }

  line(plugin: string, shop: { readonly id: number; readonly key: string }, surface: RunSurface, name: string): RunLine { return this.#shop(plugin, shop).line(surface, name); }

  /** The line of a route, which is known by its record: no text is put together per request. */
  route(plugin: string, shop: { readonly id: number; readonly key: string }, record: RouteKey): RunLine {
    const runs = this.#shop(plugin, shop);
    return runs.known(record) ?? runs.line('route', `${record.method.toUpperCase()} ${record.surface === 'admin' ? 'admin' : 'storefront'}${record.path}`, record);
  }

  /** What belongs to no shop: import, activation, disposal. */
  boot(plugin: string, name: string): RunLine { return this.line(plugin, { id: 0, key: '-' }, 'boot', name); }

  /** Closes the breakers of a plugin in a shop. */
  pardon(plugin: string, shopId: number): void { this.#plugins.get(plugin)?.shops.get(shopId)?.pardon(); }

  /** The figures of one shop, with what concerns all of them. */
  snapshot(shopId: number, now = performance.now()): readonly PluginSnapshot[] {
    return [...this.#plugins.values()].map((runs) => {
      const shop = runs.shops.get(shopId);
      const lines = [...shop?.lines ?? [], ...runs.shops.get(0)?.lines ?? []];
      return {
        plugin: runs.plugin, degraded: runs.degraded, health: runs.health, suspensions: shop?.suspensions(now) ?? [],
        handlers: lines.map(figures).sort((a, b) => b.p95Ms - a.p95Ms || b.slowestMs - a.slowestMs),
        stalls: runs.stalls.filter(({ line }) => lines.includes(line)).map(({ at, ms, line }) => ({ at, ms, surface: line.surface, name: line.name })),
        growths: runs.growths.filter(({ line }) => lines.includes(line)).map(({ at, mb, line }) => ({ at, mb, surface: line.surface, name: line.name })),
      };
    });
  }

  /** What each plugin did in all shops together; falls when the figures of quiet shops are forgotten. Without what storefronts tell: alarms hang on it, and anybody could ring them. */
  totals(): readonly PluginTotals[] {
    return [...this.#plugins.values()].map(({ plugin, degraded, shops }) => {
      const total = { plugin, degraded: degraded !== undefined, calls: 0, failures: 0, timeouts: 0, refused: 0, detached: 0, stalls: 0 };
      for (const { lines } of shops.values()) for (const line of lines) if (line.surface !== 'storefront') for (const name of COUNTED) total[name] += line[name];
      return total;
    });
  }

  #shop(plugin: string, { id, key }: { readonly id: number; readonly key: string }): ReturnType<PluginRuns['shop']> {
    const runs = this.of(plugin);
    const known = runs.shops.get(id);
    if (known) return known;
    if (++this.#kept > MOST) this.#forget();
    return runs.shop(id, key);
  }

  #forget(): void {
    this.#kept = 1;
    for (const { shops } of this.#plugins.values()) {
      for (const [id, shop] of shops) if (id !== 0 && shop.quiet) shops.delete(id); else this.#kept += 1;
    }
  }
}

const figures = (line: RunLine): RunFigures => ({
  surface: line.surface, name: line.name, calls: line.calls, failures: line.failures, timeouts: line.timeouts, refused: line.refused, detached: line.detached, stalls: line.stalls,
  p50Ms: line.percentile(0.5), p95Ms: line.percentile(0.95), slowestMs: Math.round(line.slowestMs * 10) / 10, lastAt: line.lastAt, lastError: line.lastError,
});
