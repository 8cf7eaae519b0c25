import { deadlines } from '../events/deadlines.js';
import { blame } from '../containment/containment.js';
import type { PluginHost } from './plugin-host.js';
import type { PluginUnit } from './plugin-unit.js';

/** Longest time that an answer may take. */
const LIMIT_MS = 2_000;

/** Asks plugins that have a health check how they are; one that is not well, throws or does not answer is degraded until it is. */
export class HealthWatch {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<unknown> = Promise.resolve();
  #busy = false;

  constructor(private readonly host: PluginHost, private readonly everyMs: number) {}

  start(): void {
    this.#timer = setInterval(() => { if (!this.#busy) this.#looking = this.look(); }, this.everyMs);
    this.#timer.unref();
    this.#looking = this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async look(): Promise<void> {
    this.#busy = true;
    await Promise.all(this.host.active().map((unit) => this.#ask(unit)));
    this.#busy = false;
  }

  async #ask({ id, app, definition }: PluginUnit): Promise<void> {
    const check = definition?.health;
    if (!check || !app) return;
    const { runs } = this.host;
    let health: { readonly ok: boolean; readonly message?: string };
    try { health = await deadlines.run(LIMIT_MS, `The health check of "${id}"`, ({ signal }) => blame(runs.boot(id, 'health'), () => check(app, signal))); }
    catch (error) { health = { ok: false, message: `Its health check failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300) }; }
    runs.of(id).feels({ ok: health.ok, message: health.message?.slice(0, 300), at: runs.systemTime() });
  }
}
