import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Bytes of an answer, as they come over the network and unpacked. */
export const MOST_BYTES = 1_048_576;
export class AnswerTooLong extends Error { override name = 'AnswerTooLong'; }

const UNPACK: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = { 'gzip': createGunzip, 'x-gzip': createGunzip, 'deflate': createInflate, 'br': createBrotliDecompress };
export const ACCEPTED = 'gzip, deflate, br';

/** The body as text, counted while it streams. @throws AnswerTooLong, and what the network or the unpacking throws */
export async function readAnswer(answer: IncomingMessage): Promise<string> {
  let packed = 0;
  const unpack = UNPACK[(answer.headers['content-encoding'] ?? '').trim().toLowerCase()]?.();
  const body: Readable = unpack ?? answer;
  if (unpack) {
    answer.on('data', (chunk: Buffer) => { packed += chunk.length; if (packed > MOST_BYTES) answer.destroy(new AnswerTooLong()); });
    answer.on('error', (error) => { unpack.destroy(error); });
    answer.on('aborted', () => { unpack.destroy(new Error('The connection ended in the middle of the answer.')); });
    answer.pipe(unpack);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BYTES) throw new AnswerTooLong();
      chunks.push(chunk);
    }
  } finally { answer.destroy(); }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
