import { buildPlugin } from './build-plugin.js';
import { measurePlugin } from './budgets.js';

/**
 * `node build-package.js <source> <compiled> <id>`: builds the widgets of a plugin outside this repository, in a process of its own because
 * Vite is only needed where plugins are written. Prints `{ notes, measures }` as JSON.
 */
const [source, compiled, id] = process.argv.slice(2);
try {
  if (!source || !compiled || !id) throw new Error('build-package takes the source, the compiled folder and the id of a plugin.');
  const notes = await buildPlugin(source, compiled, id);
  process.stdout.write(JSON.stringify({ notes, measures: measurePlugin(compiled, id) }));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
