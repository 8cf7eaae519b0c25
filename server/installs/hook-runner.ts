import { NotNow } from '../events/not-now.js';
import type { Consumer } from '../events/outbox.js';
import { GxError, type ShopContext } from '../plugin-api/index.js';
import type { Install } from './install.js';
import { HOOKS_EVENT, type InstallMovesService } from './install-moves.service.js';
import type { Hook } from './lifecycle.js';
import type { PluginCatalog } from './plugin-catalog.js';

/** A hook that failed this often is given up: by then about four minutes have passed. */
export const HOOK_ATTEMPTS = 5;
/** Longer than the host gives a hook, shorter than the lease of an event. */
const DELIVERY_MS = 40_000;

const isLeaving = (hook: Hook): boolean => hook === 'onDisable' || hook === 'onUninstall';

/** Runs the hooks of moves, one delivery each: after commit, again after a failure or a crash, and never those of a move that another has replaced. */
export function hookRunner(moves: InstallMovesService, catalog: () => PluginCatalog | undefined): Consumer {
  async function failed(ctx: ShopContext, install: Install, hook: Hook, error: unknown): Promise<void> {
    // Untried is not failed: the event comes back when the plugin has rested.
    if (error instanceof NotNow) throw error;
    const lastError = `${hook}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 1000);
    const attempts = install.attempts + 1;
    if (attempts < HOOK_ATTEMPTS) {
      await moves.note(ctx, install, { attempts, lastError });
      throw new GxError('GX_HOOK_FAILED', 502, `The plugin "${install.plugin}" failed in ${hook} for the ${attempts}. time in this shop; it is tried again.`, { plugin: install.plugin, shop: ctx.shop.key, cause: error });
    }
    // What was switched off stays off, whatever its code says to that.
    if (isLeaving(hook)) await moves.note(ctx, install, { pending: [], attempts, lastError }, { audit: 'plugin.hook-failed', detail: { hook, error: lastError.slice(0, 500) } });
    // The daily purge asks again.
    else if (hook === 'onPurge') await moves.note(ctx, install, { attempts, lastError });
    else await moves.move(ctx, install.plugin, 'fail', { after: install.move, error: lastError, detail: { hook, attempts } });
  }

  async function run(ctx: ShopContext, { plugin, move }: { readonly plugin: string; readonly move: string }): Promise<void> {
    const install = await moves.read(ctx, plugin);
    const hook = install?.pending[0];
    if (!install || install.move !== move || !hook) return;
    const manifest = catalog()?.manifest(plugin);
    try {
      if (!manifest) throw new GxError('GX_PLUGIN_ABSENT', 503, `The plugin "${plugin}" does not run on this server.`, { plugin });
      await catalog()!.hook(plugin, hook, ctx, install.version);
    } catch (error) { await failed(ctx, install, hook, error); return; }
    const pending = install.pending.slice(1);
    const change: Partial<Install> = { pending, attempts: 0, lastError: null, ...(hook === 'onUpgrade' ? { version: manifest.version } : {}) };
    if (pending.length) await moves.note(ctx, install, change, { again: true });
    else if (install.state === 'installing') await moves.move(ctx, plugin, 'finish', { after: install.move, change: () => change });
    else await moves.note(ctx, install, change);
  }

  return { name: 'core.plugin-hooks', timeoutMs: DELIVERY_MS, enabled: () => true, handles: { [HOOKS_EVENT]: (ctx, payload) => run(ctx, payload) } };
}
