import { randomInt } from 'node:crypto';
import type { WheelRules } from '../activities/wheel-rules.js';

/** Tickets per stored block: small enough that drawing reads little, large enough that a deck is few rows. */
export const BLOCK = 256;
/** A ticket that wins nothing. */
export const BLANK = '-';

/** Prize n of the rules as a letter. */
export const letterOf = (prize: number): string => String.fromCharCode(97 + prize);
export const prizeOf = (letter: string): number | undefined => (letter === BLANK ? undefined : letter.charCodeAt(0) - 97);

/**
 * All tickets in random order: Fisher–Yates (Durstenfeld, CACM Algorithm 235) with a cryptographic source, so that no position is
 * likelier than another and nobody can predict one.
 */
export function shuffledDeck(rules: Pick<WheelRules, 'prizes' | 'blanks'>, random: (below: number) => number = randomInt): string {
  return shuffled([...BLANK.repeat(rules.blanks), ...rules.prizes.flatMap((prize, index) => [...letterOf(index).repeat(prize.quantity)])], random).join('');
}

/** The same tickets in random order; the list itself is changed. */
export function shuffled(tickets: string[], random: (below: number) => number = randomInt): string[] {
  for (let last = tickets.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [tickets[last], tickets[other]] = [tickets[other]!, tickets[last]!];
  }
  return tickets;
}

/** The deck cut into blocks, in order. */
export const blocksOf = (deck: string): string[] => Array.from({ length: Math.ceil(deck.length / BLOCK) }, (_, block) => deck.slice(block * BLOCK, (block + 1) * BLOCK));
