import { expect } from 'chai';
import { addDays, DAY } from '../../../server/plugin-api/index.js';
import { luck } from '../../fixtures/plugins/tiers/plugin.js';
import { engines, fixturePlugin, startTestServer, type HttpClient, type Shopper, type TestServer } from '../../kit/index.js';

interface Rule { readonly version: number; readonly startsAt: number | null; readonly [field: string]: unknown }
interface Earning { readonly current: number; readonly today: string; readonly versions: readonly { readonly rule: Rule; readonly orders: number; readonly actor: string }[]; readonly campaigns: readonly { readonly id: string; readonly basisPoints: number; readonly endsAt: number }[] }
interface Simulation { readonly orders: number; readonly sales: number; readonly booked: number; readonly before: { points: number; cost: number }; readonly after: { points: number; cost: number }; readonly weeks: readonly { before: number; after: number }[]; readonly changed: readonly { number: string; before: number; after: number }[] }
interface Preview { readonly points: number; readonly lines: readonly { sku: string; points: number }[]; readonly multipliers: readonly { times: number; label: string }[] }
type Story = { readonly lots: readonly { readonly got: number; readonly order: { readonly rule: number | null } | null }[] };

const TEA = 'TEA-LJ01', CANDLE = 'HOM-CD01';
const everything = { skus: [] as string[], types: [] as string[] };

