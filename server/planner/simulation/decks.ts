import type { PlannedDeck, PlannedTicket } from './plan.js';

const total = (tickets: readonly PlannedTicket[]): number => tickets.reduce((sum, each) => sum + each.tickets, 0);

/** The decks of a run. Tickets are drawn without putting them back, so that what lies in a deck is all that it gives. */
export class Decks {
  readonly #decks = new Map<string, { readonly kinds: readonly PlannedTicket[]; readonly left: number[]; all: number; readonly consolation: number; consolations: number }>();

  constructor(decks: readonly PlannedDeck[] = []) {
    for (const { ref, tickets, newcomers } of decks) this.#decks.set(ref, { kinds: tickets, left: tickets.map((each) => each.tickets), all: total(tickets), consolation: newcomers?.points ?? 0, consolations: newcomers?.tickets ?? 0 });
  }

  /** The next ticket; undefined when the deck is empty. */
  draw(ref: string, random: () => number): PlannedTicket | undefined {
    const deck = this.#decks.get(ref);
    if (!deck || deck.all === 0) return undefined;
    let place = Math.floor(random() * deck.all), at = 0;
    while (place >= deck.left[at]!) { place -= deck.left[at]!; at += 1; }
    deck.left[at]! -= 1;
    deck.all -= 1;
    return deck.kinds[at];
  }

  /** Points for somebody new who has won nothing. */
  console(ref: string): number {
    const deck = this.#decks.get(ref);
    if (!deck || deck.consolations === 0) return 0;
    deck.consolations -= 1;
    return deck.consolation;
  }
}

/** All that lies in a deck: points, and what its other prizes cost at most. */
export const contents = ({ tickets, newcomers }: PlannedDeck): { readonly points: number; readonly most: number } => ({
  points: tickets.reduce((sum, each) => sum + each.points * each.tickets, 0) + (newcomers ? newcomers.points * newcomers.tickets : 0), most: tickets.reduce((sum, each) => sum + each.most * each.tickets, 0),
});
