import type { IncomingMessage } from 'node:http';
import { GxError } from '../plugin-api/index.js';

const tooLarge = (limit: number): GxError => new GxError('GX_TOO_LARGE', 413, `The request is larger than ${Math.floor(limit / 1024)} KB. Send less at once.`);

const NOTHING = Buffer.alloc(0);
const lengthOf = (req: IncomingMessage): number => Number(req.headers['content-length'] ?? 0);

/** Whether a body comes with the request, read or not. */
export const hasBody = (req: IncomingMessage): boolean => req.headers['transfer-encoding'] !== undefined || lengthOf(req) !== 0;

/** The raw body, at once where there is none. Compressed bodies are refused: a small one could unpack to a large one. */
export function readBody(req: IncomingMessage, limit: number): Buffer | Promise<Buffer> {
  if (!hasBody(req)) return NOTHING;
  if (lengthOf(req) > limit) return Promise.reject(tooLarge(limit));
  if (req.headers['content-encoding'] && req.headers['content-encoding'] !== 'identity') return Promise.reject(new GxError('GX_CONTENT_TYPE', 415, 'Compressed requests are not accepted. Send the body as it is.'));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) { req.removeAllListeners('data'); req.resume(); reject(tooLarge(limit)); return; }
      chunks.push(chunk);
    });
    req.on('end', () => { resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)); });
    req.on('error', reject);
    req.on('aborted', () => { reject(new GxError('GX_ABORTED', 400, 'The request was broken off.')); });
  });
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @throws GX_CONTENT_TYPE 415 when it is not JSON, GX_JSON 400 when it cannot be parsed */
export function parseJson(req: IncomingMessage, raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  if (!/^application\/(?:[\w.+-]+\+)?json\b/.test(req.headers['content-type'] ?? '')) throw new GxError('GX_CONTENT_TYPE', 415, 'Send the body as JSON, with "Content-Type: application/json".');
  try { return JSON.parse(decoder.decode(raw)) as unknown; }
  catch { throw new GxError('GX_JSON', 400, 'The body is not valid JSON in UTF-8.'); }
}
