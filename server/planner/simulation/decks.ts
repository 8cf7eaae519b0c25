import type { PlannedDeck } from './plan.js';

/** How many tickets are left in each deck of a run. */
export class Decks {
  readonly #left: Map<string, number>;
  constructor(decks: readonly PlannedDeck[] = []) { this.#left = new Map(decks.map(({ ref, tickets }) => [ref, tickets])); }

  /** Takes a ticket; false when the deck is empty. Without a deck there is always another. */
  take(deck: string | undefined): boolean {
    if (deck === undefined) return true;
    const left = this.#left.get(deck) ?? 0;
    if (left <= 0) return false;
    this.#left.set(deck, left - 1);
    return true;
  }
}
