import type { PluginSource } from '../../../server/host/plugin-source.js';
import { writtenPackage } from './written-package.js';

/**
 * A plugin that never lets go of anything: of objects made at once (`/things`) or after an await (`/later`), of 4 MB or so a call, or of buffers
 * outside the heap (`/buffers`). Switching it off empties it.
 */
export const hoardingPackage = (id = 'hoards'): Promise<PluginSource> => writtenPackage(id, {
  before: `import { z } from 'guanxi/plugin';
    const kept = [];
    const things = () => Array.from({ length: 32_000 }, (_, at) => ({ at, words: [at, at + 1, at + 2, \`thing \${at}\`] }));
    const answer = { summary: 'keeps some', audience: 'visitor', reply: z.object({ kept: z.number() }) };
    const keep = (thing) => ({ kept: kept.push(thing) });`,
  code: `routes: (router) => {
      router.storefront.route('get', '/things', answer, async () => keep(things()));
      router.storefront.route('get', '/later', answer, async () => { await new Promise((resolve) => { setImmediate(resolve); }); return keep(things()); });
      router.storefront.route('get', '/buffers', answer, async () => keep(Buffer.alloc(4 * 1024 * 1024, 1)));
      router.storefront.route('get', '/nothing', answer, async () => ({ kept: kept.length }));
    },
    onDisable: async () => { kept.length = 0; },`,
});
