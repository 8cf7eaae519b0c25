import { expect } from 'chai';
import fc from 'fast-check';
import { nps } from '../../../plugins/questionnaires/surveys/nps.js';
import { onEachServer } from '../../kit/index.js';
import { ADMIN, answer, complete, publish, rules, words } from './survey-fixture.js';

interface Result { readonly id: string; readonly answers: number; readonly tooFew: boolean; readonly average: number | null; readonly options: { id: string; n: number }[]; readonly scores: { score: number; n: number }[]; readonly nps: { n: number; score: number | null; margin: number | null } | null }
interface Results { readonly totals: { started: number; completed: number; given: number }; readonly questions: Result[]; readonly byDay: { date: string; n: number }[] }

const spread = (promoters: number, passives: number, detractors: number): number[] => [detractors, 0, 0, 0, 0, 0, 0, passives, 0, promoters, 0];

describe('net promoter score', () => {
  it('is the mean of +100, 0 and −100, with 1.96 standard errors of that mean to each side', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 30, maxLength: 400 }), (given) => {
      const counts = Array.from({ length: 11 }, (_, score) => given.filter((each) => each === score).length);
      const points = given.map<number>((each) => (each >= 9 ? 100 : each <= 6 ? -100 : 0));
      const mean = points.reduce((sum, each) => sum + each, 0) / points.length;
      const variance = points.reduce((sum, each) => sum + (each - mean) ** 2, 0) / points.length;
      const result = nps(counts);
      expect(result.n).to.equal(given.length);
      expect(result.score).to.be.closeTo(mean, 1e-9);
      expect(result.margin).to.be.closeTo(1.959964 * Math.sqrt(variance / points.length), 1e-6);
      expect(result.low).to.be.at.least(-100).and.at.most(result.score ?? 0);
      expect(result.high).to.be.at.most(100).and.at.least(result.score ?? 0);
    }));
  });

  it('says nothing below 30 answers, and is right at the edge', () => {
    fc.assert(fc.property(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), (promoters, passives, detractors) => {
      expect(nps(spread(promoters, passives, detractors))).to.deep.include({ n: promoters + passives + detractors, promoters, passives, detractors, score: null, margin: null, low: null, high: null });
    }));
    expect(nps(spread(30, 0, 0))).to.include({ score: 100, margin: 0 });
  });

  it('narrows with the root of the answers, as the tables say', () => {
    const margin = (n: number): number => nps(spread(n * 0.45, n * 0.35, n * 0.2)).margin ?? 0;
    expect(margin(60)).to.be.closeTo(19.4, 0.1);
    expect(margin(200)).to.be.closeTo(10.6, 0.1);
    expect(margin(1000)).to.be.closeTo(4.8, 0.1);
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), (times) => { expect(margin(100 * times * times) * times).to.be.closeTo(margin(100), 1e-9); }));
  });
});

