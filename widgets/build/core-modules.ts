import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The source files that a file reaches by static imports of values; types and dynamic imports do not count. */
export function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path] of text.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)\.js';/gms)) reachedFrom(`${resolve(dirname(file), path ?? '')}.ts`, seen);
  return seen;
}
