import { Load, type ProductChoice, type ProductSource } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Kind } from '../../reward-card.js';

interface Product extends ProductChoice { readonly price: number }
interface Around { readonly credit: boolean; readonly wheels: readonly { readonly ref: string; readonly title: string }[] }

/** What the shop can give besides coupons: its products, its wheels, and whether something books credit. */
export class ShopGoods implements ProductSource {
  #around: Load<Around>;
  #products = new Map<string, Product>();

  constructor(private readonly panel: PluginElement) { this.#around = new Load(panel, () => panel.context.api.get<Around>('kinds')); }

  get settled(): Promise<unknown> { return this.#around.settled; }
  get wheels(): Around['wheels'] { return this.#around.value?.wheels ?? []; }

  /** Why a kind cannot be given in this shop; undefined when it can. */
  missing(kind: Kind): string | undefined {
    const { value } = this.#around;
    const lacking = value && ((kind === 'credit' && !value.credit) || (kind === 'draw' && !value.wheels.length));
    return lacking ? this.panel.t(`admin.form.missing.${kind}`) : undefined;
  }

  product(sku: string | null): Product | null { return sku === null ? null : this.#products.get(sku) ?? null; }

  /** Fetches a product that is shown, once. */
  look(sku: string | null): void {
    if (sku !== null && !this.#products.has(sku)) void this.bySku(sku).catch(() => undefined).then(() => { this.panel.requestUpdate(); });
  }

  async search(text: string): Promise<readonly Product[]> { return this.#keep(await this.#get({ search: text })); }
  async bySku(sku: string): Promise<Product | undefined> { return this.#keep(await this.#get({ sku }))[0]; }

  async #get(query: Readonly<Record<string, string>>): Promise<readonly Product[]> { return (await this.panel.context.api.get<{ items: Product[] }>('products', query)).items; }
  #keep(found: readonly Product[]): readonly Product[] {
    for (const product of found) this.#products.set(product.sku, product);
    return found;
  }
}
