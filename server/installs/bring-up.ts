import type { ContextFor } from '../events/context-for.js';
import { GxError, type Shop } from '../plugin-api/index.js';
import type { InstallsService } from './installs.service.js';

/** Another node has just done the same. */
const overtaken = (error: unknown): boolean => error instanceof GxError && (error.code === 'GX_INSTALL_CHANGED' || error.code === 'GX_INSTALL_STATE');

type Report = (error: unknown, what: string) => void;
interface Shops { byId(id: number): Shop | undefined }

/** After the plugins have started: brings every shop to their versions, each on its own. */
export async function bringUpAll(installs: InstallsService, shops: Shops, contextFor: ContextFor, report: Report): Promise<void> {
  const agreed = await installs.lastAgreed();
  for (const install of installs.all()) {
    if (!shops.byId(install.shopId)) continue;
    try { await installs.bringUp(await contextFor(install.shopId, { kind: 'job', name: 'core.plugin-upgrade' }), install, agreed.get(`${install.shopId}/${install.plugin}`)); }
    catch (error) { if (!overtaken(error)) report(error, `the plugin "${install.plugin}" could not be brought up in shop ${install.shopId}`); }
  }
}

/** While the host knows its previous secret: seals what that one sealed with the current one, so that it can be forgotten. */
export async function renewSecrets(installs: InstallsService, shops: Shops, contextFor: ContextFor, report: Report): Promise<void> {
  for (const install of installs.all()) {
    if (!shops.byId(install.shopId)) continue;
    try { await installs.renewSecrets(await contextFor(install.shopId, { kind: 'job', name: 'core.renew-secrets' }), install); }
    catch (error) { if (!overtaken(error)) report(error, `the secrets of "${install.plugin}" in shop ${install.shopId} are still sealed with the previous secret`); }
  }
}
