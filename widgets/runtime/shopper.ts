import type { WidgetViewer } from './context.js';

/** localStorage entry of the shopper's bearer, shared with the shop's own sign-in. */
export const SHOPPER_KEY = 'gx-shopper';

/** Who stands before a storefront page. A visitor becomes a guest with the first call that changes something. */
export interface Shopper {
  /** `…/api/storefront`, where guests are made. */
  readonly base: string;
  /** `SHOPPER_KEY`. */
  readonly key: string;
  viewer: WidgetViewer;
  /** Only where storage is forbidden. */
  bearer?: string;
}

export function bearerOf(shopper: Shopper): string | undefined {
  try {
    return localStorage.getItem(shopper.key) ?? undefined;
  } catch {
    return shopper.bearer;
  }
}
