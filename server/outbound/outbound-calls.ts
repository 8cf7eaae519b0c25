/** Plugins × hosts of which figures are kept. */
const MOST = 5_000;

/** What one plugin's calls of one host came to in one shop since this process began. */
export interface HostCalls {
  readonly host: string;
  calls: number;
  /** Calls without an answer: refused, timed out or failed. */
  failures: number;
  slowestMs: number;
  /** HTTP status, or the code of what went wrong. */
  last: string;
  /** System time. */
  lastAt: number;
}
/** One call, as it is logged: never its path, query, headers or bodies. */
export interface CallMade { readonly plugin: string; readonly shop: string; readonly host: string; readonly outcome: string; readonly ms: number }

/** Who called whom, how often and how it went, in memory, of this process. */
export class OutboundCalls {
  readonly #known = new Map<string, Map<string, HostCalls>>();

  constructor(private readonly now: () => number, private readonly log: (made: CallMade) => void) {}

  made(shop: { readonly id: number; readonly key: string }, plugin: string, host: string, outcome: string, ms: number): void {
    const key = `${shop.id} ${plugin}`;
    if (!this.#known.has(key) && this.#known.size >= MOST) this.#known.delete(this.#known.keys().next().value!);
    const hosts = this.#known.get(key) ?? new Map<string, HostCalls>();
    this.#known.set(key, hosts);
    const figures = hosts.get(host) ?? { host, calls: 0, failures: 0, slowestMs: 0, last: '', lastAt: 0 };
    hosts.set(host, figures);
    figures.calls += 1;
    if (outcome.startsWith('GX_')) figures.failures += 1;
    figures.slowestMs = Math.max(figures.slowestMs, ms);
    figures.last = outcome;
    figures.lastAt = this.now();
    this.log({ plugin, shop: shop.key, host, outcome, ms });
  }

  /** Of one plugin in one shop, busiest first. */
  of(shopId: number, plugin: string): readonly HostCalls[] {
    return [...this.#known.get(`${shopId} ${plugin}`)?.values() ?? []].map((each) => ({ ...each })).sort((a, b) => b.calls - a.calls);
  }
}