onEachServer('survey results', {}, (server) => {
  before(() => server().install('questionnaires'));

  const results = async (survey: string): Promise<Results> => (await server().admin()).must<Results>('GET', `${ADMIN}/surveys/${survey}/results`);

  it('counts every kind of answer, and has a score only from 30 answers on', async function () {
    this.timeout(60_000);
    const survey = await publish(server());
    const people = await Promise.all(Array.from({ length: 30 }, () => server().guest()));
    for (const [at, who] of people.slice(0, 29).entries()) {
      await answer(who, survey, { answers: { nps: at % 2 ? 10 : 3, one: at % 3 ? 'a' : 'b', some: at % 2 ? ['b', 'a'] : ['a'], stars: 1 + (at % 5), ...(at < 3 ? { words: `text ${at}` } : {}) } });
    }
    const before = await results(survey);
    expect(before.questions[0]).to.deep.include({ answers: 29, tooFew: true });
    expect(before.questions[0]?.nps).to.include({ score: null, margin: null });
    await answer(people[29]!, survey, { questionId: 'nps', value: 8 });
    const { totals, questions, byDay } = await results(survey);
    expect(totals).to.deep.equal({ started: 30, completed: 29, given: 29 * 50 });
    expect(byDay.map(({ n }) => n)).to.deep.equal([29]);
    const [score, one, some, stars, text] = questions;
    expect(score).to.deep.include({ answers: 30, tooFew: false });
    expect(score?.nps).to.deep.include({ n: 30, promoters: 14, passives: 1, detractors: 15 });
    expect(score?.nps?.score).to.be.closeTo(-100 / 30, 1e-9);
    expect(one?.options.map(({ n }) => n)).to.deep.equal([19, 10, 0]);
    expect(some?.options.map(({ n }) => n)).to.deep.equal([29, 14, 0]);
    expect(stars?.scores.map(({ n }) => n)).to.deep.equal([6, 6, 6, 6, 5]);
    expect(stars?.average).to.be.closeTo((6 + 12 + 18 + 24 + 25) / 29, 1e-9);
    expect(text?.answers).to.equal(3);
  });

  it('lists texts newest first, page by page, and finds words in them', async () => {
    const survey = await publish(server());
    for (const value of ['first tea', '第二条 tea', 'third = coffee']) { await answer(await server().guest(), survey, { questionId: 'words', value }); await server().advance('PT1M'); }
    const admin = await server().admin();
    const list = (query: string) => admin.must<{ items: { text: string }[]; next?: string }>('GET', `${ADMIN}/surveys/${survey}/texts?question=words${query}`);
    expect((await list('')).items.map(({ text }) => text)).to.deep.equal(['third = coffee', '第二条 tea', 'first tea']);
    const page = await list('&limit=2');
    expect((await list(`&limit=2&cursor=${encodeURIComponent(page.next ?? '')}`)).items.map(({ text }) => text)).to.deep.equal(['first tea']);
    expect((await list(`&search=${encodeURIComponent('第二')}`)).items).to.have.length(1);
    expect((await admin.get(`${ADMIN}/surveys/nope/texts?question=words`)).status).to.equal(404);
  });

  it('exports every answer in the reader\'s words, safe for a spreadsheet', async () => {
    const survey = await publish(server());
    await answer(await server().guest(), survey, { answers: { ...complete, words: '=HYPERLINK("http://x")' } });
    const admin = await server().admin();
    const { body } = await admin.get<string>(`${ADMIN}/answers.csv?survey=${survey}`, { headers: { 'accept-language': 'zh-CN' } });
    const lines = body.trim().split(/\r?\n/);
    expect(lines).to.have.length(6);
    expect(body).to.contain('选项a; 选项c').and.to.contain('会推荐我们吗？');
    expect(body).not.to.match(/(^|,|")=HYPERLINK/m);
    expect((await admin.get(`${ADMIN}/answers.csv?survey=nope`)).status).to.equal(404);
  });
});

onEachServer('building surveys', {}, (server) => {
  before(() => server().install('questionnaires'));

  it('creates, changes, copies, runs and removes, and freezes what shoppers see', async () => {
    const admin = await server().admin();
    const path = `${ADMIN}/surveys`;
    const made = await admin.post<{ id: string; state: string; config: { questions: { required: boolean; options: unknown[] }[] } }>(path, { title: 'First', config: rules() });
    expect(made).to.deep.include({ status: 201 });
    expect(made.body.state).to.equal('draft');
    const { id } = made.body;
    expect((await admin.put<{ title: string }>(`${path}/${id}`, { title: 'Second', config: rules({ rewardPoints: 0 }) })).body.title).to.equal('Second');
    expect((await admin.post<{ state: string }>(`${path}/${id}/publish`)).body.state).to.equal('live');
    expect((await admin.put<{ code: string }>(`${path}/${id}`, { title: 'Third', config: rules() })).body.code).to.equal('GX_ACTIVITY_FROZEN');
    expect((await admin.delete(`${path}/${id}`)).status).to.equal(409);
    const copy = await admin.post<{ id: string; state: string }>(`${path}/${id}/duplicate`);
    expect(copy.body.state).to.equal('draft');
    expect((await admin.delete(`${path}/${copy.body.id}`)).status).to.equal(204);
    for (const [action, state] of [['pause', 'paused'], ['resume', 'live']] as const) expect((await admin.post<{ state: string }>(`${path}/${id}/${action}`)).body.state).to.equal(state);
    const { items } = await admin.must<{ items: { id: string; totals: object }[] }>('GET', path);
    expect(items.find((each) => each.id === id)?.totals).to.deep.equal({ started: 0, completed: 0, given: 0 });
    expect((await server().visitor().get(path)).status).to.equal(401);
  });

  it('offers templates that can be published as they are', async () => {
    const { items } = await (await server().admin()).must<{ items: { name: string; config: object }[] }>('GET', `${ADMIN}/templates`);
    expect(items.length).to.be.greaterThan(3);
    for (const { config } of items) await publish(server(), config);
  });

  it('names each field that is wrong and stores nothing', async () => {
    const admin = await server().admin();
    const question = (more: object) => ({ id: 'q', kind: 'rating', title: words('Q', '问'), ...more });
    const options = (n: number) => Array.from({ length: n }, (_, at) => ({ id: `o${at}`, title: words('O', '项') }));
    const wrong: readonly [object, string][] = [
      [rules({ questions: [] }), 'config.questions'],
      [rules({ questions: Array.from({ length: 31 }, (_, at) => question({ id: `q${at}` })) }), 'config.questions'],
      [rules({ questions: [question({}), question({})] }), 'config.questions.1.id'],
      [rules({ questions: [question({ kind: 'single', options: options(1) })] }), 'config.questions.0.options'],
      [rules({ questions: [question({ kind: 'multiple', options: options(13) })] }), 'config.questions.0.options'],
      [rules({ questions: [question({ kind: 'single', options: [...options(2), ...options(1)] })] }), 'config.questions.0.options.2.id'],
      [rules({ questions: [question({ options: options(2) })] }), 'config.questions.0.options'],
      [rules({ questions: [question({ kind: 'matrix' })] }), 'config.questions.0.kind'],
      [rules({ questions: [question({ title: words('', ' ') })] }), 'config.questions.0.title'],
      [rules({ questions: [question({ id: 'a b' })] }), 'config.questions.0.id'],
      [rules({ rewardPoints: -1 }), 'config.rewardPoints'], [rules({ rewardPoints: 1.5 }), 'config.rewardPoints'], [rules({ surprise: 1 }), 'config.surprise'],
    ];
    const count = async (): Promise<number> => (await admin.must<{ items: unknown[] }>('GET', `${ADMIN}/surveys`)).items.length;
    const before = await count();
    for (const [config, field] of wrong) {
      const { status, body } = await admin.post<{ code: string; fields: Record<string, string> }>(`${ADMIN}/surveys`, { title: 'Wrong', config });
      expect(status, field).to.equal(422);
      expect(Object.keys(body.fields), JSON.stringify(body)).to.include(field);
    }
    expect(await count()).to.equal(before);
  });
});
