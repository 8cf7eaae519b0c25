import semver from 'semver';
import type { DataStore } from '../data/data-store.js';
import type { Outbox } from '../events/outbox.js';
import { actorName, conflict, newId, type Audit, type ShopContext } from '../plugin-api/index.js';
import { ADD, ADD_CONSENT, CHANGE, ONE, readInstall, writeInstall, type Consent, type Install } from './install.js';
import { hooksOf, LIFECYCLE, moves, next, type Hook, type InstallState, type Move } from './lifecycle.js';

/** Says that hooks of a move wait; handled by the core, in whatever process takes it. */
export const HOOKS_EVENT = 'plugin.hooks';

export interface How {
  /** Why, in the words of who asked. */
  readonly reason?: string | undefined;
  /** What asked when it was not a person. */
  readonly cause?: string;
  readonly error?: string;
  /** What else changes with the state; reads the row as it stands. */
  readonly change?: (before: Install | undefined) => Partial<Install>;
  /** For the audit; a function is asked after `change`. */
  readonly detail?: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);
  readonly consent?: Omit<Consent, 'plugin' | 'actor' | 'at'>;
  /** The version the code has now; hooks of an upgrade come first when the shop's is older. */
  readonly version?: string;
  /** The move that this one follows; another between them refuses it. */
  readonly after?: string | null;
}

const FRESH: Omit<Install, 'shopId' | 'plugin' | 'version' | 'installedAt'> = {
  state: 'available', granted: [], settings: {}, settingsVersion: 1, revision: 0, purgeAfter: null, lastError: null, reason: null, cause: null, move: null, pending: [], attempts: 0,
};
const changed = (): Error => conflict('GX_INSTALL_CHANGED', 'Somebody else changed this plugin meanwhile. Reload and try again.');

/** Carries out moves of the life cycle: each is one transaction with its audit line, its consent and the event that runs its hooks. */
export class InstallMovesService {
  constructor(private readonly store: DataStore, private readonly audit: Audit, private readonly outbox: Outbox, private readonly heard: (shopId: number, pluginId: string) => Promise<void>) {}

  async read(ctx: ShopContext, pluginId: string): Promise<Install | undefined> {
    const row = await this.store.read(ctx, (q) => q.one(ONE, { plugin: pluginId }));
    return row && readInstall(row);
  }

  /** @throws GX_INSTALL_STATE 409 when the state has no such move, GX_INSTALL_CHANGED 409 when somebody else was faster */
  async move(ctx: ShopContext, pluginId: string, verb: Move, how: How = {}): Promise<Install> {
    const install = await this.store.write(ctx, async (unit, inner) => {
      const row = await unit.one(ONE, { plugin: pluginId });
      const before = row && readInstall(row);
      if (how.after !== undefined && before?.move !== how.after) throw changed();
      const from = before?.state ?? 'available';
      const state = next(verb, from);
      if (state === undefined) {
        throw conflict('GX_INSTALL_STATE', `The plugin "${pluginId}" is ${from === 'available' ? 'not installed' : from} in this shop, so "${verb}" is not possible now.`, { state: from, possible: moves(from, 'merchant') });
      }
      const base: Install = { shopId: ctx.shop.id, plugin: pluginId, version: how.version ?? '0.0.0', installedAt: ctx.now, ...FRESH, ...before };
      const pending = this.#pending(verb, base, state, hooksOf(verb, from, how.version !== undefined && semver.lt(base.version, how.version)));
      // Who stays in a state keeps the words for it.
      const kept = state === from ? base : undefined;
      const after: Install = {
        ...base, cause: how.cause ?? kept?.cause ?? null, reason: how.reason ?? kept?.reason ?? null, lastError: how.error ?? kept?.lastError ?? null, purgeAfter: null, attempts: 0, ...how.change?.(before), state, pending, move: newId(),
      };
      const rows = await unit.run(before ? CHANGE : ADD, { ...writeInstall(after), now: ctx.now, ...(before ? { revision: before.revision } : {}) });
      if (!rows) throw changed();
      if (how.consent) {
        const { shown, granted, declined, ...consent } = how.consent;
        await unit.run(ADD_CONSENT, { id: newId(), plugin: pluginId, ...consent, granted: JSON.stringify(granted), declined: JSON.stringify(declined), shown: JSON.stringify(shown), actor: actorName(ctx.actor), now: ctx.now });
      }
      await this.audit.record(inner, LIFECYCLE[verb].action, pluginId, { from, to: state, ...(how.cause ? { cause: how.cause } : {}), ...(how.reason ? { reason: how.reason } : {}), ...(how.error ? { error: how.error.slice(0, 500) } : {}), ...(typeof how.detail === 'function' ? how.detail() : how.detail) });
      if (pending.length && state !== 'failed') await this.outbox.emit(inner, HOOKS_EVENT, { plugin: pluginId, move: after.move });
      return after;
    });
    await this.#tell(ctx, pluginId);
    return install;
  }

  /**
   * Writes down how the hooks of a move go, without a move. `again` asks for the next of them. Nothing happens when another move came between.
   * @throws GX_INSTALL_CHANGED 409
   */
  async note(ctx: ShopContext, install: Install, change: Partial<Install>, how: { readonly again?: boolean; readonly audit?: string; readonly detail?: Readonly<Record<string, unknown>> } = {}): Promise<void> {
    await this.store.write(ctx, async (unit, inner) => {
      const row = await unit.one(ONE, { plugin: install.plugin });
      const now = row && readInstall(row);
      if (!now || now.move !== install.move) return;
      if (!await unit.run(CHANGE, { ...writeInstall({ ...now, ...change }), now: ctx.now, revision: now.revision })) throw changed();
      if (how.audit) await this.audit.record(inner, how.audit, install.plugin, how.detail);
      if (how.again) await this.outbox.emit(inner, HOOKS_EVENT, { plugin: install.plugin, move: install.move });
    });
    await this.#tell(ctx, install.plugin);
  }

  /** Changes settings against those that were read; whatever else happened to the row meanwhile stays. @throws GX_INSTALL_CHANGED 409 */
  async keep(ctx: ShopContext, install: Install, settings: Record<string, unknown>, settingsVersion: number, fields: readonly string[]): Promise<void> {
    await this.store.write(ctx, async (unit, inner) => {
      const row = await unit.one(ONE, { plugin: install.plugin });
      if (!row || row.settings !== JSON.stringify(install.settings)) throw changed();
      if (!await unit.run(CHANGE, { ...writeInstall({ ...readInstall(row), settings, settingsVersion }), now: ctx.now, revision: row.revision })) throw changed();
      await this.audit.record(inner, 'plugin.settings', install.plugin, { fields: [...fields] });
    });
    await this.#tell(ctx, install.plugin);
  }

  /** A failure keeps what is left to do, a retry takes it up again, and who stays in a state adds to it; every other move begins anew. */
  #pending(verb: Move, { pending: left, state: from }: Install, state: InstallState, hooks: readonly Hook[]): readonly Hook[] {
    if (verb === 'fail') return left;
    if (verb === 'retry' && left.length) return [...hooks.filter((hook) => hook === 'onUpgrade' && !left.includes(hook)), ...left];
    return state === from ? [...left, ...hooks.filter((hook) => !left.includes(hook))] : hooks;
  }

  /** This process acts at once, the others when they hear of it. */
  async #tell(ctx: ShopContext, pluginId: string): Promise<void> {
    await this.heard(ctx.shop.id, pluginId);
    await this.store.notify('install', `${ctx.shop.id}/${pluginId}`);
  }
}

