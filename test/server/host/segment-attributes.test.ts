import { expect } from 'chai';
import { DAY } from '../../../server/plugin-api/index.js';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { author, MUG, TEA, write } from '../../plugins/reviews-monitor/review-fixture.js';
import { answer, complete, publish } from '../../plugins/questionnaires/survey-fixture.js';

interface Attribute { readonly name: string; readonly plugin: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly kind: string; readonly known: boolean; readonly value: number | boolean | string | null }
const GAMES = '/api/admin/plugins/interaction-games/games';
const prize = { title: { en: '1 point', 'zh-CN': '1 积分' }, kind: 'points', amount: 1, quantity: 50 };
const rules = { prizes: [prize], blanks: 0, freePerDay: 3, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 0 };

onEachServer('what the bundled modules say of a customer', {}, (server) => {
  const plugins = ['reviews-monitor', 'interaction-games', 'questionnaires', 'coupon-exchange'] as const;
  before(async () => { for (const plugin of plugins) await server().install(plugin); });

  const of = async (who: Shopper): Promise<Record<string, Attribute['value']>> => {
    const { items } = await (await server().admin()).must<{ items: Attribute[] }>('GET', `/api/admin/customers/${who.personId ?? ''}/attributes`);
    return Object.fromEntries(items.map((each) => [each.name, each.known ? each.value : 'unknown']));
  };
  const nothing = {
    'reviews-monitor.reviews-written': 0, 'reviews-monitor.average-stars': null, 'interaction-games.plays-90-days': 0, 'interaction-games.check-in-streak': 0,
    'questionnaires.last-nps': null, 'coupon-exchange.coupons-redeemed': 0, 'coupon-exchange.coupons-used': 0,
  };

  it('is listed in both languages', async () => {
    const { items } = await (await server().admin()).must<{ items: Attribute[] }>('GET', '/api/admin/segment-attributes');
    expect(items.map(({ name }) => name)).to.have.members(Object.keys(nothing));
    for (const { title } of items) expect(title['zh-CN']).to.match(/[\u4e00-\u9fff]/);
  });

  it('is nothing for somebody new, and what they did for somebody active', async () => {
    const admin = await server().admin();
    const { who } = await author(server(), TEA, { stars: 5, body: 'Lovely tea, thank you' }, {});
    expect(await of(who)).to.deep.equal({ ...nothing, 'reviews-monitor.reviews-written': 1, 'reviews-monitor.average-stars': 5 });
    await write(who, MUG, { stars: 2, body: 'The handle came off at once' });

    await answer(who, await publish(server()), { answers: { ...complete, nps: 3 } });
    await server().advance('PT1H');
    await answer(who, await publish(server()), { answers: { ...complete, nps: 9 } });

    const start = async (type: string, config: object): Promise<string> => {
      const { id } = await admin.must<{ id: string }>('POST', GAMES, { type, title: type, config });
      await admin.must('POST', `${GAMES}/${id}/publish`, {});
      return id;
    };
    await start('check-in', { cycle: [5, 5, 8] });
    const wheel = await start('wheel', rules);
    const plays = (): Promise<unknown> => who.must('POST', `/api/storefront/plugins/interaction-games/activities/${wheel}/plays`, {});
    await plays(); await plays();
    for (let day = 0; day < 2; day++) {
      if (day) await server().advance('P1D');
      await who.must('POST', '/api/storefront/plugins/interaction-games/check-ins', {});
    }

    const codes: string[] = [];
    for (const en of ['A coupon', 'Another']) {
      const { id } = await admin.must<{ id: string }>('POST', '/api/admin/plugins/coupon-exchange/rewards', { title: { en, 'zh-CN': '券' }, kind: 'amount', discount: 200, minimum: 0, cost: 10, stock: null, perPerson: 5, validDays: 14 });
      await admin.must('POST', `/api/admin/plugins/coupon-exchange/rewards/${id}/publish`, {});
      codes.push((await who.must<{ code: string }>('POST', '/api/storefront/plugins/coupon-exchange/redemptions', { rewardId: id })).code);
    }
    await server().order(who, [{ sku: TEA, quantity: 1 }], [codes[0]!]);

    expect(await of(who)).to.deep.equal({
      'reviews-monitor.reviews-written': 2, 'reviews-monitor.average-stars': 3.5, 'interaction-games.plays-90-days': 2, 'interaction-games.check-in-streak': 2,
      'questionnaires.last-nps': 9, 'coupon-exchange.coupons-redeemed': 2, 'coupon-exchange.coupons-used': 1,
    });
    expect(await of(await server().guest())).to.deep.equal(nothing);
    const ctx = server().context();
    const later = await server().services.segments.values({ ...ctx, now: ctx.now + 91 * DAY }, [who.personId ?? '']);
    expect(Object.fromEntries(later.map(({ attribute, values }) => [attribute.name, values?.get(who.personId ?? '')]))).to.include({ 'interaction-games.plays-90-days': 0, 'interaction-games.check-in-streak': 0, 'reviews-monitor.reviews-written': 2 });
  });

  it('is gone with a module that is switched off', async () => {
    const admin = await server().admin();
    await admin.must('POST', '/api/admin/installs/questionnaires/disable', {});
    expect(await of(await server().guest())).to.not.have.property('questionnaires.last-nps');
    await admin.must('POST', '/api/admin/installs/questionnaires/enable', {});
    expect(await of(await server().guest())).to.have.property('questionnaires.last-nps');
    expect((await admin.get('/api/admin/customers/nobody/attributes')).status).to.equal(404);
  });

  it('belongs to whoever said it first', () => {
    const { segments } = server().services;
    const declared = { name: 'reviews-written', title: { en: 'x', 'zh-CN': '某' }, kind: 'number' } as const;
    expect(() => { segments.register('reviews-monitor', declared, () => Promise.resolve(new Map())); }).to.throw('is registered by "reviews-monitor" already').with.property('code', 'GX_SEGMENT_TAKEN');
  });
});
