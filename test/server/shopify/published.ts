import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../kit/package-root.js';

/** Vectors and payloads that Shopify published. They are not ours to ship: tests that use them say so and pass over where they are absent. */
export const publishedFolder = join(packageRoot, '..', 'shared', 'data', 'shopify');
export const published = existsSync(join(publishedFolder, 'vectors.json'));

/** Topic → raw payload, with Shopify's placeholder for the shop filled in. */
export function payloads(shop: string): Map<string, string> {
  const folder = join(publishedFolder, 'webhooks');
  return new Map(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    .map((name) => [name.replace(/\.json$/, ''), readFileSync(join(folder, name), 'utf8').replaceAll('{shop}.myshopify.com', shop)]));
}
