import type { ContextFor } from '../events/context-for.js';
import { GxError, type Shop } from '../plugin-api/index.js';
import type { InstallsService } from './installs.service.js';

/** A plugin that goes on failing through one door of a shop; `probes` failed one after the other. */
export interface Stuck { readonly plugin: string; readonly shop: number; readonly surface: string; readonly probes: number; readonly reason: string }

/** Another node was faster, or the merchant was. */
const overtaken = (error: unknown): boolean => error instanceof GxError && (error.code === 'GX_INSTALL_CHANGED' || error.code === 'GX_INSTALL_STATE');

export interface SuspensionParts {
  readonly installs: InstallsService; readonly shops: { byId(id: number): Shop | undefined }; readonly contextFor: ContextFor;
  /** Probes that may fail in a row. */
  readonly after: number;
  readonly report: (error: unknown, what: string) => void;
}

/** Suspends a plugin in a shop when its breaker's probes keep failing: it stays so in all nodes and over restarts, until the merchant tries again. */
export function suspendStuck({ installs, shops, contextFor, after, report }: SuspensionParts, { plugin, shop, surface, probes, reason }: Stuck): void {
  if (probes < after || !shops.byId(shop)) return;
  contextFor(shop, { kind: 'job', name: 'core.plugin-breaker' })
    .then((ctx) => installs.suspend(ctx, plugin, 'breaker', `${surface}: ${reason}`))
    .catch((error: unknown) => { if (!overtaken(error)) report(error, `the plugin "${plugin}" could not be suspended in shop ${shop}`); });
}

/** Lets a plugin begin anew where somebody has just switched it on again. */
export const pardonResumed = (installs: InstallsService, pardon: (plugin: string, shopId: number) => void): (() => void) =>
  installs.onChange((before, after) => { if (before && after?.state === 'enabled' && before.state !== 'enabled') pardon(after.plugin, after.shopId); });
