import { randomFillSync } from 'node:crypto';

/** Asking the system for 16 bytes costs ten times what making an id does: random bytes are fetched by the page. */
const pool = new Uint8Array(8_192);
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const PER_ID = 10;
let used = pool.length;
let msecs = 0;
let time = '';
let seq = 0;

/**
 * A new row id: UUIDv7, so that ids sort by the time they were made; those of one process in the order in which they were made. Written
 * here because an import makes several for each row: 48 bits of time, 31 that count on from a random start, 41 random ones.
 */
export function newId(): string {
  if (used + PER_ID > pool.length) { randomFillSync(pool); used = 0; }
  const at = used;
  used += PER_ID;
  const now = Date.now();
  if (now > msecs) {
    tick(now);
    seq = (pool[at]! << 23) | (pool[at + 1]! << 15) | (pool[at + 2]! << 7) | (pool[at + 3]! >> 1);
  } else if (++seq > 0x7fff_ffff) { tick(msecs + 1); seq = 0; }
  return `${time}-${HEX[0x70 | (seq >>> 28)]!}${HEX[(seq >>> 20) & 0xff]!}-${HEX[0x80 | ((seq >>> 14) & 0x3f)]!}${HEX[(seq >>> 6) & 0xff]!}-${
    HEX[((seq << 2) & 0xff) | (pool[at + 4]! & 0x03)]!}${HEX[pool[at + 5]!]!}${HEX[pool[at + 6]!]!}${HEX[pool[at + 7]!]!}${HEX[pool[at + 8]!]!}${HEX[pool[at + 9]!]!}`;
}

/** The time's text stays for all ids of a millisecond. */
function tick(now: number): void {
  msecs = now;
  const text = now.toString(16).padStart(12, '0');
  time = `${text.slice(0, 8)}-${text.slice(8)}`;
}
