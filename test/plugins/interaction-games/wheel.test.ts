import { expect } from 'chai';
import { request } from 'node:http';
import { onEachServer, type Shopper, type TestServer } from '../../kit/index.js';

interface Game { readonly id: string; readonly state: string }
interface Play { readonly playId: string; readonly at: number; readonly playNo: number; readonly outcome: string; readonly prize: number | null; readonly cost: number; readonly pointsWon: number; readonly triesLeft: { readonly free: number; readonly paid: number } }
interface Problem { readonly code: string }

const GAMES = '/api/admin/plugins/interaction-games/games';
const points = (amount: number, quantity: number) => ({ title: { en: `${amount} points`, 'zh-CN': `${amount} 积分` }, kind: 'points', amount, quantity });
const rules = (more: object = {}) => ({ prizes: [points(10, 10)], blanks: 190, freePerDay: 1, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints: 0, ...more });

async function publish(server: TestServer, config: object, more: object = {}): Promise<string> {
  const admin = await server.admin();
  const { id } = await admin.must<Game>('POST', GAMES, { type: 'wheel', title: 'Wheel', config, ...more });
  await admin.must('POST', `${GAMES}/${id}/publish`, {});
  return id;
}
const play = (who: Shopper, game: string, key?: string) => who.post<Play & Problem>(`/api/storefront/plugins/interaction-games/activities/${game}/plays`, {}, key ? { key } : {});
/** A wheel whose one prize others have drawn, with so many tickets left at least. */
async function onlyBlanksLeft(server: TestServer, config: ReturnType<typeof rules>, tickets: number): Promise<string> {
  for (;;) {
    const game = await publish(server, config);
    let drawn = 1;
    while ((await play(await server.guest(), game)).body.outcome !== 'won') drawn += 1;
    if (config.blanks + 1 - drawn >= tickets) return game;
  }
}

