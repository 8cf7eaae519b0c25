import { expect } from 'chai';
import { MEMBER_GUESSES } from '../../../server/commerce/code-guessing.js';
import { DAY, MINUTE, newId, statement, type DiscountTerms } from '../../../server/plugin-api/index.js';
import { onEachServer, type HttpClient, type Shopper } from '../../kit/index.js';

interface Why { readonly id: string; readonly used: boolean; readonly amount: number; readonly reason?: string; readonly with: readonly string[]; readonly difference: number }
interface Quote { readonly total: number; readonly discount: number; readonly member: { label: string; saved: number } | null; readonly points: { used: number; worth: number; available: number } | null; readonly codes: readonly { code: string; ok: boolean; amount: number; reason?: string }[]; readonly why: readonly Why[]; readonly lines: readonly { paid: number; memberSaved: number; unitPrice: number }[] }
interface Checkout { readonly id: string; readonly until: number; readonly quote: Quote }
interface Order { readonly id: string; readonly total: number; readonly refundedTotal: number; readonly points: { used: number } | null; readonly lines: readonly { id: string; sku: string; paid: number }[]; readonly refunds: readonly { amount: number; points: number }[] }
interface Returning { readonly amount: number; readonly points: number; readonly notices: readonly { code: string; policy: string; shift: number }[] }

/** ¥168 and ¥59. */
const TEA = { sku: 'TEA-LJ01', quantity: 1 }, MUG = { sku: 'HOM-MG05', quantity: 1 };
const DOCUMENT = statement<{ document: string }>('SELECT document FROM demo_order WHERE shop_id = :shop AND id = :id');
const LOTS = statement<{ id: string; remaining: number }>('SELECT id, remaining FROM lot WHERE shop_id = :shop AND person_id = :person ORDER BY expires_at, id');

