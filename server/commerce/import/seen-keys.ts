/** Counts keys by a 53-bit hash, so that a file of a million orders costs some tens of megabytes and not their texts. */
export class SeenKeys {
  readonly #counts = new Map<number, number>();

  /** How often the key has been added. */
  count(key: string): number { return this.#counts.get(hash(key)) ?? 0; }
  /** Adds the key; answers how often it has been added by now. */
  add(key: string): number {
    const slot = hash(key);
    const count = (this.#counts.get(slot) ?? 0) + 1;
    this.#counts.set(slot, count);
    return count;
  }
}

/** cyrb53: two 32-bit mixes of the text, joined to 53 bits. */
function hash(text: string): number {
  let a = 0xdeadbeef, b = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    a = Math.imul(a ^ char, 2_654_435_761);
    b = Math.imul(b ^ char, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}
