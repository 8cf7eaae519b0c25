import { packageSource } from '../../server/package-source.js';
import { checkPlugin } from './check-plugin.js';

/** `node check-package.js <folder>`: holds a built package to the contract, in a process that ends with whatever the plugin left running. Prints the findings as JSON. */
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('check-package takes the folder of a plugin.');
const findings = await checkPlugin(packageSource(folder));
process.stdout.write(JSON.stringify(findings), () => { process.exit(0); });
