import type { DependencyContainer } from 'tsyringe';
import { GxError, type Contributions, type EntityClass, type EventHandlers, type Manifest, type PluginApp, type PluginDefinition, type ShopContext } from '../plugin-api/index.js';
import type { HostState, PluginReport, PluginSource } from './plugin-source.js';
import { RouteTable } from './route-table.js';

/** A plugin in this process: its source, what was learnt of it, and what it registered. */
export class PluginUnit {
  state: HostState = 'discovered';
  code: string | undefined;
  error: string | undefined;
  manifest: Manifest | undefined;
  definition: PluginDefinition | undefined;
  entities: readonly EntityClass[] = [];
  container: DependencyContainer | undefined;
  app: PluginApp | undefined;
  readonly admin = new RouteTable();
  readonly storefront = new RouteTable();
  contributions: Contributions = {};
  handlers: EventHandlers = {};
  jobs: Readonly<Record<string, (ctx: ShopContext, signal: AbortSignal) => Promise<void>>> = {};
  /** Contracts that other plugins may use, by token. */
  readonly provided = new Map<string, unknown>();
  readonly owned: { dispose(): void | Promise<void> }[] = [];
  readonly #ms: Record<string, number> = {};

  constructor(readonly source: PluginSource) {}
  get id(): string { return this.source.id; }
  get failed(): boolean { return this.state === 'rejected' || this.state === 'blocked' || this.state === 'failed'; }

  /** Runs one step of the boot; a throw takes only this plugin off the path, with its reason. */
  async step(name: string, next: HostState, onFailure: 'rejected' | 'blocked' | 'failed', run: () => void | Promise<void>): Promise<void> {
    if (this.failed) return;
    const began = performance.now();
    try { await run(); this.state = next; }
    catch (error) {
      this.state = onFailure;
      this.code = error instanceof GxError ? error.code : 'GX_PLUGIN_FAILED';
      this.error = `${error instanceof Error ? error.message : String(error)}`.slice(0, 600);
    } finally { this.#ms[name] = Math.round((performance.now() - began) * 10) / 10; }
  }

  report(): PluginReport {
    return { id: this.id, version: this.manifest?.version, state: this.state, code: this.code, error: this.error, ms: this.#ms };
  }
}
