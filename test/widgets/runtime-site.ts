import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { buildBrowser, type BrowserManifest } from '../../widgets/build/build-browser.js';
import { buildPlugin } from '../../widgets/build/build-plugin.js';
import { RUNTIME } from '../../widgets/build/browser-config.js';
import { packageRoot } from '../kit/package-root.js';

export interface Reply { readonly status?: number; readonly type?: string; readonly body?: string | object; readonly headers?: Record<string, string>; /** Never answers. */ readonly silent?: boolean; /** Cuts the connection. */ readonly cut?: boolean }
export interface Seen { readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly headers: IncomingMessage['headers']; readonly body: unknown }
type Handler = (seen: Seen) => Reply | string;

const types: Record<string, string> = { '.js': 'text/javascript', '.json': 'application/json', '.css': 'text/css' };

/** Bare names in a built widget become addresses, as the host does it for storefronts. */
const rewritten = (code: string, names: Record<string, string>): string =>
  code.replace(/from"([^".][^"]*)"/g, (whole, name: string) => (names[name] ? `from"${names[name]}"` : whole));

/** The real browser build of the runtime and of the sample plugin on a small server, under the policy that pages have in earnest. */
export class RuntimeSite {
  readonly seen: Seen[] = [];
  readonly routes = new Map<string, Handler | Reply | string>();
  #server: Server | undefined;
  private constructor(readonly folder: string, readonly manifest: BrowserManifest, readonly sample: string) {}

  static async start(): Promise<RuntimeSite> {
    const temporary = join(packageRoot, 'dist');
    mkdirSync(temporary, { recursive: true });
    const folder = mkdtempSync(join(temporary, '.site-'));
    const manifest = await buildBrowser({ storefront: RUNTIME, outlet: join(packageRoot, 'widgets/runtime/outlet.element.ts') }, join(folder, 'browser'));
    const source = join(packageRoot, 'test/fixtures/plugins/sample');
    const sample = join(packageRoot, 'dist/test/fixtures/plugins/sample');
    await buildPlugin(source, sample, 'sample');
    const site = new RuntimeSite(folder, manifest, sample);
    await site.#listen();
    return site;
  }

  get url(): string { return `http://127.0.0.1:${(this.#server?.address() as AddressInfo | undefined)?.port}`; }
  get browserFolder(): string { return join(this.folder, 'browser'); }
  get names(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.manifest.specifiers).map(([name, { file }]) => [name, `/runtime/v1/${file}`]));
  }

  /** An HTML page; its import map is allowed by hash. */
  page(path: string, body: string, options: { readonly map?: boolean; readonly lang?: string; readonly css?: string; readonly policy?: boolean } = {}): void {
    const map = JSON.stringify({ imports: this.names });
    const hash = createHash('sha256').update(map).digest('base64');
    const policy = `default-src 'self'; script-src 'self' 'sha256-${hash}'; style-src 'self'`;
    const css = options.css ? `<link rel="stylesheet" href="${path}.css">` : '';
    if (options.css) this.routes.set(`${path}.css`, { type: 'text/css', body: options.css });
    const head = `<meta charset="utf-8"><link rel="icon" href="data:,"><title>Page</title>${css}${options.map ? `<script type="importmap">${map}</script>` : ''}`;
    const html = `<!doctype html><html lang="${options.lang ?? 'en'}"><head>${head}</head><body>${body}</body></html>`;
    this.routes.set(path, { type: 'text/html', body: html, headers: options.policy === false ? {} : { 'content-security-policy': `${policy}; img-src 'self' data:` } });
  }
  script(path: string, body: string): void { this.routes.set(path, { type: 'text/javascript', body }); }
  calls(path: string): Seen[] { return this.seen.filter((one) => one.path === path); }

  #reply(seen: Seen): Reply {
    const given = this.routes.get(`${seen.method} ${seen.path}`) ?? this.routes.get(seen.path);
    if (given !== undefined) {
      const reply = typeof given === 'function' ? given(seen) : given;
      return typeof reply === 'string' ? { body: reply } : reply;
    }
    const [from, name] = seen.path.startsWith('/runtime/v1/') ? [this.browserFolder, seen.path.slice('/runtime/v1/'.length)]
      : seen.path.startsWith('/sample/') ? [join(this.sample, 'widgets'), seen.path.slice('/sample/'.length)] : ['', ''];
    const file = join(from, name);
    if (!from || !existsSync(file)) return { status: 404, type: 'text/html', body: '<p>not found</p>' };
    const code = readFileSync(file, 'utf8');
    return { type: types[extname(file)] ?? 'text/plain', body: from === this.browserFolder ? code : rewritten(code, this.names) };
  }

  async #listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://site');
        const text = Buffer.concat(chunks).toString();
        const seen = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: request.headers, body: text ? JSON.parse(text) as unknown : undefined };
        this.seen.push(seen);
        const { status = 200, body = '', headers = {}, silent, cut, type = typeof body === 'string' ? 'text/plain' : 'application/json' } = this.#reply(seen);
        if (cut) request.socket.destroy();
        if (silent || cut) return;
        response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
    await new Promise<void>((ready) => this.#server?.listen(0, '127.0.0.1', ready));
  }
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
