import { createHash } from 'node:crypto';

function sorted(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(sorted);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]));
}

/** One text for one meaning: keys in order, no spaces. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));
/** Lower-case hexadecimal, of the UTF-8 bytes. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
