import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encode, gzipSize, type Encoding } from './encoded-files.js';

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json; charset=utf-8', svg: 'image/svg+xml', png: 'image/png', webp: 'image/webp', jpg: 'image/jpeg', woff2: 'font/woff2', ico: 'image/x-icon' };

interface Asset { readonly type: string; readonly plain: Buffer; readonly cache: string; readonly etag: string }

export const contentHash = (body: Buffer | string): string => hash('sha256', body).slice(0, 16);

/** Files held in memory by URL. Only what was registered is served, so no path can leave a folder; the URL carries the content's hash. */
export class AssetFiles {
  #files = new Map<string, Asset>();

  /** Immutable for a year unless `maxAge` (seconds) is given for a stable address. */
  add(url: string, body: Buffer | string, maxAge?: number): string {
    const plain = Buffer.isBuffer(body) ? body : Buffer.from(body);
    this.#files.set(url, {
      type: TYPES[url.slice(url.lastIndexOf('.') + 1)] ?? 'application/octet-stream', plain,
      cache: maxAge === undefined ? 'public, max-age=31536000, immutable' : `public, max-age=${maxAge}, must-revalidate`, etag: `"${contentHash(plain)}"`,
    });
    return url;
  }

  has(url: string): boolean { return this.#files.has(url); }

  body(url: string): Buffer | undefined { return this.#files.get(url)?.plain; }
  /** Bytes of a file as a browser that takes gzip loads it; 0 when there is no such file. */
  gzipBytes(url: string): number {
    const asset = this.#files.get(url);
    return asset ? gzipSize(asset.etag, asset.plain) : 0;
  }

  /** True when the request was for one of ours. */
  handle(req: IncomingMessage, res: ServerResponse): boolean {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false;
    const url = (req.url ?? '').split('?', 1)[0]!;
    const asset = this.#files.get(url);
    if (!asset) return false;
    const headers: Record<string, string | number> = {
      'content-type': asset.type, 'cache-control': asset.cache, etag: asset.etag, vary: 'accept-encoding', 'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
    };
    if (req.headers['if-none-match'] === asset.etag) { res.writeHead(304, headers); res.end(); return true; }
    const encoding = encodingFor(asset, String(req.headers['accept-encoding'] ?? ''));
    const send = (body: Buffer): void => {
      res.writeHead(200, { ...headers, ...(encoding ? { 'content-encoding': encoding } : {}), 'content-length': body.length });
      res.end(req.method === 'HEAD' ? undefined : body);
    };
    if (encoding) encode(encoding, asset.etag, asset.plain, send, (error) => res.destroy(error));
    else send(asset.plain);
    return true;
  }
}

function encodingFor({ plain, type }: Asset, accepted: string): Encoding | undefined {
  if (plain.length < 600 || type.startsWith('image/') && !type.includes('svg')) return undefined;
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}
