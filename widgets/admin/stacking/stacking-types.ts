export const CLASSES = ['member', 'product', 'order', 'shipping', 'points'] as const;
export type StackClass = (typeof CLASSES)[number];
export interface Rules { readonly version: number; readonly pairs: readonly string[]; readonly priority: readonly StackClass[]; readonly basis: 'original' | 'running' }
export interface Floor { readonly sku: string; readonly title: string; readonly price: number; readonly kind: 'amount' | 'percent'; readonly value: number }
/** Of a category, or of all products where it is empty. */
export interface GroupFloor { readonly category: string; readonly products: number; readonly kind: 'amount' | 'percent'; readonly value: number }
export interface StackingAnswer { readonly rules: Rules; readonly allPairs: readonly string[]; readonly currency: string; readonly floors: readonly Floor[]; readonly groupFloors: readonly GroupFloor[]; readonly categories: readonly string[] }
export interface Example {
  readonly pay: number; readonly list: number; readonly shipping: number;
  readonly offers: readonly { readonly id: 'member' | 'product' | 'order-amount' | 'order-percent' | 'shipping' | 'points'; readonly kind: 'amount' | 'percent' | 'free-shipping'; readonly value: number; readonly used: boolean; readonly takes: number; readonly reason?: 'stacking' | 'floor' | 'no-effect' | 'better' | 'too-many'; readonly with: readonly Example['offers'][number]['id'][]; readonly difference: number }[];
}
