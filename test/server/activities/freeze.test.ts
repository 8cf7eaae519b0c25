import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { DAY, statement } from '../../../server/plugin-api/index.js';
import { onEachServer } from '../../kit/index.js';

interface Change { readonly field: string; readonly direction: string; readonly label: { readonly en: string; readonly 'zh-CN': string }; readonly before: { readonly en: string }; readonly after: { readonly en: string } }
interface Problem { readonly code: string; readonly detail: string; readonly changes: readonly Change[]; readonly missing: readonly string[] }
interface Shown { readonly id: string; readonly state: string; readonly config: Record<string, unknown>; readonly sheets: readonly { readonly version: number; readonly hash: string; readonly changes: readonly Change[] }[]; readonly adjustable: readonly { readonly field: string; readonly value: number }[]; readonly settlement: { readonly figures: readonly { readonly name: string; readonly value: number }[]; readonly returned: readonly object[] } | null; readonly versions: readonly { readonly change: string }[] }

const GAMES = '/api/admin/plugins/interaction-games/games';
const SURVEYS = '/api/admin/plugins/questionnaires/surveys';
const points = (amount: number, quantity: number) => ({ title: { en: `${amount} points`, 'zh-CN': `${amount} 积分` }, kind: 'points', amount, quantity });
const wheel = (more: object = {}) => ({ prizes: [points(10, 20), points(100, 5)], blanks: 75, freePerDay: 1, costPerTry: 20, paidPerDay: 2, guarantee: null, fallbackPoints: 5, ...more });
const asked = { id: 'like', kind: 'single', title: { en: 'Which?', 'zh-CN': '哪个？' }, required: true, options: [{ id: 'a', title: { en: 'A', 'zh-CN': '甲' } }, { id: 'b', title: { en: 'B', 'zh-CN': '乙' } }] };

