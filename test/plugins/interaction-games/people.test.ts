import { expect } from 'chai';
import { HOUR } from '../../../server/plugin-api/index.js';
import { allHeard } from '../../kit/all-heard.js';
import { onEachServer, type Shopper } from '../../kit/index.js';

interface Won { readonly state: string; readonly code: string | null }
const GAMES = '/api/admin/plugins/interaction-games/games', SHOP = '/api/storefront/plugins/interaction-games';
const PRICE = 50_000;

onEachServer('two players who become one and two again', {}, (server) => {
  before(() => server().install('interaction-games'));
  afterEach(() => server().integrity());

  async function publish(type: string, config: object, more: object = {}): Promise<string> {
    const admin = await server().admin(), { id } = await admin.must<{ id: string }>('POST', GAMES, { type, title: type, config, ...more });
    await admin.must('POST', `${GAMES}/${id}/publish`, {});
    return id;
  }
  async function merge(one: Shopper, two: Shopper): Promise<string> {
    const { mergeId } = (await server().services.merging.merge(server().context(), one.personId ?? '', two.personId ?? ''))!;
    await allHeard(server());
    return mergeId;
  }
  /** Undone, and told twice. */
  async function split(mergeId: string, one: Shopper, two: Shopper): Promise<void> {
    await server().services.merging.split(server().context(), mergeId);
    await server().services.outbox.emit(server().context(), 'customer.split', { personId: one.personId, into: two.personId });
    await allHeard(server());
  }

  it('have their own days of check-in again, and whoever was both keeps the day that came meanwhile', async () => {
    await publish('check-in', { cycle: [1, 2, 3, 4, 5] });
    const [one, two] = [await server().shopper(), await server().shopper()];
    const checkIn = async (who: Shopper): Promise<readonly unknown[]> => { const { streak, again } = await who.must<{ streak: number; again: boolean }>('POST', `${SHOP}/check-ins`, {}); return [streak, again]; };
    for (const who of [one, two]) expect(await checkIn(who)).to.deep.equal([1, false]);
    await server().advance('P1D');
    expect(await checkIn(one)).to.deep.equal([2, false]);
    const merged = await merge(one, two);
    expect(await checkIn(two), 'the other\'s day is theirs').to.deep.equal([2, true]);
    await server().advance('P1D');
    expect(await checkIn(two)).to.deep.equal([3, false]);
    await split(merged, one, two);
    expect([await checkIn(one), await checkIn(two)], 'each goes on from their own days; what was told stays told').to.deep.equal([[3, false], [3, true]]);
    await server().advance('P1D');
    expect([await checkIn(one), await checkIn(two)]).to.deep.equal([[4, false], [2, false]]);
  });

  it('have their own prizes and coupons again, also one that was decided meanwhile', async () => {
    const { clock, products, risk } = server().services, admin = await server().admin();
    const { sku } = (await products.search(server().context(), '', { limit: 1 })).items[0]!;
    const round = (hours: number): Promise<string> => publish('guess-price', {
      sku, price: PRICE, mode: 'exact', tolerance: 100, guesses: 1, hints: false, fallbackPoints: 0, prize: { title: { en: 'Coupon', 'zh-CN': '优惠券' }, kind: 'interaction-games.sale-coupon', amount: 1 }, coupon: { off: 'percent', value: 1_000, saleEndsAt: clock.now() + 900 * HOUR },
    }, { endsAt: clock.now() + hours * HOUR });
    const [one, two] = [await server().shopper(), await server().shopper()];
    const guess = (who: Shopper, id: string): Promise<unknown> => who.must('POST', `${SHOP}/rounds/${id}/guesses`, { amount: PRICE });
    const won = async (who: Shopper, id: string): Promise<Won | null> => (await who.must<{ items: { id: string; result: { won: Won | null } }[] }>('GET', `${SHOP}/rounds`)).items.find((each) => each.id === id)!.result.won;
    const [both, alone] = [await round(1), await round(1)];
    for (const [who, id] of [[one, both], [two, both], [one, alone]] as const) await guess(who, id);
    await server().advance('PT2H');
    const own = { one: [await won(one, both), await won(one, alone)], two: await won(two, both) };
    expect([...own.one, own.two].map((each) => [each?.state, each?.code !== null])).to.deep.equal(Array.from({ length: 3 }, () => ['given', true]));
    for (const each of [one, two]) await risk.note(server().context(), each.personId ?? '', { device: 'a-shared-tablet', address: '9 Guess Road' });
    const [checked, later] = [await round(1), await round(4)];
    await guess(one, checked);
    await server().advance('PT2H');
    expect((await won(one, checked))?.state).to.equal('held');
    const merged = await merge(one, two);
    expect([await won(two, alone), (await won(two, both))?.state, (await won(two, checked))?.state], 'one person has all of it').to.deep.equal([own.one[1], 'given', 'held']);
    const { items } = await admin.must<{ items: { grantId: string; personId: string }[] }>('GET', '/api/admin/risk');
    await admin.must('POST', `/api/admin/risk/held/${items.find(({ personId }) => personId === one.personId)!.grantId}/release`, {});
    await guess(two, later);
    await allHeard(server());
    const given = await won(two, checked);
    expect([given?.state, given?.code !== null]).to.deep.equal(['given', true]);
    await server().advance('PT3H');
    await split(merged, one, two);
    expect([await won(one, both), await won(one, alone), (await won(one, checked))?.state]).to.deep.equal([...own.one, 'given']);
    expect([await won(two, both), await won(two, alone), await won(two, checked)]).to.deep.equal([own.two, null, null]);
    expect([await won(one, later), (await won(two, later))?.state === undefined], 'what was won meanwhile stays').to.deep.equal([null, false]);
    const again = await merge(one, two);
    expect(await won(two, alone)).to.deep.equal(own.one[1]);
    await split(again, one, two);
    expect([await won(one, alone), await won(two, alone)]).to.deep.equal([own.one[1], null]);
  });
});
