import { DAY, type ShopContext } from '../plugin-api/index.js';
import type { InstallMovesService } from './install-moves.service.js';
import type { Install } from './install.js';

/** Days that a failing `onPurge` may hold up the deletion: what was promised to be deleted is deleted. */
export const PURGE_GRACE_DAYS = 7;
/** Milliseconds to wait for `onPurge`; longer than the host gives it. */
const PATIENCE_MS = 40_000;

/** The way from `uninstalled` to `purged`. Each step may be repeated after a crash at any point. */
export class PurgeSteps {
  constructor(private readonly moves: InstallMovesService, private readonly settled: (ctx: ShopContext, pluginId: string, ms: number) => Promise<Install>) {}

  /** What is due becomes `purging`, its `onPurge` runs, then `purge` deletes its rows. Does nothing for all others. */
  async step(ctx: ShopContext, install: Install, purge: (ctx: ShopContext, pluginId: string) => Promise<void>): Promise<void> {
    const { plugin } = install;
    if (install.state === 'uninstalled') {
      if (install.purgeAfter === null || install.purgeAfter > ctx.now) return;
      await this.moves.move(ctx, plugin, 'purge', { change: () => ({ purgeAfter: install.purgeAfter }) });
    } else if (install.state !== 'purging') return;
    else if (install.pending.length) await this.moves.note(ctx, install, { attempts: 0 }, { again: true });
    const now = await this.settled(ctx, plugin, PATIENCE_MS);
    if (now.pending.length && ctx.now < (now.purgeAfter ?? 0) + PURGE_GRACE_DAYS * DAY) return;
    await purge(ctx, plugin);
    await this.moves.move(ctx, plugin, 'forget', { change: () => ({ settings: {}, granted: [] }), ...(now.lastError ? { detail: { hook: now.lastError.slice(0, 500) } } : {}) });
  }
}
