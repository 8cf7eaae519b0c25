import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { axeFindings, openPage } from './index.js';

const csp = "default-src 'none'; script-src 'self'; style-src 'self'";
const pages: Record<string, string> = {
  '/good': '<!doctype html><html lang="en"><head><title>Good</title></head><body><main><h1>Hello</h1><button>Save</button></main></body></html>',
  '/bad': '<!doctype html><html lang="en"><head><title>Bad</title></head><body><main><h1>Hello</h1><img src="/none.png"><button></button></main></body></html>',
  '/broken': '<!doctype html><html lang="en"><head><title>Broken</title></head><body><main><h1 style="color:red">Hello</h1></main></body></html>',
};

describe('test kit in a browser', () => {
  let server: Server, url: string;
  before((done) => {
    server = createServer((req, res) => {
      const html = pages[req.url ?? ''];
      res.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp }).end(html ?? '');
    }).listen(0, '127.0.0.1', () => { url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; done(); });
  });
  after(() => { server.closeAllConnections(); server.close(); });

  it('lets axe pass a good page under a strict policy', async () => {
    await using tab = await openPage();
    await tab.page.goto(`${url}/good`);
    expect(await axeFindings(tab.page)).to.deep.equal([]);
    expect(tab.problems).to.deep.equal([]);
  });

  it('shows what axe finds on a bad one', async () => {
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${url}/bad`);
    const found = (await axeFindings(tab.page)).map((text) => text.split(' ')[0]);
    expect(found).to.include.members(['image-alt', 'button-name']);
  });

  it('collects what the policy refuses', async () => {
    const tab = await openPage();
    await tab.page.goto(`${url}/broken`);
    let error: unknown;
    await tab.close().catch((caught: unknown) => { error = caught; });
    expect(String(error)).to.match(/Content Security Policy/);
  });
});
