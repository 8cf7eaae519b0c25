import { brotliCompress, constants, gzip, gzipSync } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** By content, for all servers of the process: tests and a plugin's author start many with the same files. */
const known = new Map<string, Buffer>();
const waiting = new Map<string, [(body: Buffer) => void, (error: Error) => void][]>();
/** Bytes held at most; an author's builds would add up. */
const LIMIT = 32 * 2 ** 20;
let held = 0;

function keep(key: string, body: Buffer): Buffer {
  if (held + body.length > LIMIT) { known.clear(); held = 0; }
  known.set(key, body);
  held += body.length;
  return body;
}

/** Compresses a file once, beside the event loop, and tells everybody who asked meanwhile. `etag` stands for its content. */
export function encode(encoding: Encoding, etag: string, plain: Buffer, done: (body: Buffer) => void, failed: (error: Error) => void): void {
  const key = `${encoding} ${etag}`, before = known.get(key), others = waiting.get(key);
  if (before) { done(before); return; }
  if (others) { others.push([done, failed]); return; }
  const asked: [typeof done, typeof failed][] = [[done, failed]];
  waiting.set(key, asked);
  const tell = (error: Error | null, body: Buffer): void => {
    waiting.delete(key);
    if (!error) keep(key, body);
    for (const [each, refuse] of asked) if (error) refuse(error); else each(body);
  };
  if (encoding === 'br') brotliCompress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }, tell);
  else gzip(plain, { level: 9 }, tell);
}

/** Bytes of a file as a browser that takes gzip loads it. */
export function gzipSize(etag: string, plain: Buffer): number {
  const key = `gzip ${etag}`;
  return (known.get(key) ?? keep(key, gzipSync(plain, { level: 9 }))).length;
}