onEachServer('rule freeze', {}, (server) => {
  before(async () => { await server().install('interaction-games'); await server().install('questionnaires'); });
  afterEach(() => server().integrity());

  const admin = () => server().admin();
  const one = async (id: string): Promise<Shown> => (await admin()).must('GET', `/api/admin/activities/${id}`);
  const revise = async (id: string, change: object, path = 'revision') => (await admin()).post<Problem & { changes: readonly Change[] }>(`/api/admin/activities/${id}/${path}`, change);
  const publish = async (path: string, body: object): Promise<string> => {
    const { id } = await (await admin()).must<{ id: string }>('POST', path, { title: 'Spring', ...body });
    await (await admin()).must('POST', `${path}/${id}/publish`, {});
    return id;
  };

  const cases: readonly (readonly [string, object, string | undefined])[] = [
    ['fewer grand prizes', wheel({ prizes: [points(10, 20), points(100, 4)] }), 'prizes.1.quantity'], ['more blanks', wheel({ blanks: 76 }), 'prizes.0.quantity'],
    ['more small prizes, which make the grand one rarer', wheel({ prizes: [points(10, 120), points(100, 5)] }), 'prizes.1.quantity'], ['a smaller prize', wheel({ prizes: [points(9, 20), points(100, 5)] }), 'prizes.0.amount'],
    ['a dearer try', wheel({ costPerTry: 21 }), 'costPerTry'], ['no tries for points', wheel({ costPerTry: 0 }), 'costPerTry'], ['fewer tries for points', wheel({ paidPerDay: 1 }), 'paidPerDay'], ['fewer free tries', wheel({ freePerDay: 0 }), 'freePerDay'],
    ['less consolation', wheel({ fallbackPoints: 4 }), 'fallbackPoints'], ['another kind of prize', wheel({ prizes: [points(10, 20), { ...points(100, 5), kind: 'coupon-exchange.coupon', ref: 'x' }] }), 'prizes.1'],
    ['another wording alone', wheel({ prizes: [points(10, 20), { ...points(100, 5), title: { en: 'A car', 'zh-CN': '汽车' } }] }), 'prizes.1'], ['a prize left out', wheel({ prizes: [points(10, 25)] }), 'prizes.1'],
    ['more stock in place of blanks', wheel({ prizes: [points(10, 30), points(100, 6)], blanks: 64 }), undefined], ['a better prize', wheel({ prizes: [points(10, 20), points(200, 5)] }), undefined],
    ['fewer blanks', wheel({ blanks: 10 }), undefined], ['a cheaper try', wheel({ costPerTry: 1 }), undefined], ['more tries', wheel({ freePerDay: 3, paidPerDay: 5 }), undefined], ['a guarantee', wheel({ guarantee: { byTry: 2, prize: 0, quantity: 5 } }), undefined],
    ['twice of everything', wheel({ prizes: [points(10, 40), points(100, 10)], blanks: 150 }), undefined],
  ];
  it('refuses a live wheel whatever is worse for shoppers, naming field, before and after, and takes what is better (E19)', async () => {
    for (const [what, config, field] of cases) {
      const id = await publish(GAMES, { type: 'wheel', config: wheel() });
      const before = await one(id);
      const answer = await revise(id, { config });
      if (field === undefined) { expect(answer.status, `${what}: ${answer.body.detail}`).to.equal(200); expect((await one(id)).config, what).to.deep.equal(config); continue; }
      expect([answer.status, answer.body.code], what).to.deep.equal([422, 'GX_ACTIVITY_UNFAVOURABLE']);
      const found = answer.body.changes.find((change) => change.field === field);
      expect(found, `${what}: ${JSON.stringify(answer.body.changes)}`).to.not.equal(undefined);
      expect(found!.direction).to.be.oneOf(['worse', 'unclear']);
      expect(answer.body.detail).to.include(found!.before.en).and.to.include(found!.after.en);
      expect(await one(id), what).to.deep.equal(before);
    }
  });

  it('puts more into what is left of the deck, and gives out exactly what it says then', async function () {
    this.timeout(60_000);
    const id = await publish(GAMES, { type: 'wheel', config: wheel({ prizes: [points(10, 2)], blanks: 28, freePerDay: 1, costPerTry: 0, paidPerDay: 0 }) });
    const play = async (): Promise<string> => (await (await server().guest()).post<{ outcome: string }>(`/api/storefront/plugins/interaction-games/activities/${id}/plays`, {})).body.outcome;
    const outcomes = [await play(), await play(), await play()];
    await (await admin()).must('POST', `/api/admin/activities/${id}/revision`, { config: wheel({ prizes: [points(10, 10), points(50, 1)], blanks: 9, freePerDay: 1, costPerTry: 0, paidPerDay: 0 }) });
    for (let left = 17; left > 0; left--) outcomes.push(await play());
    expect(outcomes.filter((each) => each === 'won')).to.have.length(11);
    expect((await (await server().guest()).post(`/api/storefront/plugins/interaction-games/activities/${id}/plays`, {})).status).to.equal(409);
  });

  it('cannot take out more blanks than are left', async () => {
    const id = await publish(GAMES, { type: 'wheel', config: wheel({ prizes: [points(10, 1)], blanks: 3, costPerTry: 0, paidPerDay: 0 }) });
    for (let n = 0; n < 3; n++) await (await server().guest()).post(`/api/storefront/plugins/interaction-games/activities/${id}/plays`, {});
    expect((await revise(id, { config: wheel({ prizes: [points(10, 1)], blanks: 0, costPerTry: 0, paidPerDay: 0 }) })).body.code).to.equal('GX_DECK_DRAWN');
  });

  it('holds for check-ins and surveys too', async () => {
    const checkIn = await publish(GAMES, { type: 'check-in', config: { cycle: [5, 5, 10] } });
    for (const cycle of [[5, 5, 9], [5, 5], [5, 5, 10, 5]]) expect((await revise(checkIn, { config: { cycle } })).body.code, cycle.join()).to.equal('GX_ACTIVITY_UNFAVOURABLE');
    for (const cycle of [[5, 6, 10], [10, 10], [10, 10, 20]]) expect((await revise(checkIn, { config: { cycle } })).status, cycle.join()).to.equal(200);
    await (await admin()).must('POST', `${GAMES}/${checkIn}/end`, {});
    const survey = await publish(SURVEYS, { config: { questions: [asked], rewardPoints: 20 } });
    const config = (await one(survey)).config as { questions: object[] };
    for (const worse of [{ ...config, rewardPoints: 19 }, { ...config, questions: [...config.questions, { ...asked, id: 'more' }] }]) expect((await revise(survey, { config: worse })).body.code).to.equal('GX_ACTIVITY_UNFAVOURABLE');
    expect((await revise(survey, { config: { ...config, rewardPoints: 30, questions: [{ ...config.questions[0], required: false }] } })).status).to.equal(200);
    expect((await revise(survey, { config: (await one(survey)).config })).body.code).to.equal('GX_ACTIVITY_UNCHANGED');
  });

  it('moves the end later only, and says how each change would be before it is saved', async () => {
    const end = Date.now() + 900 * DAY;
    const id = await publish(GAMES, { type: 'wheel', config: wheel(), endsAt: end });
    expect((await revise(id, { endsAt: end - DAY })).body.changes.map(({ field, direction }) => [field, direction])).to.deep.equal([['endsAt', 'worse']]);
    const preview = await revise(id, { endsAt: end + DAY, config: wheel({ costPerTry: 30 }) }, 'revision/preview');
    expect(preview.body.changes.map(({ field, direction }) => [field, direction])).to.deep.equal([['endsAt', 'better'], ['costPerTry', 'worse']]);
    expect((await revise(id, { endsAt: null })).status).to.equal(200);
    expect((await one(id)).sheets[0]!.changes[0]).to.deep.include({ field: 'endsAt', direction: 'better' });
    for (const endsAt of [-1, 0.1, 2 ** 53, '1e3', '１２', [], true]) expect((await revise(id, { endsAt })).status, String(endsAt)).to.equal(422);
  });

  it('publishes a sheet that anybody can check, version by version, on a page in both languages', async () => {
    const id = await publish(GAMES, { type: 'wheel', config: wheel() });
    await (await admin()).must('POST', `/api/admin/activities/${id}/revision`, { config: wheel({ costPerTry: 10 }) });
    const { sheets } = await one(id);
    expect(sheets.map(({ version }) => version)).to.deep.equal([2, 1]);
    for (const { version, hash } of sheets) {
      const text = await (await fetch(`${server().url}/demo/activities/${id}/rules.json?version=${version}`)).text();
      expect(createHash('sha256').update(text).digest('hex')).to.equal(hash);
      expect(JSON.parse(text)).to.deep.include({ activity: id, version, cost: version === 1 ? { en: '1 free try a day; each further one costs 20 points.', 'zh-CN': '每天免费 1 次，之后每次 20 积分。' } : { en: '1 free try a day; each further one costs 10 points.', 'zh-CN': '每天免费 1 次，之后每次 10 积分。' } });
    }
    for (const [lang, words] of [['en', ['Shanlan Tea Co., Ltd.', '20 / 100 = 20.000 %', 'Points for a further try', 'Version 1']], ['zh-CN', ['山岚茶业有限公司', '主办方', '额外次数所需积分', '第 1 版']]] as const) {
      const page = await fetch(`${server().url}/activities/${id}/rules?lang=${lang}`);
      const text = await page.text();
      expect(page.status).to.equal(200);
      for (const word of [...words, sheets[0]!.hash]) expect(text).to.include(word);
    }
    expect(await (await fetch(`${server().url}/demo/activities/${id}/rules?version=1&lang=en`)).text()).to.include('no longer holds').and.to.include(sheets[1]!.hash);
    for (const wrong of [`${id}/rules?version=9`, 'nothing/rules', '%E0%A4%A/rules']) expect((await fetch(`${server().url}/demo/activities/${wrong}`)).status, wrong).to.equal(404);
  });

  it('tells shoppers publicly why it is paused, and the audit who did what', async () => {
    const id = await publish(GAMES, { type: 'wheel', config: wheel() });
    const client = await admin();
    await client.must('POST', `/api/admin/activities/${id}/pause`, { notice: { en: 'We check a complaint & will be <back>.', 'zh-CN': '' } });
    expect(await (await fetch(`${server().url}/demo/activities/${id}/rules?lang=zh-CN`)).text()).to.include('活动暂停').and.to.include('We check a complaint &amp; will be &lt;back&gt;.');
    await client.must('POST', `/api/admin/activities/${id}/resume`, {});
    expect(await (await fetch(`${server().url}/demo/activities/${id}/rules?lang=en`)).text()).to.not.include('We check');
    const { items } = await client.must<{ items: { action: string; detail: { notice?: object } }[] }>('GET', `/api/admin/audit?target=activity:${id}`);
    expect(items.map(({ action }) => action)).to.deep.equal(['activity.resume', 'activity.pause', 'activity.publish', 'activity.create']);
  });

  it('publishes no draw before somebody answers for it, and says where to name them', async () => {
    const client = await admin();
    const said = await client.must<object>('GET', '/api/admin/organiser');
    await server().services.store.write(server().context(), (unit) => unit.run(statement('DELETE FROM shop_organiser WHERE shop_id = :shop')));
    const { id } = await client.must<{ id: string }>('POST', GAMES, { type: 'wheel', title: 'Spring', config: wheel() });
    const answer = await client.post<Problem & { page: string }>(`${GAMES}/${id}/publish`, {});
    expect([answer.status, (await one(id)).state]).to.deep.equal([422, 'draft']);
    expect(answer.body.code).to.be.oneOf(['GX_SHEET_INCOMPLETE', 'GX_ACTIVITY_BLOCKED']);
    expect((await client.get<Problem & { page: string }>(`/api/admin/activities/${id}/sheet`)).body).to.deep.include({ code: 'GX_SHEET_INCOMPLETE', page: '/settings', missing: ['organiser.legalName', 'organiser.contact'] });
    for (const legalName of ['', '  ', 1, null, 'x'.repeat(201)]) expect((await client.send('PUT', '/api/admin/organiser', { contact: 'a', complaints: '', legalName })).status, String(legalName)).to.equal(422);
    await client.must('PUT', '/api/admin/organiser', said);
    await client.must('POST', `${GAMES}/${id}/publish`, {});
  });

  it('settles what is over: takes back what was not won, keeps the numbers, archives after two years', async () => {
    const id = await publish(GAMES, { type: 'wheel', config: wheel() });
    await (await server().guest()).post(`/api/storefront/plugins/interaction-games/activities/${id}/plays`, {});
    await (await admin()).must('POST', `${GAMES}/${id}/end`, {});
    const ctx = server().context();
    await server().services.settlements.settleDue({ ...ctx, now: ctx.now + 1 });
    const settled = await one(id);
    expect(settled.state).to.equal('settled');
    const figures = Object.fromEntries(settled.settlement!.figures.map(({ name, value }) => [name, value]));
    expect(figures).to.deep.include({ plays: 1, players: 1, tickets: 99 });
    expect(settled.versions[0]!.change).to.equal('settle');
    await server().services.settlements.settleDue({ ...ctx, now: ctx.now + 729 * DAY });
    expect((await one(id)).state).to.equal('settled');
    await server().services.settlements.settleDue({ ...ctx, now: ctx.now + 732 * DAY });
    expect((await one(id)).state).to.equal('archived');
    expect((await fetch(`${server().url}/demo/activities/${id}/rules`)).status).to.equal(200);
    const listed = async (query: string): Promise<boolean> => (await (await admin()).must<{ items: { id: string }[] }>('GET', `/api/admin/activities${query}`)).items.some((each) => each.id === id);
    expect([await listed(''), await listed('?state=archived')]).to.deep.equal([false, true]);
  });

  it('keeps public rules and final numbers when the module goes with its data', async () => {
    const id = await publish(GAMES, { type: 'wheel', config: wheel() });
    const { hash } = (await one(id)).sheets[0]!;
    await (await admin()).must('DELETE', '/api/admin/installs/interaction-games');
    expect((await server().services.purges.purge(server().context(), 'interaction-games')).rows).to.include.keys('activity').and.to.not.include.keys('publication_sheet', 'activity_settlement');
    expect((await (await admin()).get(`/api/admin/activities/${id}`)).status).to.equal(404);
    expect(await (await fetch(`${server().url}/demo/activities/${id}/rules?lang=en`)).text()).to.include('No longer offered').and.to.include(hash);
    expect(createHash('sha256').update(await (await fetch(`${server().url}/demo/activities/${id}/rules.json`)).text()).digest('hex')).to.equal(hash);
  });
});
