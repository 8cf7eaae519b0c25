import type { Invariant } from '../plugin-api/index.js';
import type { IntegrityCheck } from './integrity-checks.js';

/** What plugins say must always hold of their own rows; checked with the core's invariants, by operators and tests. */
export class PluginInvariants {
  readonly #checks = new Map<string, readonly IntegrityCheck[]>();

  register(plugin: string, invariants: Readonly<Record<string, Invariant>>): void {
    this.#checks.set(plugin, Object.entries(invariants).map(([name, { rule, statement }]) => ({ name: `${plugin}.${name}`, rule, statement })));
  }
  unregister(plugin: string): void { this.#checks.delete(plugin); }
  all(): readonly IntegrityCheck[] { return [...this.#checks.values()].flat(); }
}
