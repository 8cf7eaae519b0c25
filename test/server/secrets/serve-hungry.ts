import { loadConfig } from '../../../server/config.js';
import { startServer } from '../../../server/main.js';
import { fixturePlugin } from '../../kit/fixture-plugin.js';

// A process of its own, so that everything it says can be read.
const { url, close } = await startServer(loadConfig(process.env, 'demo'), { progress: () => {}, plugins: [await fixturePlugin('hungry')] });
process.stdout.write(`Storefront ${url}/demo\n`);
process.once('SIGTERM', () => { void close().then(() => { process.exit(0); }); });
