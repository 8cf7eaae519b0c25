import type { JobDefinition } from '../jobs/jobs.js';
import type { ShopContext } from '../plugin-api/index.js';
import type { PrivacyRequestsService } from './privacy-requests.service.js';

/** Something that forgets what is older than its own limit. */
export interface Purging { purge(ctx: ShopContext): Promise<unknown> }

/** Jobs of the core that keep promises about data: open requests every hour, retention every night. `purging`: inbox, outbox, privacy requests, … */
export const privacyJobs = (requests: PrivacyRequestsService, purging: readonly Purging[]): readonly JobDefinition[] => [
  { owner: 'core', name: 'privacy-requests', schedule: '7 * * * *', timeoutMs: 300_000, enabled: () => true, run: async (ctx) => { await requests.fulfilAll(ctx); } },
  {
    owner: 'core', name: 'retention', schedule: '20 3 * * *', timeoutMs: 300_000, enabled: () => true,
    run: async (ctx, signal) => { for (const each of [...purging, requests]) { signal.throwIfAborted(); await each.purge(ctx); } },
  },
];
