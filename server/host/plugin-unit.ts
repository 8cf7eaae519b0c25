import type { DependencyContainer } from 'tsyringe';
import type { DescribedEntity } from '../data/described-entities.js';
import { GxError, type Contributions, type EntityClass, type EventHandlers, type Manifest, type PluginApp, type PluginDefinition, type ShopContext } from '../plugin-api/index.js';
import type { Finding } from '../packages/finding.js';
import type { HostState, PluginReport, PluginSource } from './plugin-source.js';
import { RouteTable } from './route-table.js';

/** What is told when a step throws something that is no rule of ours. */
const STEPS: Readonly<Record<string, readonly [`GX_${string}`, string]>> = {
  load: ['GX_PLUGIN_IMPORT', 'its code threw while it was imported'],
  entities: ['GX_PLUGIN_IMPORT', 'the ORM refuses its entities'],
  migrate: ['GX_MIGRATION_FAILED', 'a migration failed and was undone; it is tried again at the next start'],
  services: ['GX_PLUGIN_SERVICES', 'its services, routes, handlers or contributions could not be made'],
  activate: ['GX_PLUGIN_ACTIVATE', 'its activate() threw'],
  register: ['GX_PLUGIN_REGISTER', 'what it contributes could not be registered'],
};

/** A plugin in this process: its source, what was learnt of it, and what it registered. */
export class PluginUnit {
  state: HostState = 'discovered';
  code: string | undefined;
  error: string | undefined;
  manifest: Manifest | undefined;
  definition: PluginDefinition | undefined;
  entities: readonly EntityClass[] = [];
  /** Those of them that have a table, as the ORM describes them. */
  described: readonly DescribedEntity[] = [];
  container: DependencyContainer | undefined;
  app: PluginApp | undefined;
  readonly admin = new RouteTable();
  readonly storefront = new RouteTable();
  contributions: Contributions = {};
  handlers: EventHandlers = {};
  jobs: Readonly<Record<string, (ctx: ShopContext, signal: AbortSignal) => Promise<void>>> = {};
  /** Contracts that other plugins may use, by token. */
  readonly provided = new Map<string, unknown>();
  /** Set when `services` has run; contracts are filled there and nowhere else. */
  sealed = false;
  readonly owned: { dispose(): void | Promise<void> }[] = [];
  /** From this plugin to the one that keeps it from starting, and why that one is not there. */
  blockage: { readonly chain: readonly string[]; readonly why: string } | undefined;
  readonly #warnings: Finding[] = [];
  readonly #ms: Record<string, number> = {};

  constructor(readonly source: PluginSource) {}
  get id(): string { return this.source.id; }
  get failed(): boolean { return this.state === 'rejected' || this.state === 'blocked' || this.state === 'failed'; }

  /** Keeps the warnings and throws the first error; the others are named after it. */
  refuse(findings: readonly Finding[]): void {
    this.#warnings.push(...findings.filter((each) => each.warning));
    const [first, ...more] = findings.filter((each) => !each.warning);
    if (!first) return;
    const codes = [...new Set(more.map((each) => each.code))];
    throw new GxError(first.code, 500, `Plugin "${this.id}": ${first.message}${codes.length ? ` (And ${more.length} more: ${codes.join(', ')}.)` : ''}`, { plugin: this.id, details: { findings } });
  }

  /** Takes the plugin off the path, with its reason. */
  fail(state: 'rejected' | 'blocked' | 'failed', error: unknown, step = ''): void {
    const text = error instanceof Error ? error.message : String(error);
    const [code, what] = STEPS[step] ?? ['GX_PLUGIN_FAILED', 'it failed'];
    this.state = state;
    this.code = error instanceof GxError ? error.code : code;
    this.error = (error instanceof GxError && text.startsWith('Plugin "') ? text
      : this.code === 'GX_PLUGIN_TIMEOUT' ? `Plugin "${this.id}": it did not come to an end in the step "${step}" in time. Ask its author for a version that does.`
      : `Plugin "${this.id}": ${what}: ${text.replace(/\.?$/, '.')} Ask its author for a version that starts, or remove it.`).slice(0, 900);
  }

  /** Runs one step of the boot; a throw takes only this plugin off the path. */
  async step(name: string, next: HostState, onFailure: 'rejected' | 'blocked' | 'failed', run: () => void | Promise<void>): Promise<void> {
    if (this.failed) return;
    const began = performance.now();
    try { await run(); this.state = next; }
    catch (error) { this.fail(onFailure, error, name); }
    finally { this.#ms[name] = Math.round((performance.now() - began) * 100) / 100; }
  }

  report(): PluginReport {
    return { id: this.id, version: this.manifest?.version, state: this.state, code: this.code, error: this.error, warnings: this.#warnings, ms: this.#ms };
  }
}
