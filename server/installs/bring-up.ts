import type { ContextFor } from '../events/context-for.js';
import { GxError, type Shop } from '../plugin-api/index.js';
import type { InstallsService } from './installs.service.js';

/** Another node has just done the same. */
const overtaken = (error: unknown): boolean => error instanceof GxError && (error.code === 'GX_INSTALL_CHANGED' || error.code === 'GX_INSTALL_STATE');

/** After the plugins have started: brings every shop to their versions, each on its own. */
export async function bringUpAll(installs: InstallsService, shops: { byId(id: number): Shop | undefined }, contextFor: ContextFor, report: (error: unknown, what: string) => void): Promise<void> {
  for (const install of installs.all()) {
    if (!shops.byId(install.shopId)) continue;
    try { await installs.bringUp(await contextFor(install.shopId, { kind: 'job', name: 'core.plugin-upgrade' }), install); }
    catch (error) { if (!overtaken(error)) report(error, `the plugin "${install.plugin}" could not be brought up in shop ${install.shopId}`); }
  }
}
