import { loadConfig } from '../../../server/config.js';
import { startServer } from '../../../server/main.js';
import { creditPlugins } from './credit-plugins.js';

// A server with store credit as its own process, so that a test can kill it.
const { url } = await startServer(loadConfig(process.env, 'demo'), { plugins: await creditPlugins(), progress: () => {} });
console.log(`Storefront ${url}/demo`);
