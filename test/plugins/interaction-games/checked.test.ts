import { expect } from 'chai';
import { businessDate, HOUR } from '../../../server/plugin-api/index.js';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { allHeard } from '../../kit/all-heard.js';

interface Turn { readonly playId: string; readonly outcome: string; readonly pointsWon: number; readonly given: { readonly notice?: string; readonly code?: string } }
interface Line { readonly id: string; readonly outcome: string; readonly pointsWon: number; readonly checked: string | null }
interface Held { readonly grantId: string; readonly personId: string; readonly source: string }
interface Won { readonly state: string; readonly notice: string | null; readonly code: string | null }

const GAMES = '/api/admin/plugins/interaction-games/games', SHOP = '/api/storefront/plugins/interaction-games', REWARDS = '/api/admin/plugins/coupon-exchange/rewards';
const words = (text: string) => ({ en: text, 'zh-CN': text });

onEachServer('prizes that are checked first', {}, (server) => {
  before(async () => { for (const plugin of ['interaction-games', 'coupon-exchange']) await server().install(plugin); });
  afterEach(() => server().integrity());

  let households = 0;
  /** Two on one tablet at one address: what they win is held for three days. */
  async function household(): Promise<readonly [Shopper, Shopper]> {
    const pair = [await server().shopper(), await server().shopper()] as const, n = households++;
    for (const each of pair) await server().services.risk.note(server().context(), each.personId ?? '', { device: `tablet-${n}`, address: `${n + 1} Huaihai Road` });
    return pair;
  }
  async function publish(type: string, config: object, more: object = {}): Promise<string> {
    const admin = await server().admin(), { id } = await admin.must<{ id: string }>('POST', GAMES, { type, title: type, config, ...more });
    await admin.must('POST', `${GAMES}/${id}/publish`, {});
    return id;
  }
  async function couponReward(more: object = {}): Promise<string> {
    const admin = await server().admin();
    const { id } = await admin.must<{ id: string }>('POST', REWARDS, { title: words('Five off'), kind: 'amount', discount: 500, minimum: 0, cost: 30, stock: 9, perPerson: 1, validDays: 30, ...more });
    await admin.must('POST', `${REWARDS}/${id}/publish`, {});
    return id;
  }
  /** Cannot be used, and so not be given, from tomorrow on. */
  const closesToday = (): object => ({ lastUseOn: businessDate(server().context().shop, server().context().now) });
  const wheel = (prize: object, quantity: number, fallbackPoints: number): Promise<string> =>
    publish('wheel', { prizes: [{ title: words('Prize'), amount: 1, quantity, ...prize }], blanks: 0, freePerDay: 2, costPerTry: 0, paidPerDay: 0, guarantee: null, fallbackPoints });
  const play = (who: Shopper, game: string): Promise<Turn> => who.must<Turn>('POST', `${SHOP}/activities/${game}/plays`, {});
  const plays = async (game: string): Promise<ReadonlyMap<string, Line>> => new Map((await (await server().admin()).must<{ items: Line[] }>('GET', `${GAMES}/${game}/plays`)).items.map((each) => [each.id, each]));
  const balance = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
  const heldOf = async (who: Shopper): Promise<readonly Held[]> => (await (await server().admin()).must<{ items: Held[] }>('GET', '/api/admin/risk')).items.filter(({ personId }) => personId === who.personId);
  /** What staff say of everything that waits for somebody. */
  async function decide(who: Shopper, give: boolean): Promise<void> {
    for (const { grantId } of await heldOf(who)) await (await server().admin()).must('POST', `/api/admin/risk/held/${grantId}/${give ? 'release' : 'refuse'}`, give ? {} : { reason: 'Looks odd' });
    await allHeard(server());
  }
  const told = ({ outcome, pointsWon, checked }: Line): readonly unknown[] => [outcome, pointsWon, checked];

  it('stand with a turn of the wheel: given, refused, with points instead, or with nothing', async () => {
    const admin = await server().admin(), closing = await couponReward(closesToday());
    const [points, coupon, consoled, bare] = [await wheel({ kind: 'points', amount: 10 }, 5, 3), await wheel({ kind: 'coupon-exchange.coupon', ref: await couponReward() }, 5, 3), await wheel({ kind: 'coupon-exchange.coupon', ref: closing }, 5, 3), await wheel({ kind: 'coupon-exchange.coupon', ref: closing }, 1, 0)];
    const [kept, lost] = await household();
    const games = [points, coupon, consoled, bare], turns = { kept: [] as Turn[], lost: [] as Turn[] };
    for (const game of games) turns.kept.push(await play(kept, game));
    for (const game of [points, coupon]) turns.lost.push(await play(lost, game));
    expect([...turns.kept, ...turns.lost].every(({ outcome, given }) => outcome === 'won' && given.notice !== undefined && given.code === undefined)).to.equal(true);
    expect(told((await plays(points)).get(turns.kept[0]!.playId)!), 'while it is checked').to.deep.equal(['won', 10, 'held']);
    await server().advance('P1D');
    await decide(lost, false);
    await decide(kept, true);
    const lines = await Promise.all(games.map(plays));
    expect(turns.kept.map(({ playId }, at) => told(lines[at]!.get(playId)!))).to.deep.equal([['won', 10, 'given'], ['won', 0, 'given'], ['fallback', 3, 'instead'], ['fallback', 0, 'over']]);
    const mine = async (who: Shopper, game: string): Promise<readonly unknown[]> => (await who.must<{ items: Line[] }>('GET', `${SHOP}/activities/${game}/plays`)).items.map(told);
    expect([await mine(kept, consoled), await mine(lost, points), await mine(lost, bare)], 'the shopper reads it too, and nothing of others').to.deep.equal([[['fallback', 3, 'instead']], [['won', 0, 'refused']], []]);
    expect(turns.lost.map(({ playId }, at) => told(lines[at]!.get(playId)!))).to.deep.equal([['won', 0, 'refused'], ['won', 0, 'refused']]);
    expect([await balance(kept), await balance(lost)], 'one consolation, in place of the prize').to.deep.equal([13, 0]);
    expect((await kept.must<{ items: unknown[] }>('GET', '/api/storefront/plugins/coupon-exchange/redemptions')).items).to.have.length(1);
    const csv = String((await admin.get<string>(`/api/admin/plugins/interaction-games/plays.csv?game=${points}`)).body);
    expect(csv).to.match(new RegExp(`${turns.lost[0]!.playId}.*refused`));
    const { items } = await admin.must<{ items: { plugin: string; title: { en: string } }[] }>('GET', `/api/admin/customers/${lost.personId ?? ''}/timeline`);
    expect(items.filter(({ plugin }) => plugin === 'interaction-games').map(({ title }) => title.en)).to.deep.equal(Array.from({ length: 2 }, () => 'Played the wheel; the prize was refused after a check'));
    const report = await admin.must<{ totals: { won: number; given: number }; prizes: { remaining: number }[] }>('GET', `${GAMES}/${consoled}`);
    expect([report.totals.won, report.totals.given, report.prizes[0]!.remaining]).to.deep.equal([0, 3, 4]);
  });

  it('stand with a consolation that is itself checked, once, and with a day\'s check-in', async () => {
    const admin = await server().admin(), game = await wheel({ kind: 'points', amount: 10 }, 5, 4);
    await publish('check-in', { cycle: [6] });
    await admin.must('POST', '/api/admin/budgets', { scope: game, unit: 'points', period: 'total', ceiling: 5, softPercent: 80, startsAt: 0, useRate: 10_000, unitCost: 0 });
    const [one, two] = await household();
    const turns = [await play(one, game), await play(two, game)];
    for (const turn of turns) expect([turn.outcome, turn.pointsWon, turn.given.notice === undefined]).to.deep.equal(['fallback', 4, false]);
    const checkIn = (who: Shopper) => who.must<{ earned: number; again: boolean; notice?: string }>('POST', `${SHOP}/check-ins`, {});
    for (const who of [one, two]) expect(await checkIn(who)).to.deep.include({ earned: 6, again: false }).and.to.have.property('notice');
    await decide(two, false);
    await server().advance('P4D');
    await allHeard(server());
    const lines = await plays(game);
    expect(turns.map(({ playId }) => told(lines.get(playId)!))).to.deep.equal([['fallback', 4, 'given'], ['fallback', 0, 'refused']]);
    expect([await balance(one), await balance(two)]).to.deep.equal([10, 0]);
    const [checkIns] = (await admin.must<{ items: { id: string; type: string }[] }>('GET', GAMES)).items.filter(({ type }) => type.endsWith('check-in'));
    expect([...(await plays(checkIns!.id)).values()].map(({ pointsWon }) => pointsWon).sort()).to.deep.equal([0, 6]);
  });

  it('wait for a wheel that is paused, and give the consolation for tries of one that is over', async () => {
    const admin = await server().admin(), other = await wheel({ kind: 'points', amount: 1 }, 5, 0), game = await wheel({ kind: 'interaction-games.tries', ref: other, amount: 2 }, 5, 3);
    const [one, two] = await household(), turns = [await play(one, game), await play(two, game)];
    expect(turns.every(({ given }) => given.notice !== undefined)).to.equal(true);
    const release = async (who: Shopper): Promise<{ readonly status: number; readonly body: { readonly code: string } }> => admin.post<{ code: string }>(`/api/admin/risk/held/${(await heldOf(who))[0]!.grantId}/release`, {});
    await admin.must('POST', `${GAMES}/${other}/pause`, {});
    expect((await release(one)).body.code).to.equal('GX_HELD_UNAVAILABLE');
    await admin.must('POST', `${GAMES}/${other}/resume`, {});
    expect((await release(one)).status).to.be.within(200, 299);
    await admin.must('POST', `${GAMES}/${other}/end`, {});
    await server().advance('P1D');
    expect((await release(two)).status).to.be.within(200, 299);
    await allHeard(server());
    const lines = await plays(game);
    expect(turns.map(({ playId }) => told(lines.get(playId)!))).to.deep.equal([['won', 0, 'given'], ['fallback', 3, 'instead']]);
    expect([await balance(one), await balance(two)]).to.deep.equal([0, 3]);
  });

  it('stand with whoever guessed right, with the code of the coupon', async () => {
    const { clock, products } = server().services, admin = await server().admin();
    const { sku } = (await products.search(server().context(), '', { limit: 1 })).items[0]!;
    const guessing = (kind: string, ref?: string): Promise<string> => publish('guess-price', {
      sku, price: 50_000, mode: 'exact', tolerance: 100, guesses: 1, hints: false, coupon: null, fallbackPoints: 7, prize: { title: words('Prize'), kind, amount: kind === 'points' ? 100 : 1, ...(ref === undefined ? {} : { ref }) },
    }, { endsAt: clock.now() + 2 * HOUR });
    const closing = await couponReward(closesToday());
    const rounds = [await guessing('points'), await guessing('coupon-exchange.coupon', await couponReward()), await guessing('coupon-exchange.coupon', closing)];
    const [kept, lost] = await household();
    for (const round of rounds) for (const who of [kept, lost]) await who.must('POST', `${SHOP}/rounds/${round}/guesses`, { amount: 50_000 });
    await server().advance('PT3H');
    const won = async (who: Shopper): Promise<(readonly unknown[])[]> => {
      const { items } = await who.must<{ items: { id: string; result: { won: Won } }[] }>('GET', `${SHOP}/rounds`);
      return rounds.map((round) => items.find(({ id }) => id === round)!.result.won).map(({ state, notice, code }) => [state, notice !== null, code !== null]);
    };
    expect(await won(kept)).to.deep.equal([['held', true, false], ['held', true, false], ['held', true, false]]);
    await server().advance('P1D');
    await decide(kept, true);
    await decide(lost, false);
    expect(await won(kept)).to.deep.equal([['given', false, false], ['given', false, true], ['fallback', false, false]]);
    expect(await won(lost)).to.deep.equal([['refused', false, false], ['refused', false, false], ['refused', false, false]]);
    expect([await balance(kept), await balance(lost)]).to.deep.equal([107, 0]);
    const { items } = await admin.must<{ items: { state: string }[] }>('GET', `/api/admin/plugins/interaction-games/rounds/${rounds[0]!}/winners`);
    expect(items.map(({ state }) => state).sort()).to.deep.equal(['given', 'refused']);
    await server().advance('P2D');
    expect(await balance(lost), 'and nothing is tried again').to.equal(0);
  });
});