onEachServer('lottery wheel', {}, (server) => {
  before(() => server().install('interaction-games'));
  afterEach(() => server().integrity());

  it('gives exactly 10 of 200 players in one rush one of its 10 prizes', async function () {
    this.timeout(60_000);
    const game = await publish(server(), rules());
    const players = await Promise.all(Array.from({ length: 200 }, () => server().guest()));
    const answers = await Promise.all(players.map((player) => play(player, game)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 200 }, () => 200));
    expect(answers.filter(({ body }) => body.outcome === 'won')).to.have.length(10);
    expect(await play(await server().guest(), game)).to.deep.include({ status: 409 });
    const report = await (await server().admin()).must<{ totals: { plays: number; won: number; given: number }; prizes: { remaining: number }[]; deck: { drawn: number } }>('GET', `${GAMES}/${game}`);
    expect(report.totals).to.include({ plays: 200, won: 10, given: 100 });
    expect(report.prizes[0]?.remaining).to.equal(0);
    expect(report.deck.drawn).to.equal(200);
  });

  it('E8: gives the last prize to exactly one of two who draw it at once; the other gets the substitute and a receipt with the time', async () => {
    const admin = await server().admin();
    await server().install('coupon-exchange');
    const rewards = '/api/admin/plugins/coupon-exchange/rewards';
    const { id: last } = await admin.must<{ id: string }>('POST', rewards, { title: { en: 'Five off', 'zh-CN': '减五元' }, kind: 'amount', discount: 500, minimum: 0, cost: 30, stock: 1, perPerson: 1, validDays: 30 });
    await admin.must('POST', `${rewards}/${last}/publish`, {});
    // Every ticket wins, and one coupon is left.
    const game = await publish(server(), rules({ prizes: [{ title: { en: 'Coupon', 'zh-CN': '优惠券' }, kind: 'coupon-exchange.coupon', ref: last, amount: 1, quantity: 2 }], blanks: 0, fallbackPoints: 7 }));
    const pair = await Promise.all([server().shopper(), server().shopper()]);
    const from = server().services.clock.now();
    const answers = (await Promise.all(pair.map((shopper) => play(shopper, game)))).map(({ body }) => body);
    expect(answers.map(({ outcome }) => outcome).sort()).to.deep.equal(['fallback', 'won']);
    const other = answers.findIndex(({ outcome }) => outcome === 'fallback');
    expect(answers[other]).to.include({ pointsWon: 7, prize: 0 });
    expect(answers[other]!.at).to.be.within(from, server().services.clock.now());
    const balance = async (shopper: Shopper): Promise<number> => (await shopper.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
    expect(await Promise.all(pair.map(balance))).to.deep.equal(other === 0 ? [7, 0] : [0, 7]);
    const { items } = await admin.must<{ items: { outcome: string; at: number; personId: string }[] }>('GET', `${GAMES}/${game}/plays`);
    expect(items.find(({ outcome }) => outcome === 'fallback')).to.include({ at: answers[other]!.at, personId: pair[other]!.personId });
  });

  it('E9: returns the same ticket at the same cost when the network broke after the draw', async () => {
    const game = await publish(server(), rules({ prizes: [points(10, 50)], blanks: 150, freePerDay: 0, costPerTry: 20, paidPerDay: 5 }));
    const member = await server().shopper(), path = `/api/storefront/plugins/interaction-games/activities/${game}/plays`;
    await (await server().admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 100, reason: 'for the test' });
    const drawn = async (): Promise<number> => (await (await server().admin()).must<{ deck: { drawn: number } }>('GET', `${GAMES}/${game}`)).deck.drawn;
    const { hostname, port } = new URL(server().url);
    // The line is cut as soon as the request is on its way; the answer reaches nobody.
    await new Promise<void>((resolve) => {
      const cut = request({ hostname, port, path, method: 'POST', headers: { authorization: `Bearer ${member.bearer ?? ''}`, 'idempotency-key': 'broken-line-01', 'content-type': 'application/json' } });
      cut.on('error', () => { resolve(); });
      cut.end('{}', () => { setImmediate(() => { cut.destroy(new Error('the line broke')); }); });
    });
    while (await drawn() === 0) await new Promise(setImmediate);
    const first = await play(member, game, 'broken-line-01'), again = await play(member, game, 'broken-line-01');
    expect(first.headers.get('idempotency-replayed')).to.equal('true');
    expect(again.body).to.deep.equal(first.body);
    expect(first.body).to.include({ playNo: 1, cost: 20 });
    expect(await drawn()).to.equal(1);
    expect((await member.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(80 + first.body.pointsWon);
  });

  it('returns the same ticket and takes nothing twice when a request is repeated', async () => {
    const game = await publish(server(), rules({ freePerDay: 5 }));
    const player = await server().guest();
    const answers = await Promise.all(Array.from({ length: 20 }, () => play(player, game, 'one-wish-0001')));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).to.have.length(19);
    expect((await play(player, game)).body.triesLeft.free).to.equal(3);
  });

  it('charges the tries beyond the free ones and stops at the limit, whatever the crowd', async () => {
    const game = await publish(server(), rules({ prizes: [points(1, 1)], blanks: 500, freePerDay: 2, costPerTry: 20, paidPerDay: 3 }));
    const member = await server().shopper();
    await (await server().admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 50, reason: 'for the test' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => play(member, game)));
    const done = answers.filter(({ status }) => status === 200);
    // 50 points pay for two tries of 20; the other ten find the limit or an empty purse.
    expect(done.map(({ body }) => body.cost).sort()).to.deep.equal([0, 0, 20, 20]);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).to.deep.equal(new Set(['GX_TOO_FEW_POINTS']));
    const won = done.reduce((sum, { body }) => sum + body.pointsWon, 0);
    expect((await member.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available).to.equal(10 + won);
    expect((await play(member, game)).status).to.equal(409);
  });

  it('lets a newcomer win by the promised try', async () => {
    const game = await publish(server(), rules({ prizes: [points(30, 1)], blanks: 400, freePerDay: 2, guarantee: { byTry: 2, prize: 0, quantity: 20 } }));
    for (const player of await Promise.all(Array.from({ length: 8 }, () => server().guest()))) {
      const outcomes = [(await play(player, game)).body.outcome, (await play(player, game)).body.outcome];
      expect(outcomes).to.include('won');
    }
  });

  it('gives tries back on the next business date', async () => {
    const game = await publish(server(), rules());
    const player = await server().guest();
    expect((await play(player, game)).status).to.equal(200);
    expect((await play(player, game)).body.code).to.equal('GX_NO_TRIES');
    await server().advance('P1D');
    expect((await play(player, game)).status).to.equal(200);
  });

  it('erases a player\'s counter, and goes on where the record of draws ends', async () => {
    const game = await onlyBlanksLeft(server(), rules({ prizes: [points(5, 1)], blanks: 12, freePerDay: 3 }), 3);
    const player = await server().shopper(), person = player.personId ?? '', { privacy } = server().services;
    const left = async (): Promise<unknown> => (await player.must<{ items: { id: string; triesLeft: { free: number } }[] }>('GET', '/api/storefront/plugins/interaction-games/activities')).items.find(({ id }) => id === game)?.triesLeft.free;
    expect((await play(player, game)).body).to.deep.include({ playNo: 1, triesLeft: { free: 2, paid: 0 } });
    const { data } = await privacy.exportPerson(server().context(), person);
    expect(data['interaction-games']?.['plg_interaction_games_player']?.[0]).to.include({ activity_id: game, plays: 1, day_plays: 1 });
    expect((await privacy.erasePerson(server().context(), person)).erased['interaction-games']).to.include({ plg_interaction_games_player: 1 });
    // Whoever still holds the pass of somebody who is gone does not begin anew, neither in numbers nor in the day's tries.
    expect(await left()).to.equal(2);
    expect((await play(player, game)).body).to.deep.include({ playNo: 2, triesLeft: { free: 1, paid: 0 } });
    expect((await play(player, game)).body).to.deep.include({ playNo: 3, triesLeft: { free: 0, paid: 0 } });
    expect((await play(player, game)).body.code).to.equal('GX_NO_TRIES');
    expect(await left()).to.equal(0);
  });

  it('takes tries along when two become one, and gives each their own back when they are two again', async () => {
    const game = await publish(server(), rules({ freePerDay: 3 }));
    const [one, two] = [await server().shopper(), await server().shopper()], { grants, merging } = server().services;
    const left = async (who: Shopper): Promise<unknown> => (await who.must<{ items: { id: string; triesLeft: { free: number } }[] }>('GET', '/api/storefront/plugins/interaction-games/activities')).items.find(({ id }) => id === game)?.triesLeft.free;
    await play(one, game);
    await grants.grant(server().context(), { personId: one.personId ?? '', reward: { kind: 'interaction-games.tries', amount: 2, ref: game }, source: 'core.gift', causeRef: 'gift', key: 'two-tries' });
    expect([await left(one), await left(two)]).to.deep.equal([4, 3]);
    const merged = await merging.merge(server().context(), one.personId ?? '', two.personId ?? '');
    await server().drain();
    expect(await left(two)).to.equal(4);
    await play(two, game);
    await merging.split(server().context(), merged!.mergeId);
    await server().drain();
    expect([await left(one), await left(two)]).to.deep.equal([4, 2]);
  });

  it('answers only while it is live, and pausing acts at once', async () => {
    const admin = await server().admin();
    const now = server().services.clock.now();
    const later = await publish(server(), rules(), { startsAt: now + 3_600_000, endsAt: now + 7_200_000 });
    const player = await server().guest();
    expect((await play(player, later)).status).to.equal(404);
    await server().advance('PT90M');
    expect((await play(player, later)).status).to.equal(200);
    await admin.must('POST', `${GAMES}/${later}/pause`, {});
    expect((await play(await server().guest(), later)).status).to.equal(404);
    await admin.must('POST', `${GAMES}/${later}/resume`, {});
    expect((await play(await server().guest(), later)).status).to.equal(200);
    await server().advance('PT2H');
    expect((await play(await server().guest(), later)).status).to.equal(404);
  });

  it('refuses rules nobody could play and edits of what is published', async () => {
    const admin = await server().admin();
    const refused = await admin.post<Problem & { fields: Record<string, string> }>(GAMES, { type: 'wheel', title: 'x', config: rules({ freePerDay: 0 }) });
    expect(refused.status).to.equal(422);
    expect(Object.keys(refused.body.fields).join()).to.contain('freePerDay');
    const game = await publish(server(), rules());
    expect((await admin.put<Problem>(`${GAMES}/${game}`, { type: 'wheel', title: 'worse odds', config: rules({ blanks: 9000 }) })).body.code).to.equal('GX_ACTIVITY_FROZEN');
    const copy = await admin.must<Game>('POST', `${GAMES}/${game}/duplicate`, {});
    expect(copy.state).to.equal('draft');
    expect((await admin.delete(`${GAMES}/${copy.id}`)).status).to.equal(204);
  });

  it('holds exactly what is published, however many draw while more is put in', async function () {
    this.timeout(60_000);
    const config = rules({ prizes: [points(1, 30)], blanks: 90, freePerDay: 100 });
    const game = await publish(server(), config), admin = await server().admin();
    const players = await Promise.all(Array.from({ length: 3 }, () => server().guest()));
    const draw = (times: number): Promise<string[]> => Promise.all(Array.from({ length: times }, (_, at) => play(players[at % 3]!, game).then(({ status, body }) => (status === 200 ? body.outcome : 'none'))));
    const more = async (quantity: number): Promise<number> => (await admin.post(`/api/admin/activities/${game}/revision`, { config: { ...config, prizes: [points(1, quantity)] } })).status;
    const [first, ...changed] = await Promise.all([draw(60), more(34), more(38)]);
    const rest = await draw(90), won = [...first, ...rest].filter((outcome) => outcome === 'won').length;
    const { deck, prizes } = await admin.must<{ deck: { size: number; drawn: number }; prizes: { total: number; remaining: number }[] }>('GET', `${GAMES}/${game}`);
    expect(changed).to.include(200);
    expect([won, deck.drawn, prizes[0]!.remaining]).to.deep.equal([prizes[0]!.total, deck.size, 0]);
  });

  it('never shows a shopper where the prizes lie', async () => {
    const game = await publish(server(), rules());
    const { items } = await server().visitor().must<{ items: Record<string, unknown>[] }>('GET', '/api/storefront/plugins/interaction-games/activities');
    const view = items.find(({ id }) => id === game);
    expect(view).to.include({ tickets: 200, ticketsLeft: 200, blanks: 190 });
    expect(JSON.stringify(view)).to.not.match(/---|deck|block/);
  });
});
