import { readdirSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Run by itself: tells every statement that the product's modules make when they are loaded. */
const NOTE = `export async function load(url, context, next) {
  const loaded = await next(url, context);
  return url.endsWith('/server/plugin-api/sql.js') ? { ...loaded, source: String(loaded.source).replace('this.text = text;', 'this.text = text; (globalThis.made ??= new Set()).add(text);') } : loaded;
}`;
register(`data:text/javascript,${encodeURIComponent(NOTE)}`);

const root = fileURLToPath(new URL('../../../', import.meta.url));
for (const folder of ['server', 'plugins']) {
  for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    const file = join(root, folder, path);
    if (path.endsWith('.js') && !path.includes('/widgets/') && /\b(statement|jsonStatement)(<[^;]*>)?\(/.test(readFileSync(file, 'utf8'))) await import(file);
  }
}
process.stdout.write(JSON.stringify([...(globalThis as unknown as { readonly made: ReadonlySet<string> }).made]));
