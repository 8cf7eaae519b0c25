import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist', '.guanxi', '.git']);

/** Every file that the build reads, relative to the package. */
export function sourcesOf(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (SKIPPED.has(entry.name) || entry.name.endsWith('.tgz')) return [];
    return entry.isDirectory() ? sourcesOf(folder, path) : entry.isFile() && !(entry.name.startsWith('.') && !below) ? [path] : [];
  });
}

/** Two equal prints mean that nothing changed. */
export const printOf = (folder: string): string => sourcesOf(folder).map((path) => {
  const stat = existsSync(join(folder, path)) ? statSync(join(folder, path)) : undefined;
  return `${path} ${stat?.size ?? '-'} ${stat?.mtimeMs ?? '-'}`;
}).join('\n');
