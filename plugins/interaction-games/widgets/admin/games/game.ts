import type { PluginElement } from 'guanxi/widgets';
import type { CheckInRules } from '../../../activities/check-in-rules.js';
import type { GuessRules } from '../../../activities/guess-rules.js';
import type { WheelRules } from '../../../activities/wheel-rules.js';

export type Rules = WheelRules | CheckInRules | GuessRules;
export type State = 'draft' | 'checked' | 'scheduled' | 'live' | 'paused' | 'ended' | 'settled' | 'archived';
export interface Game<R = Rules> {
  readonly id: string; readonly type: string; readonly title: string; readonly state: State;
  readonly startsAt: number | null; readonly endsAt: number | null; readonly version: number; readonly config: R; readonly createdAt: number;
}
export interface Totals { readonly plays: number; readonly players: number; readonly winners: number; readonly won: number; readonly spent: number; readonly given: number }
export interface GameRow extends Game { readonly totals: Totals }
export interface Report {
  readonly game: Game; readonly totals: Totals; readonly byDay: readonly { readonly date: string; readonly plays: number; readonly won: number }[];
  readonly prizes: readonly { readonly prize: number; readonly total: number; readonly remaining: number }[];
  readonly deck: { readonly size: number; readonly drawn: number; readonly reserve: number } | null;
}
export interface Play { readonly id: string; readonly at: number; readonly personId: string; readonly person: string | null; readonly outcome: 'won' | 'blank' | 'fallback'; readonly prize: number | null; readonly cost: number; readonly pointsWon: number; readonly note: string | null; readonly checked: 'held' | 'given' | 'instead' | 'over' | 'refused' | null }
export interface RewardKind { readonly kind: string; readonly title: string; readonly options: readonly { readonly ref: string; readonly title: string }[] }

export interface Round {
  readonly state: State; /** Minor units. */ readonly price: number | null; readonly realPrice: number | null; readonly decidedAt: number | null; readonly nonce: string | null;
  readonly byDay: Report['byDay'];
  readonly totals: { readonly guesses: number; readonly players: number; readonly lowest: number | null; readonly highest: number | null; readonly mean: number | null; readonly winners: number; readonly given: number; readonly underRealPrice: number };
}

export const isWheel = (game: Game): game is Game<WheelRules> => game.type.endsWith('.wheel');
export const isRound = (game: Game): game is Game<GuessRules> => game.type.endsWith('.guess-price');
/** The key of what kind of game it is, in words. */
export const kindKey = (game: Game): string => (isWheel(game) ? 'admin.wheel' : isRound(game) ? 'admin.guess' : 'admin.checkIn');

/** The panel, as its views see it. */
export interface Panel extends PluginElement {
  /** Address of a view below the panel, for links. */
  address(path?: string): string;
  go(path?: string): void;
}
/** One view of the panel; a reactive part of it, so that it can load and ask for updates. */
export interface View {
  /** Resolves when what the view shows first is there. */
  readonly settled: Promise<unknown>;
  render(): unknown;
  /** Whether leaving it would lose something. */
  readonly dirty?: boolean;
  /** The language changed: what the server writes in it is fetched anew. */
  renew?(): void;
}
