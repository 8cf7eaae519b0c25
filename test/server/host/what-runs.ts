import { fixturePlugin, type TestServer } from '../../kit/index.js';
import type { PluginSource } from '../../../server/host/plugin-source.js';

export interface Handler { readonly surface: string; readonly name: string; readonly calls: number; readonly failures: number; readonly timeouts: number; readonly refused: number; readonly detached: number; readonly stalls: number; readonly slowestMs: number; readonly lastError: { code: string; text: string } | null }
export interface Runs {
  readonly id: string; readonly state: string; readonly error: string | null; readonly install: string | null; readonly health: { ok: boolean; message: string | null } | null;
  readonly suspensions: readonly { surface: string; state: string; retryInMs: number; reason: string }[];
  readonly handlers: readonly Handler[];
  readonly stalls: readonly { ms: number; surface: string; name: string }[];
}

/** An unruly plugin, and one that always behaves. */
export const unrulyAndTame = async (): Promise<readonly PluginSource[]> => [await fixturePlugin('unruly'), await fixturePlugin('bench-constant')];

/** What the page "What runs here" is told of a plugin. */
export async function runsOf(server: TestServer, id: string): Promise<Runs> {
  const { plugins } = await (await server.admin()).must<{ plugins: Runs[] }>('GET', '/api/admin/system/plugins');
  return plugins.find((each) => each.id === id)!;
}
export const handlerOf = async (server: TestServer, surface: string, name: string): Promise<Handler | undefined> =>
  (await runsOf(server, 'unruly')).handlers.find((each) => each.surface === surface && each.name === name);

/** Waits for a condition; throws with what it waited for when it does not come true in ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** The core and the other plugin answer as ever. */
export async function othersAnswer(server: TestServer): Promise<number[]> {
  const shopper = await server.shopper();
  return Promise.all([shopper.get('/api/storefront/plugins/bench-constant/answer'), shopper.get('/api/storefront/me'), server.visitor().get('/healthz')].map(async (each) => (await each).status));
}
