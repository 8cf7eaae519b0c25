import type { JobDefinition } from '../../jobs/jobs.js';
import type { TokenExchangeService } from './token-exchange.service.js';

/** Weekly: a refresh token dies after 90 days without use, and with it everything that runs in the background for the shop. */
export const tokenRenewalJob = (tokens: TokenExchangeService, enabled: (shopId: number) => boolean): JobDefinition => ({
  owner: 'core', name: 'shopify.renew-tokens', schedule: '17 4 * * 1', enabled, run: (ctx) => tokens.renew(ctx),
});
