import type { PluginElement } from 'guanxi/widgets';

/** A round as `GET rounds` shows it. */
export interface Round {
  readonly id: string; readonly state: 'open' | 'closed' | 'revealed'; readonly endsAt: number | null; readonly currency: string;
  readonly product: { readonly sku: string; readonly title: string; readonly imageUrl: string | null; readonly url: string | null };
  readonly mode: 'exact' | 'within' | 'nearest' | 'nearest-below'; readonly tolerance: number; readonly hints: boolean; readonly commitment: string | null;
  readonly prize: { readonly en: string; readonly 'zh-CN': string };
  /** `null` for whoever is not signed in. */
  readonly mine: { readonly left: number; readonly guesses: readonly { readonly no: number; readonly amount: number; readonly hint: 'higher' | 'not-higher' | null }[] } | null;
  readonly result: {
    readonly price: number; readonly realPrice: number | null; readonly nonce: string; readonly winners: number;
    readonly won: { readonly state: 'waiting' | 'held' | 'given' | 'fallback' | 'over' | 'refused'; readonly notice: string | null; readonly code: string | null; readonly expiresAt: number | null } | null;
  } | null;
}

/** The widget, as the file sees it that it fetches after the close. */
export interface RoundHost extends PluginElement { money(minor: number): string }
