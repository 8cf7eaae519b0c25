import { expect } from 'chai';
import type { Outcome } from '../../server/cli/plugins/compile.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { axeFindings, createTestHost, engines, phone, type HostShopper, type MountedWidget, type TestHost } from '../kit/index.js';
import { pages, snippetsOf } from './guide-source.js';
import { GuideWorkshop } from './guide-workshop.js';

const recipes = ['recipes/README.md', ...pages().filter((path) => path.startsWith('recipes/') && path !== 'recipes/README.md')];
const words = (en: string) => ({ en, 'zh-CN': en });

describe('the recipes of the guide', function () {
  this.timeout(120_000);
  const shop = new GuideWorkshop();
  let plugins: readonly PluginSource[], later: PluginSource, theirs: Promise<Outcome>;
  before(async () => {
    plugins = await shop.build(recipes.flatMap(snippetsOf), true);
    later = await shop.inVersion('tea-club', '1.1.0');
    theirs = shop.mocha('tea-club');
  });
  after(() => { shop[Symbol.dispose](); });

  for (const engine of engines) {
    describe(`put together (${engine})`, () => {
      let host: TestHost;
      before(async () => {
        host = await createTestHost({ plugins, engine });
        await host.answer('api.weather.example', () => ({ body: { celsius: 8 } }));
        await host.answer('api.mail.example', () => ({ status: 204 }));
        for (const { id } of plugins) await host.install('demo', id);
      });
      after(() => host.close());

      const ask = async <T = Record<string, unknown>>(who: HostShopper, method: string, path: string, body?: unknown, plugin = 'tea-club'): Promise<T> => {
        const { status, body: answer } = await host.request<T>('storefront', method, path, { body, as: who.client, plugin });
        expect(status, JSON.stringify(answer)).to.be.lessThan(300);
        return answer;
      };
      const order = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> => {
        const { status, body: answer } = await host.request<T>('admin', method, path, { body, plugin: 'tea-club' });
        expect(status, JSON.stringify(answer)).to.be.lessThan(300);
        return answer;
      };
      const settings = async (values: Readonly<Record<string, unknown>>): Promise<unknown> => (await host.admin()).must('PUT', '/api/admin/installs/tea-club/settings', { values });
      const pointsOf = async (who: HostShopper): Promise<number> => (await ask<{ points: number }>(who, 'get', '/standing')).points;

      it('points: are given once a day, taken for a tasting, and not below zero', async () => {
        const ann = await host.shopper();
        expect((await ask<{ earned: number }>(ann, 'post', '/visits')).earned).to.equal(5);
        expect((await ask<{ earned: number }>(ann, 'post', '/visits')).earned).to.equal(0);
        await settings({ pointsPerVisit: 40 });
        await host.advance('P1D');
        expect((await ask<{ earned: number }>(ann, 'post', '/visits')).earned).to.equal(40);
        expect(await ask(ann, 'get', '/standing')).to.deep.equal({ visits: 2, points: 45 });
        expect((await ask<{ available: number }>(ann, 'post', '/tastings')).available).to.equal(15);
        const poor = await host.request<{ code: string }>('storefront', 'post', '/tastings', { as: ann.client, plugin: 'tea-club' });
        expect([poor.status, poor.body.code]).to.deep.equal([409, 'GX_TOO_FEW_POINTS']);
        expect((await host.request<{ code: string }>('storefront', 'post', '/tastings', { as: await host.guest(), plugin: 'tea-club' })).body.code).to.equal('GX_SIGN_IN_TO_PAY');
        expect(await pointsOf(ann)).to.equal(15);
        await settings({ pointsPerVisit: 5 });
      });

      it('rewards: a kind of one\'s own is offered, given once per reason, and taken back', async () => {
        const ann = await host.shopper();
        const kinds = await host.services.grants.kinds(await host.shop());
        expect(kinds.find(({ kind }) => kind === 'tea-club.sample')?.options.map(({ ref }) => ref)).to.deep.equal(['longjing', 'puer']);
        const gift = { personId: ann.personId, tea: 'puer', reason: 'birthday' };
        const { grantId } = await order<{ grantId: string }>('post', '/gifts', gift);
        expect(await order('post', '/gifts', gift)).to.deep.equal({ given: true, grantId });
        expect(await ask(ann, 'get', '/samples')).to.deep.equal({ teas: ['puer'] });
        await order('delete', `/gifts/${grantId}`);
        await order('delete', `/gifts/${grantId}`);
        expect(await ask(ann, 'get', '/samples')).to.deep.equal({ teas: [] });
      });

      it('surveys: a question is asked between two dates, answered, thanked for once, and counted', async () => {
        const [ann, ben] = [await host.shopper(), await host.shopper()];
        const rules = { title: words('Which tea next?'), options: [{ id: 'green', title: words('Green') }, { id: 'black', title: words('Black') }], points: 7 };
        const { id } = await order<{ id: string }>('post', '/questions', { rules, endsAt: (await host.shop()).now + 86_400_000 });
        expect((await ask<{ items: { id: string }[] }>(ann, 'get', '/questions')).items.map((each) => each.id)).to.deep.equal([id]);
        expect(await ask(ann, 'post', `/questions/${id}/answers`, { choice: 'green' })).to.deep.equal({ earned: 7 });
        expect(await ask(ann, 'post', `/questions/${id}/answers`, { choice: 'black' })).to.deep.equal({ earned: 0 });
        await ask(ben, 'post', `/questions/${id}/answers`, { choice: 'black' });
        expect(await order('get', `/questions/${id}/results`)).to.deep.equal({ answers: { black: 2 } });
        expect(await pointsOf(ann)).to.equal(7);
        expect((await host.request('storefront', 'post', `/questions/${id}/answers`, { body: { choice: 'white' }, as: ann.client, plugin: 'tea-club' })).status).to.equal(422);
        await host.advance('P2D');
        expect((await host.request('storefront', 'post', `/questions/${id}/answers`, { body: { choice: 'green' }, as: ann.client, plugin: 'tea-club' })).status).to.equal(404);
      });

      it('jobs: the one at night deletes what is older than the setting says', async () => {
        const ann = await host.shopper();
        await ask(ann, 'post', '/visits');
        await settings({ keepDays: 7 });
        await host.runJob('tidy', 'demo', 'tea-club');
        expect((await ask<{ visits: number }>(ann, 'get', '/standing')).visits).to.equal(1);
        await host.advance('P9D');
        expect((await ask<{ visits: number }>(ann, 'get', '/standing')).visits, 'it ran by itself').to.equal(0);
      });

      it('events: an order is thanked for once, however often it is told', async () => {
        const ann = await host.shopper();
        for (const orderId of ['first', 'first', 'second']) await host.emit('order.paid', { orderId, personId: ann.personId });
        await host.emit('order.paid', { orderId: 'third', personId: null });
        expect(await pointsOf(ann)).to.equal(6);
      });

      it('settings and secrets: the key reaches the plugin and no answer, and old fields are carried over', async () => {
        expect(JSON.stringify(await settings({ weather: true, weatherKey: 'key-of-the-shop' }))).to.not.contain('key-of-the-shop');
        expect(await order('get', '/rules')).to.deep.equal({ points: 5, weather: true });
        const { default: definition } = await import(new URL('plugin.js', plugins.find(({ id }) => id === 'tea-club')!.root).href) as { default: { migrateSettings: (old: object, from: number) => object } };
        expect(definition.migrateSettings({ keepMonths: 3 }, 1)).to.include({ keepDays: 90 });
      });

      it('outbound HTTP: the service is asked with the shop\'s key', async () => {
        const ann = await host.shopper();
        expect(await ask(ann, 'get', '/recommendation')).to.deep.equal({ tea: 'puer' });
        expect(host.calls('api.weather.example').map(({ path, headers }) => [path, headers['authorization']])).to.deep.equal([['/today', 'Bearer key-of-the-shop']]);
      });

      it('contracts: the other plugin is asked, and missed where it is switched off', async () => {
        const ann = await host.shopper();
        await ask(ann, 'post', '/visits');
        expect(await ask(ann, 'get', '/greeting', undefined, 'tea-notes')).to.deep.equal({ visits: 1 });
        await host.disable('demo', 'tea-club');
        expect(await ask(ann, 'get', '/greeting', undefined, 'tea-notes')).to.deep.equal({ visits: null });
        await host.enable('demo', 'tea-club');
      });

      if (engine === 'sqlite') {
        it('widgets: the panel and the widget are shown, work, and are accessible', async () => {
          const shopper = async ({ page, widget }: MountedWidget): Promise<void> => {
            await widget.getByRole('button', { name: 'I was here' }).click();
            await widget.getByText('Thank you. 5 points are yours.').waitFor();
            await widget.getByRole('button', { name: 'I was here' }).click();
            await widget.getByText('You were here today already.').waitFor();
            expect(await axeFindings(page)).to.deep.equal([]);
          };
          const merchant = async ({ page, widget }: MountedWidget): Promise<void> => {
            await widget.getByText('A visit is worth 5 points.').waitFor();
            expect(await axeFindings(page)).to.deep.equal([]);
          };
          await using front = await host.mount('visit', { plugin: 'tea-club', data: { sku: 'TEA-1' }, viewport: phone });
          await using desk = await host.mount('club', { plugin: 'tea-club' });
          await Promise.all([shopper(front), merchant(desk)]);
        });
      }

      it('publishing: a shop follows to the next version, and the hook knows which one it had', async () => {
        await host.upgrade(later);
        expect(host.services.installs.of((await host.shop()).shop.id, 'tea-club')).to.include({ state: 'enabled', version: '1.1.0' });
        const { items } = await (await host.admin()).must<{ items: { action: string; detail: unknown }[] }>('GET', '/api/admin/audit?limit=50');
        expect(items.filter(({ action }) => action === 'tea-club.upgraded').map(({ detail }) => detail)).to.deep.equal([{ from: '1.0.0', to: '1.1.0' }]);
      });

      it('personal data: people are merged, exported and erased, and the purge counts every row', async () => {
        const [ann, ben] = [await host.shopper(), await host.shopper()];
        await order('post', '/gifts', { personId: ann.personId, tea: 'longjing', reason: 'welcome' });
        for (const who of [ann, ben]) await ask(who, 'post', '/visits');
        await host.emit('customer.merged', { personId: ann.personId, into: ben.personId });
        expect(await ask(ben, 'get', '/samples')).to.deep.equal({ teas: ['longjing'] });
        expect((await ask<{ visits: number }>(ben, 'get', '/standing')).visits).to.equal(1);
        expect(JSON.stringify(await host.exportCustomer(ben.personId))).to.contain('"longjing"');
        const erased = JSON.stringify(await host.eraseCustomer(ben.personId));
        expect(erased).to.contain('plg_tea_club_visit').and.to.contain('plg_tea_club_sample');
        const mail = (): unknown[] => host.calls('api.mail.example').map(({ method, path }) => `${method} ${path}`);
        expect(mail()).to.deep.equal([`DELETE /shops/demo/people/${ben.personId}`]);
        const receipt = await host.purge('demo', 'tea-club');
        expect(mail().slice(1)).to.deep.equal(['DELETE /shops/demo']);
        expect(receipt?.rows).to.include.keys('plg_tea_club_visit', 'plg_tea_club_sample', 'plg_tea_club_answer');
      });
    });
  }

  describe('with the tests that the guide shows', () => {
    it('passes them where they were written', async () => {
      const { code, out, err } = await theirs;
      expect(code, out + err).to.equal(0);
      expect(out, out).to.match(/gives points once a day[^]*keeps shops apart[^]*forgets a customer[^]*recommends by the weather[^]*✔ thanks whoever presses the button/).and.match(/the contract of tea-club/);
    });
  });
});
