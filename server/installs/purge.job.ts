import type { JobDefinition } from '../jobs/jobs.js';
import type { ShopContext } from '../plugin-api/index.js';
import type { InstallsService } from './installs.service.js';

/** Every night: plugins whose time after the uninstall is over lose their rows. What a crash or a failing hook left over is taken up again. */
export const purgeJob = (installs: InstallsService, purge: (ctx: ShopContext, pluginId: string) => Promise<void>): JobDefinition => ({
  owner: 'core', name: 'plugin-purge', schedule: '40 3 * * *', timeoutMs: 600_000, enabled: () => true,
  run: async (ctx, signal) => {
    for (const install of installs.inShop(ctx.shop.id)) {
      signal.throwIfAborted();
      await installs.purge(ctx, install, purge);
    }
  },
});
