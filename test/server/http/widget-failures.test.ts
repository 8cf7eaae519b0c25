import { expect } from 'chai';
import { startTestServer, type Answer, type TestServer } from '../../kit/index.js';
import { carelessPlugin } from '../../widgets/careless-plugin.js';
import { runsOf } from '../host/what-runs.js';

interface Listed { readonly widgets: readonly { readonly name: string; readonly url: string }[] }

describe('what shoppers\' browsers tell of widgets', function () {
  this.timeout(60_000);
  let server: TestServer, url: string;
  before(async () => {
    server = await startTestServer({ plugins: [carelessPlugin()] });
    await server.install('careless');
    url = await urlOf('storefront', 'later');
  });
  after(() => server.close());

  const urlOf = async (surface: 'storefront' | 'admin', name: string): Promise<string> => {
    const client = surface === 'admin' ? await server.admin() : server.visitor();
    return (await client.must<Listed>('GET', `/api/${surface}/bootstrap`)).widgets.find((each) => each.name === name)!.url;
  };
  /** As a browser sends it: by a visitor, without a key. */
  const tell = (body: unknown, headers: Record<string, string> = {}): Promise<Answer<{ code: string }>> => server.visitor().send('POST', '/api/storefront/widget-failures', body, { key: null, headers });
  const counted = async (): Promise<number> => (await runsOf(server, 'careless')).handlers.filter(({ surface }) => surface === 'storefront').reduce((sum, { failures }) => sum + failures, 0);

  it('are believed only in the shape that the runtime sends', async () => {
    const good = { url, phase: 'render', message: 'TypeError (later.js:1:20)' };
    const wrong: readonly (readonly [what: string, body: unknown, status: number, headers?: Record<string, string>])[] = [
      ['no widget', { phase: 'render' }, 422], ['an unknown phase', { ...good, phase: 'sometime' }, 422], ['a sentence', { ...good, message: 'Call this number to save your shop' }, 422],
      ['an address', { ...good, message: 'lin@example.test' }, 422], ['markup', { ...good, message: '<img src=x>' }, 422], ['a line more', { ...good, message: 'TypeError\nTypeError' }, 422],
      ['more than is asked', { ...good, plugin: 'careless' }, 422], ['a list', [good], 422], ['no JSON', '{', 400], ['another type', 'x', 415, { 'content-type': 'text/plain' }],
      ['too much', { ...good, message: 'E'.repeat(2000) }, 413], ['no shop', good, 400, { 'x-guanxi-shop': 'nowhere' }],
    ];
    for (const [what, body, status, headers] of wrong) expect((await tell(body, headers)).status, what).to.equal(status);
    expect(await counted()).to.equal(0);
  });

  it('are believed only about widgets that the shop shows, in the build that is served', async () => {
    const [, , , id, build, surface] = url.split('/') as [string, string, string, string, string, string];
    const forged = {
      'an unknown plugin': url.replace(id, 'careful'), 'an empty one': '/assets/plugins//x/storefront/later.js', 'another build': url.replace(build, '0'.repeat(build.length)), 'an unknown widget': url.replace('later.js', 'sooner.js'),
      'a widget of the admin': await urlOf('admin', 'desk'), 'a chunk': url.replace('later.js', 'chunks/text.js'), 'a prototype': `/assets/plugins/__proto__/${build}/${surface}/later.js`, 'another server': `https://elsewhere.test${url}`,
    };
    for (const [what, address] of Object.entries(forged)) expect((await tell({ url: address, phase: 'import' })).status, what).to.equal(404);
    const admin = await server.admin();
    await admin.must('POST', '/api/admin/installs/careless/disable', {});
    expect((await tell({ url, phase: 'import' })).status, 'a plugin that is switched off').to.equal(404);
    await admin.must('POST', '/api/admin/installs/careless/enable', {});
    expect(await counted()).to.equal(0);
  });

  it('are counted up to twenty a minute for a widget, and then refused', async () => {
    const flood = await Promise.all(Array.from({ length: 60 }, () => tell({ url, phase: 'later', message: 'TypeError' })));
    expect(flood.filter(({ status }) => status === 204)).to.have.length(20);
    const [refused] = flood.filter(({ status }) => status === 429);
    expect(refused?.body.code).to.equal('GX_RATE_LIMIT');
    expect(Number(refused?.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await tell({ url: await urlOf('storefront', 'never'), phase: 'timeout' })).status, 'another widget').to.equal(204);
    expect(await counted()).to.equal(21);
  });

  it('switch nothing off and ring no alarm, because anybody may have made them up', async () => {
    const runs = await runsOf(server, 'careless');
    expect([runs.state, runs.install, runs.suspensions]).to.deep.equal(['active', 'enabled', []]);
    expect((await server.visitor().get('/api/storefront/plugins/careless/notes')).status).to.equal(200);
    expect(await urlOf('storefront', 'later')).to.equal(url);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(/guanxi_plugin_failures\{plugin="careless"\} (\d+)/.exec(metrics)?.[1]).to.equal('0');
  });
});
