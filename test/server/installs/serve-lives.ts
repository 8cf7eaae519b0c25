import { loadConfig } from '../../../server/config.js';
import { startServer } from '../../../server/main.js';
import type { LivesOptions } from '../../fixtures/plugins/lives/lives.js';
import { livesPlugin } from './lives-fixture.js';

// A server with the plugin of these tests as its own process; how the plugin behaves stands in LIVES as JSON.
const { LIVES = '{}', ...env } = process.env;
const { url } = await startServer(loadConfig(env, 'demo'), { plugins: [livesPlugin(undefined, JSON.parse(LIVES) as LivesOptions)], progress: () => {} });
console.log(`Storefront ${url}/demo`);