onEachServer('open checkout', {}, (server) => {
  const amount = (value: number, minimum = 0, more: Partial<DiscountTerms> = {}): DiscountTerms => ({ kind: 'amount', value, minimum, ...more });
  async function coupon(shopper: Shopper, terms: DiscountTerms, validFor = DAY): Promise<string> {
    const { discounts, store } = server().services, ctx = server().context();
    const code = discounts.generate();
    await store.hot(ctx, code, (inner) => discounts.steps.register(inner, { code, terms, personId: shopper.personId!, expiresAt: inner.now + validFor, owner: 'test', ownerRef: newId() }));
    return code;
  }
  const give = (shopper: Shopper, points: number): Promise<unknown> => server().services.grants.grant(server().context(), { personId: shopper.personId!, reward: { kind: 'points', amount: points }, source: 'core.gift', causeRef: 'test', key: newId() });
  const open = (shopper: HttpClient, body: object): Promise<Checkout> => shopper.must<Checkout>('POST', '/demo/api/checkouts', { lines: [TEA, MUG], ...body });
  const pay = (shopper: HttpClient, checkout: Checkout): Promise<{ order: Order }> => shopper.must('POST', `/demo/api/checkouts/${checkout.id}/pay`, {});
  const points = async (shopper: Shopper): Promise<{ available: number; held: number }> => { const { available, held } = await server().services.ledger.balance(server().context(), shopper.personId!); return { available, held }; };
  before(() => server().install('coupon-exchange'));
  afterEach(() => server().integrity());

  it('takes the best of several coupons and a member price, and says why the others lost', async () => {
    const shopper = await server().shopper();
    const five = await coupon(shopper, amount(500)), twenty = await coupon(shopper, amount(2000, 20_000)), ship = await coupon(shopper, { kind: 'free-shipping', value: 0, minimum: 0 });
    const { memberPrices } = server().services;
    memberPrices.register('coupon-exchange', 'vip', (_ctx, personId) => Promise.resolve(personId === shopper.personId ? { basisPoints: 1000, label: { en: 'VIP price', 'zh-CN': 'VIP 价' } } : undefined));
    try {
      const quote = await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA, MUG], own: true });
      expect(quote).to.deep.include({ total: 22_700 - 2270 - 2000, discount: 4270 });
      expect(quote.member).to.deep.include({ label: 'VIP 价', saved: 2270 });
      expect(quote.why.filter(({ used }) => used).map(({ id, amount: off }) => [id, off])).to.deep.equal([['member:', 2270], [twenty, 2000]]);
      expect(quote.why.find(({ id }) => id === five)).to.deep.include({ used: false, reason: 'stacking', with: [twenty], difference: 1500 });
      expect(quote.why.find(({ id }) => id === ship), 'shipping is free already').to.deep.include({ used: false, reason: 'no-effect' });
      expect((await shopper.must<{ price: object }>('GET', `/demo/api/price/${TEA.sku}`)).price).to.deep.equal({ list: 16_800, yours: 15_120, label: 'VIP 价' });
      expect((await (await server().shopper()).must<{ price: object | null }>('GET', `/demo/api/price/${TEA.sku}`)).price).to.equal(null);
      await server().services.stacking.setFloor(server().context(), TEA.sku, { kind: 'percent', value: 9500 });
      const floored = await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], own: true });
      expect(floored.lines[0]!.paid).to.equal(15_960);
      expect((await shopper.must<{ price: { yours: number } }>('GET', `/demo/api/price/${TEA.sku}`)).price.yours).to.equal(15_960);
    } finally {
      memberPrices.unregister('coupon-exchange');
      await server().services.stacking.setFloor(server().context(), TEA.sku, undefined);
    }
  });

  it('E12: holds a coupon that expires meanwhile for half an hour, and then says what is best instead', async () => {
    const shopper = await server().shopper();
    const five = await coupon(shopper, amount(500)), twenty = await coupon(shopper, amount(2000), 10 * MINUTE);
    const first = await open(shopper, { own: true });
    expect(first.quote.codes.filter((code) => code.amount > 0).map(({ code }) => code)).to.deep.equal([twenty]);
    await server().advance('PT29M');
    expect((await pay(shopper, first)).order.total).to.equal(20_700);
    expect((await pay(shopper, first)).order.total, 'again').to.equal(20_700);

    const short = await coupon(shopper, amount(2000), 10 * MINUTE);
    const late = await open(shopper, { own: true });
    await server().advance('PT20M');
    const again = await open(shopper, { own: true, checkout: late.id });
    expect(again.until, 'an expired coupon is not held for longer').to.equal(late.until);
    await server().advance('PT11M');
    const refusal = await shopper.send('POST', `/demo/api/checkouts/${late.id}/pay`, {});
    expect(refusal.status).to.equal(409);
    expect(refusal.body).to.deep.include({ code: 'GX_CHECKOUT_OVER', was: 20_700, now: 22_200, lost: [{ code: short, reason: 'expired' }] });
    const best = await open(shopper, { own: true });
    expect(best.quote.codes.filter((code) => code.amount > 0).map(({ code }) => code), 'the best that is left').to.deep.equal([five]);
    await shopper.must('POST', `/demo/api/checkouts/${best.id}/abandon`, {});
    expect((await shopper.send('POST', `/demo/api/checkouts/${best.id}/pay`, {})).status).to.equal(409);
    expect((await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], codes: [five] })).codes[0]).to.deep.include({ ok: true, amount: 500 });
    const other = await server().shopper();
    expect((await other.send('POST', `/demo/api/checkouts/${best.id}/pay`, {})).status, 'somebody else').to.equal(404);
  });

  it('E13: of 50 checkouts at once one order gets the coupon', async () => {
    const shopper = await server().shopper();
    const code = await coupon(shopper, amount(2000));
    const answers = await Promise.all(Array.from({ length: 50 }, () => shopper.send('POST', '/demo/api/checkouts', { lines: [TEA], codes: [code] })));
    for (const { status } of answers) expect([201, 409, 422, 429]).to.include(status);
    const paid = await Promise.all(answers.filter(({ status }) => status === 201).map(({ body }) => shopper.send('POST', `/demo/api/checkouts/${(body as Checkout).id}/pay`, {})));
    const orders = paid.filter(({ status }) => status === 200).map(({ body }) => (body as { order: Order }).order);
    expect(orders.map(({ total }) => total), 'a shopper has one checkout').to.deep.equal([16_800 + 1200 - 2000]);
    const again = await coupon(shopper, amount(2000));
    const bought = await Promise.all(Array.from({ length: 12 }, () => shopper.send<{ order: Order }>('POST', '/demo/api/checkout', { lines: [TEA], codes: [again] })));
    expect(bought.filter(({ status, body }) => status === 201 && body.order.total === 16_000), 'bought in one go').to.have.length(1);
    for (const { status } of bought) expect([201, 409, 422, 429]).to.include(status);
  });

  it('lets another window take over what the first one held, and sells a cart once', async () => {
    const shopper = await server().shopper();
    const code = await coupon(shopper, amount(2000));
    await give(shopper, 500);
    const first = await open(shopper, { own: true, points: true });
    const second = await open(shopper, { own: true, points: true });
    expect(second.id).to.not.equal(first.id);
    expect([first, second].map(({ quote: { total } }) => total)).to.deep.equal([20_200, 20_200]);
    expect(await points(shopper)).to.deep.equal({ available: 0, held: 500 });
    const left = await shopper.send('POST', `/demo/api/checkouts/${first.id}/pay`, {});
    expect(left.status).to.equal(409);
    expect(left.body).to.deep.include({ code: 'GX_CHECKOUT_OVER', because: 'elsewhere', was: 20_200 });
    const twice = await Promise.all([pay(shopper, second), pay(shopper, second)]);
    expect(twice.map(({ order }) => order.id), 'a double click').to.deep.equal([second.id, second.id]);
    expect((await shopper.must<{ orders: Order[]; codes: { code: string; state: string }[] }>('GET', '/demo/api/account')).orders).to.have.length(1);
    expect((await shopper.must<{ codes: object[] }>('GET', '/demo/api/account')).codes).to.deep.include.members([{ code, label: '立减 ¥20', state: 'used', expiresAt: (await server().services.discounts.byCode(server().context(), code))!.expiresAt }]);
    // Two answers to "use points" at once leave one hold.
    await give(shopper, 300);
    const third = await open(shopper, {});
    await Promise.all([true, false, true].map((use) => shopper.send('POST', '/demo/api/checkouts', { lines: [TEA], points: use, checkout: third.id })));
    await shopper.must('POST', `/demo/api/checkouts/${third.id}/abandon`, {});
    expect(await points(shopper)).to.deep.equal({ available: 300, held: 0 });
    // A cart that takes as many points as before keeps its hold, so that no movement is added.
    const movements = async (): Promise<number> => (await shopper.must<{ items: unknown[] }>('GET', '/api/storefront/me/points?limit=100')).items.length;
    const fourth = await open(shopper, { points: true }), once = await movements();
    const more = await open(shopper, { points: true, checkout: fourth.id, lines: [TEA, { ...MUG, quantity: 2 }] });
    expect(more.quote.points).to.deep.include({ used: 300, available: 300 });
    expect(await movements()).to.equal(once);
    await open(shopper, { checkout: fourth.id });
    expect(await points(shopper)).to.deep.equal({ available: 300, held: 0 });
  });

  it('finds the best of many coupons, and names none that is for other goods', async () => {
    const shopper = await server().shopper();
    for (let n = 0; n < 9; n++) await coupon(shopper, amount(100 + n), DAY + n * MINUTE);
    const last = await coupon(shopper, amount(3000), 3 * DAY), other = await coupon(shopper, amount(9000, 0, { skus: ['STA-WT03'] }));
    const quote = await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], own: true });
    expect(quote.discount, 'the one that expires last').to.equal(3000);
    expect(quote.why.filter(({ used }) => used).map(({ id }) => id)).to.deep.equal([last]);
    expect(quote.why.map(({ id }) => id)).to.not.include(other);
    expect((await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], codes: [other] })).codes[0]).to.deep.include({ ok: false, reason: 'not-in-cart' });
    expect((await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [{ sku: 'STA-WT03', quantity: 1 }], codes: [other] })).codes[0]).to.deep.include({ ok: true });
  });

  it('gives nothing back twice for two clicks, and nothing once the window is over', async () => {
    const shopper = await server().shopper();
    const { order } = await pay(shopper, await open(shopper, { lines: [{ sku: MUG.sku, quantity: 3 }] }));
    const one = { lines: [{ lineId: order.lines[0]!.id, quantity: 1 }], after: 0 };
    const clicks = await Promise.all([1, 2, 3].map(() => shopper.send<{ order: Order }>('POST', `/demo/api/orders/${order.id}/return`, one)));
    expect(clicks.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
    expect((await shopper.must<{ orders: Order[] }>('GET', '/demo/api/account')).orders[0]!.refundedTotal).to.equal(5900);
    await server().deliver(order.id);
    await server().advance('P6D');
    await shopper.must('POST', `/demo/api/orders/${order.id}/return`, { ...one, after: 1 });
    await server().advance('P2D');
    for (const door of ['returning', 'return']) expect((await shopper.send('POST', `/demo/api/orders/${order.id}/${door}`, { lines: one.lines })).body).to.include({ code: 'GX_RETURN_OVER' });
  });

  it('sets points aside at the checkout, spends them at payment, and gives them back to their lots with the goods', async () => {
    const shopper = await server().shopper();
    await give(shopper, 300);
    await server().advance('P1D');
    await give(shopper, 700);
    const lots = (): Promise<readonly number[]> => server().services.store.read(server().context(), (q) => q.many(LOTS, { person: shopper.personId! })).then((rows) => rows.map(({ remaining }) => remaining));
    const first = await open(shopper, { points: true });
    expect(first.quote).to.deep.include({ total: 21_700, discount: 0 });
    expect(await points(shopper)).to.deep.equal({ available: 0, held: 1000 });
    const fewer = await open(shopper, { points: true, checkout: first.id, lines: [{ sku: 'STA-WT03', quantity: 1 }] });
    expect(fewer.quote.points, 'no line goes below nothing').to.deep.include({ used: 1000, worth: 1000 });
    await shopper.must('POST', `/demo/api/checkouts/${fewer.id}/abandon`, {});
    expect(await points(shopper)).to.deep.equal({ available: 1000, held: 0 });

    const lapsed = await open(shopper, { points: true });
    await server().advance('PT2H');
    expect(await points(shopper), 'nobody paid').to.deep.equal({ available: 1000, held: 0 });
    expect((await shopper.send('POST', `/demo/api/checkouts/${lapsed.id}/pay`, {})).status).to.equal(409);

    const { order } = await pay(shopper, await open(shopper, { points: true }));
    expect(order.points).to.deep.equal({ used: 1000, worth: 1000 });
    expect(await lots()).to.deep.include.members([0, 0]);
    const mug = order.lines.find(({ sku }) => sku === MUG.sku)!, tea = order.lines.find(({ sku }) => sku === TEA.sku)!;
    const body = { lines: [{ lineId: mug.id, quantity: 1 }] };
    const back = await shopper.must<Returning>('POST', `/demo/api/orders/${order.id}/returning`, body);
    expect(back).to.deep.include({ amount: mug.paid, notices: [] });
    await shopper.must('POST', `/demo/api/orders/${order.id}/return`, body);
    expect((await points(shopper)).available).to.equal(back.points).and.equal(260);
    // Of 1,000 points 300 and 700 came from two lots; 260 go back as 78 and 182.
    expect((await lots()).slice(0, 2)).to.deep.equal([78, 182]);
    await shopper.must('POST', `/demo/api/orders/${order.id}/return`, { lines: [{ lineId: tea.id, quantity: 1 }] });
    expect((await lots()).slice(0, 2)).to.deep.equal([300, 700]);
    expect((await points(shopper)).available).to.equal(1000);
    expect((await (await server().shopper()).send('POST', `/demo/api/orders/${order.id}/returning`, body)).status, 'somebody else').to.equal(404);

    const { order: last } = await pay(shopper, await open(shopper, { points: true }));
    expect(last.points?.used).to.equal(1000);
    await server().services.privacy.erasePerson(server().context(), shopper.personId!);
    await server().refund(last.id);
    const refunded = await server().services.store.read(server().context(), (q) => q.one(DOCUMENT, { id: last.id }));
    const { refunds } = JSON.parse(refunded!.document) as { refunds: readonly { amount: number; points?: number }[] };
    expect(refunds, 'the money goes back to who was erased, the points have nobody to go to').to.have.length(1);
    expect(refunds[0]).to.include({ amount: last.total }).and.not.have.property('points');
    await server().integrity();
  });

  it('says what a return does to a coupon whose minimum is no longer met, by the coupon\'s policy', async () => {
    const returned = async (returns: DiscountTerms['returns']): Promise<{ first: Returning; order: Order }> => {
      const shopper = await server().shopper();
      const code = await coupon(shopper, amount(2270, 20_000, { returns }));
      const { order } = await pay(shopper, await open(shopper, { codes: [code] }));
      const line = (sku: string): object => ({ lines: [{ lineId: order.lines.find((each) => each.sku === sku)!.id, quantity: 1 }] });
      const first = await shopper.must<Returning>('POST', `/demo/api/orders/${order.id}/returning`, line(MUG.sku));
      await shopper.must('POST', `/demo/api/orders/${order.id}/return`, line(MUG.sku));
      return { first, order: (await shopper.must<{ order: Order }>('POST', `/demo/api/orders/${order.id}/return`, line(TEA.sku))).order };
    };
    // ¥227 less ¥22.70: the mug's share is ¥5.90, the tea's ¥16.80. What is kept costs ¥168, below ¥200.
    for (const [policy, gives, shift] of [[undefined, 5310, 0], ['keep', 5900, 590], ['deduct', 3630, -1680]] as const) {
      const { first, order } = await returned(policy);
      expect(first.amount, policy).to.equal(gives);
      expect(first.notices.map((notice) => [notice.policy, notice.shift]), policy).to.deep.equal([[policy ?? 'prorate', shift]]);
      expect(order.refundedTotal, 'all of it in the end').to.equal(order.total);
      expect(order.refunds.map((refund) => refund.amount), policy).to.deep.equal([gives, 20_430 - gives]);
    }
  });

  it('keeps to the policy that the merchant chose for a reward', async () => {
    const admin = await server().admin(), shopper = await server().shopper();
    await give(shopper, 100);
    const API = '/api/admin/plugins/coupon-exchange/rewards';
    const { id } = await admin.must<{ id: string }>('POST', API, { title: { en: '¥20 off ¥200', 'zh-CN': '满 200 减 20' }, kind: 'amount', discount: 2000, minimum: 20_000, cost: 100, stock: null, perPerson: 1, validDays: 14, partialReturn: 'deduct' });
    await admin.must('POST', `${API}/${id}/publish`, {});
    const { code } = await shopper.must<{ code: string }>('POST', '/api/storefront/plugins/coupon-exchange/redemptions', { rewardId: id }, { key: newId() });
    const { order } = await pay(shopper, await open(shopper, { codes: [code] }));
    const { notices } = await shopper.must<Returning>('POST', `/demo/api/orders/${order.id}/returning`, { lines: [{ sku: MUG.sku, quantity: 1 }] });
    expect(notices.map((notice) => [notice.code, notice.policy])).to.deep.equal([[code, 'deduct']]);
  });

  it('locks out who tries wrong codes, also from good ones, until the hour is over', async () => {
    const shopper = await server().shopper();
    const good = await coupon(shopper, amount(500), 2 * DAY);
    const tried = async (codes: readonly string[]): Promise<(string | undefined)[]> => (await shopper.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], codes })).codes.map(({ reason }) => reason);
    for (let n = 0; n < MEMBER_GUESSES; n += 5) expect(await tried(Array.from({ length: 5 }, (_, i) => `GX-GUESS-${n + i}`))).to.deep.equal(Array(5).fill('unknown'));
    expect(await tried([good, 'GX-MORE'])).to.deep.equal(['locked', 'locked']);
    expect((await shopper.send('POST', '/demo/api/checkouts', { lines: [TEA], codes: [good] })).body).to.have.nested.property('quote.discount', 0);
    for (let n = 0; n < 480; n += 6) {
      const { status, body } = await shopper.send<Quote>('POST', '/demo/api/quote', { lines: [TEA], codes: Array.from({ length: 6 }, (_, i) => `GX-MORE-${n + i}`) });
      expect(status === 429 || body.codes.every(({ reason }) => reason === 'locked'), `of 500 lookups those from the ${n + MEMBER_GUESSES}th`).to.equal(true);
    }
    const other = await server().shopper();
    const theirs = await coupon(other, amount(500));
    expect((await other.must<Quote>('POST', '/demo/api/quote', { lines: [TEA], codes: [theirs] })).codes[0]!.ok, 'nobody else').to.equal(true);
    await server().advance('PT61M');
    expect(await tried([good])).to.deep.equal([undefined]);
  });

  it('refuses what is no cart', async () => {
    const shopper = await server().shopper();
    for (const bad of [{ lines: [] }, { lines: [{ sku: TEA.sku, quantity: -1 }] }, { lines: [{ sku: TEA.sku, quantity: 0.1 }] }, { lines: [{ sku: TEA.sku, quantity: '1e3' }] }, { points: 1 }, { codes: 'X' }, { codes: Array(7).fill('X') }, { without: null }, { price: 1 }]) {
      expect((await shopper.send('POST', '/demo/api/checkouts', { lines: [TEA], ...bad })).status, JSON.stringify(bad)).to.equal(422);
    }
    expect((await server().visitor().send('POST', '/demo/api/checkouts', { lines: [TEA] })).status).to.equal(401);
  });
});
