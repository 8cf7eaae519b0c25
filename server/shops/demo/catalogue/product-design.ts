import type { Localised } from '../../../plugin-api/index.js';
import type { Motif } from '../art/motif.js';
import type { PaletteName } from '../art/palettes.js';

export type CategoryKey = 'tea' | 'pantry' | 'home' | 'clothing' | 'beauty' | 'stationery';

/** One product of the demo shop: what the platform sells, what the picture shows and how people buy it. */
export interface ProductDesign {
  readonly sku: string;
  readonly category: CategoryKey;
  readonly title: Localised;
  readonly text: Localised;
  /** Size, weight or contents. */
  readonly detail: Localised;
  /** Fen. */
  readonly price: number;
  /** How often it is bought, relative to the others. */
  readonly weight: number;
  /** `summer` and `winter` products sell up to three times as often in their months. */
  readonly season?: 'summer' | 'winter';
  /** Lowers or raises the stars that buyers give, −1 … 0.4. */
  readonly liking?: number;
  readonly picture: { readonly motif: Motif; readonly palette: PaletteName };
}

export const CATEGORIES: readonly { readonly key: CategoryKey; readonly title: Localised }[] = [
  { key: 'tea', title: { en: 'Tea', 'zh-CN': '茶叶' } },
  { key: 'pantry', title: { en: 'Pantry', 'zh-CN': '食品' } },
  { key: 'home', title: { en: 'Home', 'zh-CN': '家居' } },
  { key: 'clothing', title: { en: 'Clothing', 'zh-CN': '服饰' } },
  { key: 'beauty', title: { en: 'Beauty', 'zh-CN': '美妆个护' } },
  { key: 'stationery', title: { en: 'Stationery', 'zh-CN': '文具' } },
];
