import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { HttpClient, onEachServer, type Shopper, type TestServer } from '../../kit/index.js';
import { allHeard } from '../../kit/all-heard.js';
import { issueShopperToken } from '../../../server/http/shopper-token.js';
import type { ShopContext } from '../../../server/plugin-api/index.js';
import { ADMIN, answer, available, complete, publish, rules, SHOP, shown, type ShownSurvey } from './survey-fixture.js';

interface Results { readonly totals: { readonly started: number; readonly completed: number; readonly given: number } }

onEachServer('people in surveys', {}, (server) => {
  before(() => server().install('questionnaires'));
  afterEach(() => server().integrity());

  /** Tells the modules what the core tells them when a guest signs in. */
  async function merge(from: Shopper, into: Shopper): Promise<void> {
    await server().services.outbox.emit(server().context(), 'customer.merged', { personId: from.personId, into: into.personId });
    // A look that the running dispatcher has begun may still hold the event when the drain ends.
    for (let tries = 0; tries < 100 && (await held(from)) > 0; tries++) { await server().drain(); await sleep(20); }
  }
  const held = async (who: Shopper): Promise<number> => (await who.must<{ items: ShownSurvey[] }>('GET', `${SHOP}/surveys`)).items.filter(({ progress }) => progress.state !== 'new').length;
  const results = async (survey: string): Promise<Results> => (await server().admin()).must<Results>('GET', `${ADMIN}/surveys/${survey}/results`);

  it('forgets the answers of a person who is erased', async () => {
    const survey = await publish(server());
    const [member, other] = [await server().shopper(), await server().shopper()];
    await answer(member, survey, { answers: { ...complete, words: 'my secret' } });
    await answer(other, survey, { answers: complete });
    await server().services.privacy.erasePerson(server().context(), member.personId ?? '');
    await server().drain();
    expect((await results(survey)).totals).to.deep.equal({ started: 1, completed: 1, given: 50 });
    const csv = await (await server().admin()).get<string>(`${ADMIN}/answers.csv?survey=${survey}`);
    expect(csv.body).to.contain(other.personId ?? 'x').and.not.to.contain('my secret').and.not.to.contain(member.personId ?? 'x');
  });

  it('brings a guest\'s answers to the member, with the points a guest could not hold', async () => {
    const survey = await publish(server(), rules({ rewardPoints: 400 }));
    const [guest, member] = [await server().guest(), await server().shopper()];
    await answer(guest, survey, { answers: complete });
    await merge(guest, member);
    expect((await shown(member, survey))?.progress).to.deep.include({ state: 'completed', answers: { ...complete, some: ['a', 'c'] }, reward: { points: 400, state: 'given' } });
    expect(await available(member)).to.equal(400);
    await server().services.outbox.emit(server().context(), 'customer.merged', { personId: guest.personId, into: member.personId });
    await server().drain();
    expect(await available(member)).to.equal(400);
  });

  it('rewards one person once for one survey, also when both halves had answered it', async () => {
    const survey = await publish(server());
    const [guest, member] = [await server().guest(), await server().shopper()];
    await answer(guest, survey, { answers: complete });
    await answer(member, survey, { answers: { ...complete, nps: 1 } });
    await merge(guest, member);
    expect((await available(guest)) + (await available(member))).to.equal(50);
    expect((await shown(member, survey))?.progress.answers['nps']).to.equal(1);
    expect((await results(survey)).totals).to.deep.equal({ started: 1, completed: 1, given: 50 });
  });

  it('keeps the finished half when the other had only begun', async () => {
    const survey = await publish(server());
    const [guest, member] = [await server().guest(), await server().shopper()];
    await answer(member, survey, { questionId: 'nps', value: 2 });
    await answer(guest, survey, { answers: complete });
    await merge(guest, member);
    expect((await shown(member, survey))?.progress).to.deep.include({ state: 'completed', reward: { points: 50, state: 'given' } });
    expect((await results(survey)).totals.started).to.equal(1);
  });

  it('gives both their own answers back when they are two again, whoever is told twice', async () => {
    const [both, moved, better, later] = [await publish(server()), await publish(server()), await publish(server()), await publish(server())];
    const [one, two] = [await server().shopper(), await server().shopper()], { merging, outbox } = server().services;
    for (const [who, survey, answers] of [[one, both, { ...complete, nps: 3 }], [two, both, complete], [one, moved, { nps: 7 }], [one, better, complete], [two, better, { nps: 1 }]] as const) await answer(who, survey, { answers });
    const merged = await merging.merge(server().context(), one.personId ?? '', two.personId ?? '');
    await allHeard(server());
    expect([await available(two), (await results(both)).totals], 'one person is rewarded once').to.deep.equal([100, { started: 1, completed: 1, given: 50 }]);
    expect((await shown(two, better))?.progress.answers['nps']).to.equal(9);
    await answer(two, moved, { answers: { one: 'a' } });
    await answer(two, later, { answers: { nps: 5 } });
    await merging.split(server().context(), merged!.mergeId);
    for (const told of [1, 2]) {
      await allHeard(server());
      const of = async (who: Shopper): Promise<unknown[]> => Promise.all([both, moved, better, later].map(async (survey) => { const { state, answers, reward } = (await shown(who, survey))!.progress; return [state, answers['nps'], answers['one'], reward.state]; }));
      expect(await of(one), `told ${told} times`).to.deep.equal([['completed', 3, 'b', 'given'], ['partial', 7, 'a', 'none'], ['completed', 9, 'b', 'given'], ['new', undefined, undefined, 'none']]);
      expect(await of(two), `told ${told} times`).to.deep.equal([['completed', 9, 'b', 'given'], ['new', undefined, undefined, 'none'], ['partial', 1, undefined, 'none'], ['partial', 5, undefined, 'none']]);
      expect([await available(one), await available(two), (await results(both)).totals]).to.deep.equal([100, 50, { started: 2, completed: 2, given: 100 }]);
      await outbox.emit(server().context(), 'customer.split', { personId: one.personId, into: two.personId });
    }
    const again = await merging.merge(server().context(), one.personId ?? '', two.personId ?? '');
    await allHeard(server());
    expect([await available(two), (await results(both)).totals.given], 'one again').to.deep.equal([100, 50]);
    await merging.split(server().context(), again!.mergeId);
    await allHeard(server());
    expect([await available(one), await available(two)], 'and two again').to.deep.equal([100, 50]);
  });

  it('says what became of a reward that was checked first', async () => {
    const survey = await publish(server()), admin = await server().admin();
    const pair = [await server().shopper(), await server().shopper()] as const;
    for (const each of pair) {
      await server().services.risk.note(server().context(), each.personId ?? '', { device: 'a-shared-tablet', address: '3 Survey Lane' });
    }
    for (const each of pair) expect((await answer(each, survey, { answers: complete })).body.reward).to.deep.equal({ points: 50, state: 'held' });
    expect((await results(survey)).totals.given).to.equal(0);
    const { items } = await admin.must<{ items: { grantId: string; personId: string }[] }>('GET', '/api/admin/risk');
    const held = (who: Shopper): string => items.find(({ personId }) => personId === who.personId)!.grantId;
    await admin.must('POST', `/api/admin/risk/held/${held(pair[0])}/release`, {});
    await admin.must('POST', `/api/admin/risk/held/${held(pair[1])}/refuse`, { reason: 'Looks odd' });
    await allHeard(server());
    expect(await Promise.all(pair.map(async (each) => (await shown(each, survey))?.progress.reward.state))).to.deep.equal(['given', 'denied']);
    expect((await answer(pair[1], survey, { answers: complete })).body.reward.state, 'not given by answering again').to.equal('denied');
    expect([await Promise.all(pair.map(available)), (await results(survey)).totals.given]).to.deep.equal([[50, 0], 50]);
  });

  it('shows on a customer\'s timeline what was answered', async () => {
    const survey = await publish(server());
    const member = await server().shopper();
    await answer(member, survey, { answers: complete });
    const { items } = await (await server().admin()).must<{ items: { title: { en: string; 'zh-CN': string } | string }[] }>('GET', `/api/admin/customers/${member.personId ?? ''}/timeline`);
    expect(JSON.stringify(items)).to.contain('How was it?');
  });

  it('keeps two shops apart', async () => {
    const survey = await publish(server());
    const member = await server().shopper();
    await answer(member, survey, { answers: complete });
    const stranger = await guestOfAnotherShop(server());
    expect((await stranger.must<{ items: unknown[] }>('GET', `${SHOP}/surveys`)).items).to.deep.equal([]);
    expect((await stranger.post(`${SHOP}/surveys/${survey}/answers`, { answers: complete })).status).to.equal(404);
    expect((await stranger.post(`${SHOP}/surveys/${survey}/complete`, {})).status).to.equal(404);
    expect((await results(survey)).totals.started).to.equal(1);
  });
});

async function guestOfAnotherShop(server: TestServer): Promise<HttpClient> {
  const { shops, installs, customers, secrets, clock } = server.services;
  const shop = await shops.ensure({ key: 'other', platform: 'demo', name: 'Other', zone: 'UTC', dayStartHour: 0, currency: 'EUR', locale: 'en' }, clock.now());
  const ctx: ShopContext = { ...server.context(), shop };
  await installs.install(ctx, 'questionnaires', ['db', 'activities', 'grants', 'events.emit']);
  if (!installs.isEnabled(shop.id, 'questionnaires')) await installs.enable(ctx, 'questionnaires');
  const guest = await customers.createGuest(ctx);
  return new HttpClient(server.url, issueShopperToken(secrets.key('shopper-bearer'), { shop: shop.id, person: guest.id, guest: true, exp: Date.now() + 3_600_000 }));
}