for (const engine of engines) {
  describe(`how orders earn points (${engine})`, () => {
    let server: TestServer, admin: HttpClient;
    before(async () => {
      server = await startTestServer({ engine, plugins: [await fixturePlugin('tiers')] });
      admin = await server.admin();
      await server.install('tiers');
    });
    after(() => server.close());
    afterEach(() => server.integrity());

    const earning = (): Promise<Earning> => admin.must('GET', '/api/admin/earning');
    const draft = async (change: object = {}): Promise<{ basedOn: number; rule: Omit<Rule, 'version'> }> => {
      const { version, ...rule } = (await earning()).versions[0]!.rule;
      return { basedOn: version, rule: { ...rule, startsAt: null, ...change } };
    };
    const save = async (change: object): Promise<number> => (await admin.must<{ version: number }>('PUT', '/api/admin/earning/rule', await draft(change))).version;
    const plain = { ratePoints: 1, rateAmount: 100, rounding: 'down', afterDiscounts: true, withShipping: false, withTax: false, withGiftCards: false, maxMultiplier: 50_000, minimumOrder: 0, excluded: everything, endsAt: null };
    const points = async (shopper: Shopper): Promise<number> => { const { points: { available, pending } } = await shopper.must<{ points: { available: number; pending: number } }>('GET', '/api/storefront/me'); return available + pending; };
    const tier = (shopper: Shopper, basisPoints: number): Promise<unknown> => admin.must('PUT', `/api/admin/plugins/tiers/members/${shopper.personId!}`, { basisPoints });
    const campaign = (change: object = {}): object => { const { now } = server.context(); return { title: { en: 'Tea days', 'zh-CN': '茶叶周' }, basisPoints: 20_000, startsAt: now, endsAt: now + 5 * DAY, goods: everything, ...change }; };
    const preview = (who: HttpClient, lines: string): Promise<Preview> => who.must('GET', `/api/storefront/points/preview?lines=${lines}`);

    it('begins with one point for each unit paid, and each change is a version that says who and how many orders', async () => {
      const first = await earning();
      expect([first.current, first.versions.length]).to.deep.equal([1, 1]);
      expect(first.versions[0]!.rule).to.deep.include({ version: 1, ...plain });
      const shopper = await server.shopper();
      await server.order(shopper, [{ sku: TEA, quantity: 1 }]);
      expect(await points(shopper)).to.equal(168);
      expect(await save({ ratePoints: 3, rateAmount: 200 })).to.equal(2);
      await server.order(shopper, [{ sku: TEA, quantity: 1 }]);
      expect(await points(shopper)).to.equal(168 + 252);
      const { versions, current } = await earning();
      expect([current, versions.map(({ rule, orders }) => [rule.version, orders]), versions[0]!.actor]).to.deep.equal([2, [[2, 1], [1, 1]], 'staff:Automation']);
      const story = await shopper.must<Story>('GET', '/api/storefront/points/explanation');
      expect(story.lots.map(({ got, order }) => [got, order?.rule]).sort()).to.deep.equal([[168, 1], [252, 2]]);
      const late = await admin.send<{ code: string }>('PUT', '/api/admin/earning/rule', { ...await draft(), basedOn: 1 });
      expect([late.status, late.body.code]).to.deep.equal([409, 'GX_EARN_RULE_CHANGED']);
    });

    it('takes back by the rule that an order was earned under, to the last point, whatever the rules say by then', async () => {
      await save({ ...plain, ratePoints: 7, rateAmount: 1000 });
      const shopper = await server.shopper();
      const order = await server.order(shopper, [{ sku: TEA, quantity: 3 }]);
      expect(await points(shopper)).to.equal(352);
      await save({ ...plain, ratePoints: 1, rateAmount: 10_000 });
      const left: number[] = [];
      for (let n = 0; n < 3; n++) { await server.refund(order.id, [{ sku: TEA, quantity: 1 }]); left.push(await points(shopper)); }
      expect(left).to.deep.equal([352 - 117, 352 - 235, 0]);
      await save(plain);
    });

    it('holds from its start to its end; before and after it the earlier version does', async () => {
      const { now } = server.context();
      await save({ ...plain, ratePoints: 5, startsAt: now + DAY, endsAt: now + 2 * DAY });
      const earned: number[] = [];
      for (let day = 0; day < 3; day++) {
        const shopper = await server.shopper();
        await server.order(shopper, [{ sku: TEA, quantity: 1 }]);
        earned.push(await points(shopper));
        await server.advance('P1D');
      }
      expect(earned).to.deep.equal([168, 840, 168]);
      const wrong = await admin.send<{ code: string }>('PUT', '/api/admin/earning/rule', await draft({ startsAt: null, endsAt: now }));
      expect([wrong.status, wrong.body.code]).to.deep.equal([422, 'GX_EARN_DATES']);
      await save(plain);
    });

    it('multiplies by the person\'s tier and the best campaign for each line, five times at most, and the order keeps both', async () => {
      const shopper = await server.shopper();
      await tier(shopper, 15_000);
      await admin.must('POST', '/api/admin/earning/campaigns', campaign({ goods: { skus: [TEA], types: [] } }));
      await admin.must('POST', '/api/admin/earning/campaigns', campaign({ basisPoints: 15_000, title: { en: 'All', 'zh-CN': '全店' }, goods: { skus: [TEA, CANDLE], types: [] } }));
      expect(await preview(shopper, `${TEA}:1,${CANDLE}:1`)).to.deep.equal({
        points: 794, returnDays: 7, lines: [{ sku: TEA, points: 504 }, { sku: CANDLE, points: 290 }], multipliers: [{ times: 1.5, label: '金卡' }, { times: 2, label: '茶叶周' }, { times: 1.5, label: '全店' }],
      });
      const order = await server.order(shopper, [{ sku: TEA, quantity: 1 }, { sku: CANDLE, quantity: 1 }]);
      expect(await points(shopper)).to.equal(794);
      await tier(shopper, 10_000);
      expect((await shopper.must<Preview>('GET', `/api/storefront/points/preview?lines=${TEA}:1`, undefined, { headers: { 'accept-language': 'en' } })).multipliers[0]).to.deep.equal({ times: 2, label: 'Tea days' });
      await server.refund(order.id, [{ sku: CANDLE, quantity: 1 }]);
      expect(await points(shopper)).to.equal(504);
      await tier(shopper, 50_000);
      const rich = await preview(shopper, `${TEA}:1`);
      expect(rich.points).to.equal(840);
      expect((await preview(server.visitor(), `${TEA}:1:10000`)).points).to.equal(200);
    });

    it('goes on without a multiplier that fails or answers nonsense, or whose module is switched off', async () => {
      const earned = async (): Promise<number> => { const shopper = await server.shopper(); await tier(shopper, 20_000); await server.order(shopper, [{ sku: CANDLE, quantity: 1 }]); return points(shopper); };
      for (const answer of [() => { throw new Error('out of luck'); }, () => ({ basisPoints: 1e9, label: { en: 'x', 'zh-CN': 'x' } }), () => ({ basisPoints: 0.1, label: { en: 'x', 'zh-CN': 'x' } })]) {
        luck.answer = answer;
        expect(await earned()).to.equal(387);
      }
      luck.answer = () => undefined;
      await admin.must('POST', '/api/admin/installs/tiers/disable', {});
      expect(await preview(await server.shopper(), `${CANDLE}:1`)).to.deep.include({ points: 193 });
      await admin.must('POST', '/api/admin/installs/tiers/enable', {});
    });

    it('lets a campaign that has begun end earlier, but neither change nor go', async () => {
      const running = campaign({ title: { en: 'Now', 'zh-CN': '现在' } }) as { startsAt: number };
      const { id, startsAt } = await admin.must<{ id: string; startsAt: number }>('POST', '/api/admin/earning/campaigns', running);
      await server.advance('PT1H');
      const change = async (what: object): Promise<[number, string | undefined]> => { const { status, body } = await admin.send<{ code?: string }>('PUT', `/api/admin/earning/campaigns/${id}`, { ...running, startsAt, ...what }); return [status, body.code]; };
      expect(await change({ basisPoints: 50_000 })).to.deep.equal([409, 'GX_EARN_CAMPAIGN_RUNS']);
      expect((await admin.send<{ code: string }>('DELETE', `/api/admin/earning/campaigns/${id}`)).body.code).to.equal('GX_EARN_CAMPAIGN_RUNS');
      const { now } = server.context();
      expect((await change({ endsAt: startsAt + 1 }))[0]).to.equal(200);
      expect((await earning()).campaigns.find((each) => each.id === id)!.endsAt).to.be.within(now, server.context().now);
      expect((await change({ endsAt: now + DAY }))[1]).to.equal('GX_EARN_CAMPAIGN_RUNS');
      const later = await admin.must<{ id: string }>('POST', '/api/admin/earning/campaigns', campaign({ startsAt: now + DAY }));
      expect((await admin.send('PUT', `/api/admin/earning/campaigns/${later.id}`, campaign({ startsAt: now + 2 * DAY, basisPoints: 30_000 }))).status).to.equal(200);
      expect((await admin.send('DELETE', `/api/admin/earning/campaigns/${later.id}`)).status).to.equal(204);
    });

    it('simulates a rule on the orders of a period: points then and now, their cost, weeks, the orders that change most, and a safe file', async () => {
      const mean = await server.shopper({ name: '=HYPERLINK("http://evil")' });
      await server.order(mean, [{ sku: TEA, quantity: 2 }]);
      const { today } = await earning(), { rule } = await draft({ ...plain, ratePoints: 2 });
      const period = { from: addDays(today, -60), to: today };
      const run = (changed: object): Promise<Simulation> => admin.must('POST', '/api/admin/earning/simulations', { rule: { ...rule, ...changed }, ...period });
      const double = await run({});
      expect(double.orders).to.be.greaterThan(5);
      expect(double.before.points).to.equal(double.booked);
      expect(double.after.cost).to.equal(double.after.points);
      expect(double.weeks.reduce((sum, week) => sum + week.after, 0)).to.equal(double.after.points);
      expect(double.weeks.reduce((sum, week) => sum + week.before, 0)).to.equal(double.before.points);
      const [most, least] = [double.changed[0]!, double.changed.at(-1)!].map(({ before, after }) => Math.abs(after - before));
      expect(most).to.be.at.least(least!);
      const nothing = await run({ minimumOrder: 1_000_000_000 });
      expect([nothing.after, nothing.before.points]).to.deep.equal([{ points: 0, cost: 0 }, double.before.points]);
      const csv = (await admin.send<string>('GET', `/api/admin/earning/simulation.csv?${new URLSearchParams({ ...period, rule: JSON.stringify(rule) }).toString()}`)).body;
      expect(csv.trim().split('\n')).to.have.length(double.orders + 1);
      expect(csv).to.include("'=HYPERLINK").and.not.match(/(^|,)"?=HYPERLINK/m);
    });

    it('refuses what makes no sense at every door, and stores nothing of it', async () => {
      const { basedOn, rule } = await draft();
      const amounts = [-1, 0, 0.1, '1e3', '１００', null, [1], 2 ** 53];
      const bad = [...amounts.flatMap((each) => [{ ratePoints: each }, { rateAmount: each }, { maxMultiplier: each }]), ...amounts.filter((each) => each !== 0).map((minimumOrder) => ({ minimumOrder })), { rounding: 'sideways' }, { extra: 1 }, { excluded: { skus: ['NO-SUCH'], types: [] } }];
      for (const change of bad) {
        const { status } = await admin.send('PUT', '/api/admin/earning/rule', { basedOn, rule: { ...rule, ...change } });
        expect(status, JSON.stringify(change)).to.equal(422);
      }
      expect((await admin.send('PUT', '/api/admin/earning/rule', `{"basedOn":${basedOn},"rule":${JSON.stringify(rule).replace('"rateAmount":100', '"rateAmount":1e309')}}`)).status).to.equal(422);
      const before = (await earning()).campaigns.length;
      for (const change of [...amounts, 1e6, 14_999, 50_001].map((basisPoints) => ({ basisPoints })).concat([{ endsAt: 1 }, { title: { en: '', 'zh-CN': '茶' } }] as never[])) expect((await admin.send('POST', '/api/admin/earning/campaigns', campaign(change))).status, JSON.stringify(change)).to.equal(422);
      for (const lines of ['', 'A', 'A:0', 'A:-1', 'A:1e3', 'A:1:0.1', 'A:１', 'A:1:9007199254740992', '%E0%A4%A:1', `${'A:1,'.repeat(51)}A:1`]) expect((await server.visitor().get(`/api/storefront/points/preview?lines=${encodeURIComponent(lines)}`)).status, lines).to.equal(422);
      const { today } = await earning();
      expect((await admin.send('POST', '/api/admin/earning/simulations', { rule, from: today, to: addDays(today, 366) })).status).to.equal(422);
      expect((await admin.send('GET', `/api/admin/earning/simulation.csv?rule=%7B&from=${today}&to=${today}`)).status).to.equal(422);
      const { versions, campaigns } = await earning();
      expect([versions[0]!.rule.version, campaigns.length]).to.deep.equal([basedOn, before]);
    });
  });
}
