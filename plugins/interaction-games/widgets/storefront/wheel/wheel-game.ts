import type { PluginElement } from 'guanxi/widgets';

/** A wheel as `GET activities` shows it. */
export interface WheelGame {
  readonly id: string; readonly title: string; readonly endsAt: number | null;
  readonly prizes: readonly { readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly kind: string; readonly amount: number; readonly quantity: number; readonly remaining: number }[];
  readonly tickets: number; readonly ticketsLeft: number; readonly blanks: number; readonly costPerTry: number; readonly freePerDay: number; readonly paidPerDay: number; readonly fallbackPoints: number;
  readonly guarantee: { readonly byTry: number; readonly prize: number; readonly quantity: number } | null;
  readonly triesLeft: { readonly free: number; readonly paid: number };
  /** A budget has reached its limit. */
  readonly limited: boolean;
  /** `null` for a visitor, who has no account yet. */
  readonly points: number | null;
}

/** The merchant's settings that show. */
export interface WheelLook { readonly headlineEn: string; readonly headlineZh: string; readonly ownColor: boolean; readonly color: string }

/** What one turn brought. */
export interface Turn {
  readonly at: number; readonly outcome: 'won' | 'blank' | 'fallback'; readonly prize: number | null; readonly cost: number; readonly pointsWon: number;
  readonly triesLeft: WheelGame['triesLeft']; readonly given: { readonly code?: string; /** What is to be said of it, e.g. that it is checked first. */ readonly notice?: string };
}

/** One of the shopper's own turns, with what became of a prize that was checked first. */
export interface OwnTurn { readonly playId: string; readonly at: number; readonly outcome: Turn['outcome']; readonly prize: number | null; readonly pointsWon: number; readonly checked: 'held' | 'given' | 'instead' | 'over' | 'refused' | null }

/** The widget, as the files see it that it fetches late. */
export interface WheelHost extends PluginElement {
  game: WheelGame | null | undefined;
  /** What the live region says. */
  say: unknown;
  /** The turn that is shown now; `finish()` shows its result at once. */
  motion: Animation | undefined;
  /** The shop wants the shopper to sign in before they go on. */
  gate: boolean;
  played: boolean;
  /** Degrees by which the disc stands turned. */
  angle: number;
  load(): Promise<void>;
}
