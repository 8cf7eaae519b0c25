import { serveDemo } from '../../server/cli/serve.js';

await serveDemo(process.env);
