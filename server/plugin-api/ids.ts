import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Asking the system for 16 bytes costs ten times what making an id does: random bytes are fetched by the page. */
const pool = new Uint8Array(8_192);
const random = new Uint8Array(16);
let used = pool.length;
let msecs = 0;
let seq = 0;

/** A new row id: UUIDv7, so that ids sort by the time they were made; those of one process in the order in which they were made. */
export function newId(): string {
  if (used === pool.length) { randomFillSync(pool); used = 0; }
  for (let n = 0; n < 16; n++) random[n] = pool[used + n]!;
  used += 16;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = (random[6]! << 23) | (random[7]! << 15) | (random[8]! << 7) | (random[9]! >> 1);
  } else if (++seq > 0x7fff_ffff) { msecs += 1; seq = 0; }
  return v7({ random, msecs, seq });
}
