import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refused, notFound } from '../../../server/plugin-api/index.js';
import { shelveAssets } from '../../../server/shops/demo/browser-assets.js';
import type { DemoOrder } from '../../../server/shops/demo/checkout/demo-order.js';
import { placedOrder } from '../../../server/shops/demo/checkout/placed-order.js';
import { quote } from '../../../server/shops/demo/checkout/quote.js';
import { durationMs } from '../../../server/shops/demo/duration.js';
import { DemoPages } from '../../../server/shops/demo/pages/demo-pages.js';
import { dataBlock, html } from '../../../server/shops/demo/pages/html.js';

const EVIL = '"><script>alert(1)</script>\'&';
const priced = quote([{ sku: 'TEA-LJ01', quantity: 1 }], []);
const order: DemoOrder = { ...placedOrder(priced, { id: 'ord_1', number: EVIL, customerId: 'c', at: 1 }), lines: [{ id: 'l', sku: EVIL, title: EVIL, quantity: 1, unitPrice: 100, paid: 100 }] };

describe('demo pages', () => {
  let server: Server, base: string, absent = '';
  const shelf = new Map<string, string>();
  before((done) => {
    const pages = new DemoPages(
      shelveAssets({ add(url, body) { shelf.set(url, body); return url; } }),
      { get: (_ctx: unknown, id: string) => (id === 'ord_1' ? Promise.resolve(order) : Promise.reject(id === 'broken' ? refused('GX_BROKEN', 'secret inside') : notFound('order'))) } as never,
      () => ({ shop: { currency: 'CNY' }, now: 8 * 86_400_000 }) as never, (slot) => slot !== absent,
    );
    server = createServer((req, res) => { if (!pages.handle(req, res)) res.writeHead(418).end(); }).listen(0, '127.0.0.1', () => { base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; done(); });
  });
  after(() => { server.closeAllConnections(); server.close(); });
  const get = async (path: string, language = 'en'): Promise<{ status: number; text: string; headers: Headers }> => {
    const answer = await fetch(base + path, { headers: { 'accept-language': language } });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };

  it('keep no room for what no module of the shop has', async () => {
    absent = 'member-card';
    try {
      for (const path of ['/demo/club', '/demo/account']) {
        const { text } = await get(path);
        expect(text, path).to.include('data-guanxi="check-in"');
        expect(text, path).to.not.include('data-guanxi="member-card"');
      }
    } finally { absent = ''; }
    expect((await get('/demo/club')).text).to.include('data-guanxi="member-card"');
  });

  it('escapes everything that comes from outside', async () => {
    for (const path of [`/demo?q=${encodeURIComponent(EVIL)}`, `/demo?category=${encodeURIComponent(EVIL)}&lang=${encodeURIComponent(EVIL)}`, '/demo/orders/ord_1']) {
      const { status, text } = await get(path);
      expect(status).to.equal(200);
      expect(text).to.not.include('<script>alert');
    }
    expect(html`<p title="${EVIL}">${[EVIL, 1, null, false, html`<b>${'<i>'}</b>`]}</p>`.text).to.equal('<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;1<b>&lt;i&gt;</b></p>');
    expect(dataBlock('d', { a: '</script><!--' }).text).to.not.match(/<\/script><!--/);
  });

  it('answers in the language that is asked for', async () => {
    expect((await get('/demo')).text).to.include('<html lang="en">').and.include('Longjing green tea');
    expect((await get('/demo', 'zh-TW,zh;q=0.9')).text).to.include('<html lang="zh-CN">').and.include('明前龙井');
    const asked = await get('/demo?lang=zh-CN');
    expect(asked.text).to.include('<html lang="zh-CN">').and.include('href="/demo/cart?lang=zh-CN"');
    expect(asked.headers.get('vary')).to.equal('accept-language');
  });

  it('runs under a policy without exceptions: nothing inline but data', async () => {
    for (const path of ['/demo', '/demo/products/TEA-LJ01', '/demo/cart', '/demo/checkout', '/demo/account', '/demo/club', '/demo/orders/ord_1']) {
      const { text, headers, status } = await get(path);
      expect(status, path).to.equal(200);
      expect(headers.get('content-security-policy')).to.include("default-src 'self'").and.not.include('unsafe');
      expect(text).to.not.match(/\sstyle=|\son\w+="|<style/);
      for (const [, attributes, inside] of text.matchAll(/<script([^>]*)>([^<]*)</g)) if (!attributes?.includes('application/json')) expect(inside).to.equal('');
      for (const [, url] of text.matchAll(/(?:src|href)="(\/demo\/(?:assets|images)\/[\w./-]+)"/g)) expect(shelf.has(url ?? ''), url).to.equal(true);
      expect(text).to.include('<script src="/assets/loader.js" defer data-shop="demo">');
    }
  });

  it('keeps places for widgets, with the product they are for', async () => {
    expect((await get('/demo/products/TEA-LJ01')).text).to.include('data-guanxi="product-reviews" data-sku="TEA-LJ01"');
    const club = (await get('/demo/club')).text;
    for (const slot of ['check-in', 'wheel', 'survey', 'rewards']) expect(club).to.include(`data-guanxi="${slot}"`);
    expect((await get('/demo/orders/ord_1')).text).to.include('data-guanxi="survey" data-order="ord_1"');
  });

  it('says 404 for what is not there and gives nothing away when it breaks', async () => {
    for (const path of ['/demo/nothing', '/demo/products/NOPE', '/demo/orders/none', '/demo/orders/%E0%A4%A', '/demo/constructor', '/demo/cart/1/2']) expect((await get(path)).status, path).to.equal(404);
    const broken = await get('/demo/orders/broken');
    expect(broken.status).to.equal(500);
    expect(broken.text).to.not.include('secret');
    expect((await fetch(`${base}/demonstration`)).status).to.equal(418);
    expect((await fetch(`${base}/demo`, { method: 'POST' })).status).to.equal(418);
  });

  it('searches both languages', async () => {
    expect((await get('/demo?q=teapot')).text).to.include('/demo/products/TEA-PT07').and.not.include('/demo/products/STA-WT03');
    expect((await get(`/demo?q=${encodeURIComponent('铅笔')}`)).text).to.include('Cedar pencils');
  });

  it('serves scripts that only import each other', () => {
    const scripts = [...shelf].filter(([url]) => url.endsWith('.js'));
    expect(scripts.length).to.be.above(8);
    for (const [url, text] of scripts) {
      for (const [, from] of text.matchAll(/(?:from|import)\s+'([^']+)'/g)) expect(shelf.has(new URL(from ?? '', `http://x${url}`).pathname), `${url} → ${from}`).to.equal(true);
      if (url.endsWith('language.js')) expect(text).to.not.match(/^(import|export)/m);
    }
  });
});

describe('demo durations', () => {
  it('reads what moves the clock forward', () => {
    expect(durationMs('P1D')).to.equal(86_400_000);
    expect(durationMs('PT6H')).to.equal(21_600_000);
    expect(durationMs('P1W')).to.equal(7 * 86_400_000);
    expect(durationMs('P2DT30M5S')).to.equal(2 * 86_400_000 + 1_805_000);
    expect(durationMs('P0D')).to.equal(0);
    expect(durationMs('P400D')).to.equal(400 * 86_400_000);
  });
  it('refuses the rest', () => {
    for (const text of ['', 'P', 'PT', 'P1DT', '-P1D', 'P-1D', 'P1M', 'P1Y', '1D', 'p1d', 'P1.5D', 'P401D', 'P9999999D', 'PT99999999999S', ' P1D', 'P1D\n']) expect(() => durationMs(text), text).to.throw().with.property('code', 'GX_DURATION');
  });
});
