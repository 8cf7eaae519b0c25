import { conflict, notFound, type ImportField, type ImportTarget, type Localised } from '../../plugin-api/index.js';
import { CUSTOMER_FIELDS } from './customer-import.js';
import { ORDER_FIELDS } from './order-fields.js';
import { PRODUCT_FIELDS } from './product-import.js';

export const CORE_KINDS = ['orders', 'customers', 'products'] as const;
export type CoreKind = (typeof CORE_KINDS)[number];

/** A kind of file that can be imported, for lists and forms. */
export interface ImportKind { readonly kind: string; readonly title: Localised; readonly fields: readonly ImportField[]; /** The plugin that takes it; null for the core's own. */ readonly owner: string | null }

const CORE: Readonly<Record<CoreKind, { readonly title: Localised; readonly fields: readonly ImportField[] }>> = {
  orders: { title: { en: 'Orders', 'zh-CN': '订单' }, fields: ORDER_FIELDS },
  customers: { title: { en: 'Customers', 'zh-CN': '顾客' }, fields: CUSTOMER_FIELDS },
  products: { title: { en: 'Products', 'zh-CN': '商品' }, fields: PRODUCT_FIELDS },
};

/** What can be imported: the core's kinds and those that active plugins contribute. */
export class ImportTargets {
  readonly #targets = new Map<string, { readonly owner: string; readonly target: ImportTarget }>();

  /** @throws GX_IMPORT_KIND_TAKEN (409) */
  register(kind: string, owner: string, target: ImportTarget): void {
    const taken = kind in CORE ? 'core' : this.#targets.get(kind)?.owner;
    if (taken) throw conflict('GX_IMPORT_KIND_TAKEN', `Plugin "${owner}": files of the kind "${kind}" are taken by "${taken}" already. Give the import target another name.`);
    this.#targets.set(kind, { owner, target });
  }
  /** When a plugin stops. */
  unregister(owner: string): void { for (const [kind, entry] of this.#targets) if (entry.owner === owner) this.#targets.delete(kind); }

  /** `enabled` hides the kinds of plugins that the shop has switched off. */
  kinds(enabled: (owner: string) => boolean = () => true): readonly ImportKind[] {
    return [
      ...CORE_KINDS.map((kind) => ({ kind, ...CORE[kind], owner: null })),
      ...[...this.#targets].filter(([, { owner }]) => enabled(owner)).map(([kind, { owner, target }]) => ({ kind, title: target.title, fields: target.fields, owner })),
    ];
  }
  /** @throws GX_NOT_FOUND */
  kind(kind: string): ImportKind {
    const found = this.kinds().find((entry) => entry.kind === kind);
    if (!found) throw notFound('kind of import', kind);
    return found;
  }
  target(kind: string): ImportTarget | undefined { return this.#targets.get(kind)?.target; }
}
