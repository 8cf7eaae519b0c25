import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';
import { answer, available, complete, publish, rules, SHOP, shown, words, type Progress } from './survey-fixture.js';

onEachServer('answering surveys', {}, (server) => {
  before(() => server().install('questionnaires'));
  afterEach(() => server().integrity());

  it('saves answers one by one, completes with the last required one and gives the points once', async () => {
    const survey = await publish(server());
    const member = await server().shopper();
    const states: string[] = [];
    for (const [questionId, value] of Object.entries(complete)) {
      const { status, body } = await answer(member, survey, { questionId, value });
      expect(status).to.equal(200);
      states.push(`${body.state} ${body.answered}/${body.total} ${body.reward.state}`);
    }
    expect(states).to.deep.equal(['partial 1/5 none', 'partial 2/5 none', 'partial 3/5 none', 'completed 4/5 given']);
    expect(await available(member)).to.equal(50);
    expect((await answer(member, survey, { questionId: 'words', value: '很好' })).body).to.deep.include({ state: 'completed', answered: 5 });
    expect((await answer(member, survey, { questionId: 'nps', value: 0 })).body.reward).to.deep.equal({ points: 50, state: 'given' });
    expect(await available(member)).to.equal(50);
  });

  it('rewards once under 20 parallel completions, whatever was answered', async () => {
    const survey = await publish(server());
    const members = [await server().shopper(), await server().shopper()];
    for (const [at, member] of members.entries()) {
      const answers = { ...complete, nps: at ? 0 : 10, stars: at ? 1 : 5 };
      const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? answer(member, survey, { answers }) : answer(member, survey, { answers, complete: true }))));
      expect(new Set(replies.map(({ status, body }) => `${status} ${body.state} ${body.reward.points} ${body.reward.state}`))).to.deep.equal(new Set(['200 completed 50 given']));
      expect(await available(member)).to.equal(50);
    }
  });

  it('goes on where the person stopped, after a reload', async () => {
    const survey = await publish(server());
    const guest = await server().guest();
    await answer(guest, survey, { questionId: 'nps', value: 7 });
    await answer(guest, survey, { questionId: 'some', value: ['c', 'a'] });
    expect((await shown(guest, survey))?.progress).to.deep.equal({ state: 'partial', answers: { nps: 7, some: ['a', 'c'] }, reward: { points: 50, state: 'none' } });
    await answer(guest, survey, { questionId: 'nps', value: 8 });
    await answer(guest, survey, { answers: { one: 'a', stars: 3 } });
    expect((await shown(guest, survey))?.progress).to.deep.include({ state: 'completed', answers: { nps: 8, some: ['a', 'c'], one: 'a', stars: 3 } });
    const fresh = await server().visitor().must<{ items: { id: string; progress: { state: string } }[] }>('GET', `${SHOP}/surveys`);
    expect(fresh.items.find(({ id }) => id === survey)?.progress.state).to.equal('new');
  });

  it('waits with completing when asked to, and refuses to complete what is not', async () => {
    const survey = await publish(server());
    const member = await server().shopper();
    expect((await answer(member, survey, { answers: complete, complete: false })).body.state).to.equal('partial');
    const other = await server().shopper();
    const early = await answer(other, survey, { questionId: 'nps', value: 5, complete: true });
    expect(early).to.deep.include({ status: 422 });
    expect(early.body.code).to.equal('GX_SURVEY_INCOMPLETE');
    expect(early.body.missing).to.deep.equal(['one', 'some', 'stars']);
    expect((await shown(other, survey))?.progress.state).to.equal('new');
    expect((await other.post<Progress>(`${SHOP}/surveys/${survey}/complete`, {})).status).to.equal(422);
    expect((await member.post<Progress>(`${SHOP}/surveys/${survey}/complete`, {})).body).to.deep.include({ state: 'completed' });
    expect(await available(member)).to.equal(50);
    expect(await available(other)).to.equal(0);
  });

  it('refuses wrong answers with 422 and writes nothing', async () => {
    const survey = await publish(server());
    const guest = await server().guest();
    const wrong: readonly [string, unknown][] = [
      ['nps', 11], ['nps', -1], ['nps', 3.5], ['nps', '9'], ['nps', null], ['nps', true], ['one', 'd'], ['one', ['a']], ['one', ''], ['one', { id: 'a' }], ['some', 'a'], ['some', ['a', 'a']], ['some', ['a', 'b', 'c']],
      ['some', ['z']], ['some', [['a']]], ['some', []], ['stars', 0], ['stars', 6], ['words', 5], ['words', 'x'.repeat(2001)], ['words', ['a']], ['nobody', 1], ['constructor', 1], ['__proto__', 1],
    ];
    for (const [questionId, value] of wrong) {
      const single = await answer(guest, survey, { questionId, value });
      expect(single.status, `${questionId} ${JSON.stringify(value)}`).to.equal(422);
      expect(single.body.code).to.match(/^GX_/);
      // A prototype is no field of a document: it is left out before anything is checked.
      if (questionId === '__proto__') continue;
      const text = `{"answers": {"words": "hello", ${JSON.stringify(questionId)}: ${JSON.stringify(value)}}}`;
      expect((await guest.send('POST', `${SHOP}/surveys/${survey}/answers`, text)).status, text).to.equal(422);
    }
    for (const body of [{}, { value: 3 }, { answers: {} }, { questionId: 5, value: 3 }, { answers: [] }, { questionId: 'nps', value: 3, more: 1 }, { questionId: 'nps', value: 3, complete: 'yes' }]) {
      expect((await answer(guest, survey, body)).status, JSON.stringify(body)).to.equal(422);
    }
    expect((await guest.send('POST', `${SHOP}/surveys/${survey}/answers`, '{"questionId":')).status).to.equal(400);
    expect((await answer(guest, 'no-such-survey', { questionId: 'nps', value: 3 })).status).to.equal(404);
    expect((await server().visitor().post(`${SHOP}/surveys/${survey}/answers`, { questionId: 'nps', value: 3 })).status).to.equal(401);
    expect((await shown(guest, survey))?.progress).to.deep.include({ state: 'new', answers: {} });
  });

  it('takes an optional answer back, keeps text as it was written and drops control characters', async () => {
    const survey = await publish(server());
    const guest = await server().guest();
    const text = '<img src=x onerror=alert(1)> "引号" \\ 😀\nline two';
    await answer(guest, survey, { questionId: 'words', value: ` ${text}\u0000\u0007 ` });
    expect((await shown(guest, survey))?.progress.answers['words']).to.equal(text);
    expect((await answer(guest, survey, { questionId: 'words', value: null })).body.answered).to.equal(0);
    expect((await shown(guest, survey))?.progress.answers).to.deep.equal({});
  });

  it('completes a survey without required questions when all are answered, or when asked', async () => {
    const questions = [{ id: 'a', kind: 'rating', title: words('A', '甲'), required: false }, { id: 'b', kind: 'text', title: words('B', '乙'), required: false }];
    const survey = await publish(server(), rules({ questions, rewardPoints: 0 }));
    const [first, second] = [await server().guest(), await server().guest()];
    expect((await answer(first, survey, { questionId: 'a', value: 5 })).body.state).to.equal('partial');
    expect((await answer(first, survey, { questionId: 'b', value: 'fine' })).body).to.deep.include({ state: 'completed', reward: { points: 0, state: 'none' } });
    expect((await second.post(`${SHOP}/surveys/${survey}/complete`, {})).status).to.equal(422);
    expect((await answer(second, survey, { questionId: 'a', value: 5, complete: true })).body.state).to.equal('completed');
  });

  it('takes no answers while paused or after the end, and says so', async () => {
    const survey = await publish(server());
    const admin = await server().admin();
    const guest = await server().guest();
    await answer(guest, survey, { questionId: 'nps', value: 3 });
    const move = (action: string) => admin.must('POST', `/api/admin/plugins/questionnaires/surveys/${survey}/${action}`, {});
    await move('pause');
    expect((await answer(guest, survey, { questionId: 'nps', value: 4 })).body.code).to.equal('GX_SURVEY_CLOSED');
    expect(await shown(guest, survey)).to.equal(undefined);
    await move('resume');
    expect((await shown(guest, survey))?.progress.answers).to.deep.equal({ nps: 3 });
    await server().advance('PT1S');
    await move('end');
    expect((await answer(guest, survey, { questionId: 'nps', value: 4 })).body.code).to.equal('GX_SURVEY_CLOSED');
  });

  it('keeps a guest\'s answers when the points are more than a guest can hold', async () => {
    const survey = await publish(server(), rules({ rewardPoints: 301 }));
    const guest = await server().guest();
    expect((await answer(guest, survey, { answers: complete })).body).to.deep.include({ state: 'completed', reward: { points: 301, state: 'waiting' } });
    expect(await available(guest)).to.equal(0);
    expect((await shown(guest, survey))?.progress).to.deep.include({ state: 'completed', reward: { points: 301, state: 'waiting' } });
    expect((await guest.post<Progress>(`${SHOP}/surveys/${survey}/complete`, {})).body.reward.state).to.equal('waiting');
  });

  it('answers a repeated request with what it answered first', async () => {
    const survey = await publish(server());
    const member = await server().shopper();
    const send = () => member.post<Progress>(`${SHOP}/surveys/${survey}/answers`, { answers: complete }, { key: 'one-submission-1' });
    const replies = await Promise.all(Array.from({ length: 8 }, send));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    expect(replies.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).to.have.length(7);
  });
});
