import { expect } from 'chai';
import type { PluginReport } from '../../../server/host/plugin-source.js';
import { startTestServer } from '../../kit/index.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import { removeWritten, writtenPackage } from './written-package.js';

const trace = 'process.emit("guanxi-reach-trace");';
const network: Readonly<Record<string, readonly [code: string, does: string]>> = {
  ...Object.fromEntries(['http', 'https', 'http2', 'net', 'tls', 'dgram', 'dns'].map((name) => [`takes-${name}`, [`import "node:${name}";`, `imports "node:${name}"`]] as const)),
  'takes-resolver': ['import { resolve4 } from "dns/promises";', 'imports "dns/promises"'],
  'takes-undici': ['import { request } from "undici";', 'imports "undici"'],
  'takes-late': ['export const late = () => import("node:https");', 'imports "node:https"'],
  'calls-fetch': ['export const ask = async () => (await fetch("https://example.com")).json();', 'uses the global fetch'],
  'hands-fetch-on': ['const { get = fetch } = {}; void get;', 'uses the global fetch'],
  'calls-by-global': ['const ask = (fetch) => fetch; export const real = ask(globalThis.fetch);', 'uses the global fetch'],
  'calls-by-name': ['export const real = globalThis["fetch"];', 'uses the global fetch'],
  'takes-apart': ['const { fetch: get } = globalThis; void get;', 'uses the global fetch'],
  'in-a-template': ['export const text = () => `<b>${{ a: `${fetch("x")}` }.a}</b>`;', 'uses the global fetch'],
  'after-a-pattern': ['export const quotes = (t) => t.replace(/["\'`]/g, ""); export const ask = () => fetch("x"); // it\'s', 'uses the global fetch'],
  'opens-socket': ['export const open = () => new WebSocket("wss://example.com");', 'uses the global WebSocket'],
  'listens-outside': ['export const open = () => new EventSource("https://example.com");', 'uses the global EventSource'],
  'asks-the-old-way': ['export const open = () => new XMLHttpRequest();', 'uses the global XMLHttpRequest'],
};
const processes: Readonly<Record<string, readonly [code: string, does: string]>> = {
  ...Object.fromEntries(['child_process', 'cluster', 'worker_threads'].map((name) => [`takes-${name.replace('_', '-')}`, [`import "node:${name}";`, `imports "node:${name}"`]] as const)),
  'ends-the-host': ['export const end = () => { process.exit(1); };', 'uses process.exit'],
  'takes-builtins': ['export const http = () => process.getBuiltinModule("http");', 'uses process.getBuiltinModule'],
};
const lookalikes = `
  // fetch("https://example.com") is not for plugins, nor is process.exit(1)
  /* new WebSocket() */
  const words = 'fetch(x)', more = \`new WebSocket(\${words}) process.exit(0)\`, pattern = /fetch\\(["']/;
  const half = (a, b) => a.length / b.length / 2; void half;
  const client = { fetch: (url) => url, async fetchAll() { return client.fetch('x'); } };
  class Loader { fetch(url) { return this.load?.fetch(url); } }
  const get = ({ fetch }) => fetch('x'), give = (url, fetch) => { fetch(url); };
  if (typeof WebSocket === 'undefined') void [words, more, pattern, Loader, get, give, process.env];
  export const status = { fetch: 1, EventSource: 2 };`;

describe('packages that would call past the host', () => {
  let report: readonly PluginReport[];
  let ran = 0;
  const of = (id: string): PluginReport | undefined => report.find((each) => each.id === id);
  before(async function () {
    this.timeout(60_000);
    const listen = (): void => { ran += 1; };
    const bad = await Promise.all(Object.entries({ ...network, ...processes }).map(([id, [code]]) => writtenPackage(id, { before: 'import "./services/inner.js";', files: { 'services/inner.js': `${code}\n${trace}` }, dependencies: { undici: '1' } })));
    const widget = { widgets: [{ name: 'card', surface: 'storefront' as const, slot: 'product-below', module: 'card.js', title: manifestOf('x').listing.title }] };
    const good = [
      await writtenPackage('looks-alike', { before: lookalikes }),
      await writtenPackage('widget-fetches', { manifest: widget, files: { 'widgets/card.js': 'export default class extends HTMLElement { connectedCallback() { void fetch("/x"); } }' } }),
      await writtenPackage('widget-asks', { manifest: widget, files: { 'widgets/card.js': 'export default class extends HTMLElement { connectedCallback() { void this.context.api.fetch("/x"); } }' } }),
    ];
    process.on('guanxi-reach-trace', listen);
    try {
      await using server = await startTestServer({ engine: 'sqlite', plugins: [...bad, ...good] });
      report = server.services.host.report();
    } finally { process.off('guanxi-reach-trace', listen); }
  });
  after(removeWritten);

  for (const [code, cases] of Object.entries({ GX_REACH_NETWORK: network, GX_REACH_PROCESS: processes })) {
    for (const [id, [, does]] of Object.entries(cases)) {
      it(`are refused: one that ${does} (${id})`, () => {
        expect(of(id)).to.include({ state: 'rejected', code });
        expect(of(id)?.error).to.include(`services/inner.js ${does}, which`).and.include("app.use('http')");
      });
    }
  }
  it('are not those that only have such words in them', () => { expect(of('looks-alike')).to.deep.include({ state: 'active', warnings: [] }); });
  it('are told apart from those whose widget asks the browser itself, of which a reviewer hears', () => {
    expect(['widget-fetches', 'widget-asks'].map((id) => [of(id)?.state, of(id)?.warnings.map(({ code }) => code)])).to.deep.equal([['active', ['GX_WIDGET_REACH']], ['active', []]]);
  });
  it('ran no line of their code', () => { expect(ran).to.equal(0); });
});
