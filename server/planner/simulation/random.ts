/** A small seeded generator (mulberry32) of numbers in [0, 1). Same seed, same numbers on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
/** A seed of its own for each member and purpose, so that the same people come and buy whatever the plan is. */
export const seedOf = (seed: number, member: number, purpose: number): number => Math.imul(seed ^ Math.imul(member + 1, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(purpose, 0xc2b2ae35);
