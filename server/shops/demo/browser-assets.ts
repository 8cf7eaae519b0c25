import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { productPicture, shopMark, stillLife } from './art/product-picture.js';
import { CATALOGUE, imageUrl } from './catalogue/catalogue.js';
import { stylesheet } from './styles/stylesheet.js';

const PAGES = ['shop', 'product', 'cart', 'checkout', 'account', 'order'] as const;
const SHARED = ['api', 'best', 'cart-store', 'device', 'dom', 'earns', 'held', 'page-texts', 'points', 'statement', 'sums', 'wishes'] as const;

export interface AssetUrls { readonly style: string; readonly language: string; readonly modules: Readonly<Record<(typeof PAGES)[number], string>> }
/** Takes a file under an address that never changes its content. */
export interface FileShelf { add(url: string, body: string): string }

const compiled = (name: string): string => readFileSync(new URL(`./browser/${name}.js`, import.meta.url), 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');

/**
 * Puts the storefront's scripts, its style sheet and its pictures on the shelf. The scripts import each other, so they share one folder
 * that is named by the content of all.
 */
export function shelveAssets(shelf: FileShelf): AssetUrls {
  // A classic script, so that it runs before the page is drawn; the compiler marks every file as a module.
  const language = compiled('language').replace(/^export \{\};\s*$/m, '');
  const sources = new Map<string, string>([...PAGES, ...SHARED].map((name) => [name, compiled(name)]));
  const hash = createHash('sha256');
  for (const text of [stylesheet, language, ...sources.values()]) hash.update(text).update('\0');
  const folder = `/demo/assets/${hash.digest('hex').slice(0, 16)}`;
  for (const [name, text] of sources) shelf.add(`${folder}/${name}.js`, text);
  for (const product of CATALOGUE) shelf.add(imageUrl(product.sku), productPicture(product.picture, product.title.en));
  shelf.add('/demo/images/still-life.svg', stillLife());
  shelf.add('/demo/images/icon.svg', shopMark());
  return {
    style: shelf.add(`${folder}/shop.css`, stylesheet), language: shelf.add(`${folder}/language.js`, language),
    modules: { shop: `${folder}/shop.js`, product: `${folder}/product.js`, cart: `${folder}/cart.js`, checkout: `${folder}/checkout.js`, account: `${folder}/account.js`, order: `${folder}/order.js` },
  };
}
