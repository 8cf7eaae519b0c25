import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';
import { author, listed, MUG, settings, SHOP, shown, SOAP, TEA, write } from './review-fixture.js';

const GOOD = { stars: 5, body: 'Lovely tea.' };

onEachServer('writing reviews', {}, (server) => {
  before(() => server().install('reviews-monitor'));
  afterEach(() => settings(server(), {}));

  it('marks a buyer by a real order only, until everything was sent back', async () => {
    const [buyer, other, returner] = [await server().shopper({ name: 'Ada Lovelace' }), await server().shopper(), await server().shopper()];
    await server().order(buyer, [{ sku: TEA, quantity: 1 }]);
    const sentBack = await server().order(returner, [{ sku: TEA, quantity: 1 }]);
    await server().deliver(sentBack.id);
    await server().refund(sentBack.id);
    expect((await write(buyer, TEA, GOOD)).body).to.include({ verified: true, visible: true });
    expect((await write(buyer, MUG, GOOD)).body.verified, 'another product').to.equal(false);
    expect((await write(other, TEA, GOOD)).body.verified).to.equal(false);
    expect((await write(returner, TEA, GOOD)).body.verified).to.equal(false);
    expect((await write(await server().shopper(), TEA, { ...GOOD, orderId: 'x', verified: true })).status, 'a claim').to.equal(422);
    const page = await shown(server().visitor(), TEA);
    expect(page.items.filter(({ verified }) => verified).map((each) => each.author)).to.deep.equal(['Ada L.']);
  });

  it('keeps one review per person and product, also of ten presses at once', async () => {
    const shopper = await server().shopper();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => write(shopper, SOAP, { stars: 1 + n % 5, body: `Take ${n}` })));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(answers.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`)).to.deep.equal(Array.from({ length: 9 }, () => '409 GX_REVIEW_EXISTS'));
    expect(answers.find(({ status }) => status === 409)?.body, 'in the plugin\'s own words').to.include({ title: '你已评价过该商品。' });
    expect((await shown(server().visitor(), SOAP)).summary.count).to.equal(1);
    expect((await write(shopper, SOAP, GOOD)).status, 'pressed too often').to.equal(429);
    expect((await shown(shopper, SOAP)).you).to.deep.include({ mayWrite: false });
    const again = await server().shopper();
    for (const sku of [SOAP, MUG]) expect((await write(again, sku, GOOD)).status, 'one for each product').to.equal(201);
  });

  it('answers a repeated request with the first answer', async () => {
    const shopper = await server().shopper();
    const [first, second] = [await write(shopper, TEA, GOOD, 'the-same-key'), await write(shopper, TEA, GOOD, 'the-same-key')];
    expect([second.status, second.body]).to.deep.equal([first.status, first.body]);
    expect(second.headers.get('idempotency-replayed')).to.equal('true');
  });

  it('is for members', async () => {
    expect((await write(server().visitor(), TEA, GOOD)).status).to.equal(401);
    const guest = await write(await server().guest(), TEA, GOOD);
    expect([guest.status, guest.body.code]).to.deep.equal([403, 'GX_MEMBER_ONLY']);
    expect((await shown(server().visitor(), TEA)).you).to.equal(undefined);
    expect((await shown(await server().guest(), TEA)).you).to.equal(undefined);
    expect((await shown(await server().shopper(), TEA)).you).to.deep.equal({ mayWrite: true, review: null });
  });

  it('keeps hostile texts as they are, for everybody who reads them', async () => {
    const texts = ['<script>alert(1)</script><img src=x onerror=alert(2)>', '{{constructor}} ${7*7} %s \' OR 1=1 --', '‮مرحبا‬ שלום', '👩‍👩‍👧‍👦🍵 e\u0301 \u200b', 'a\nb\tc', '字'.repeat(5000), 'x'.repeat(5000)];
    for (const body of texts) {
      const { id } = await author(server(), MUG, { stars: 4, title: body.slice(0, 300), body });
      const found = (await shown(server().visitor(), MUG, '?limit=1')).items[0];
      expect(found).to.deep.include({ id, body, title: body.slice(0, 300) });
      expect((await listed(server(), { sku: MUG }))[0]).to.deep.include({ id, body });
    }
  });

  it('refuses wrong input with 422 and writes nothing', async () => {
    const shopper = await server().shopper();
    const wrong: object[] = [{}, { stars: 5 }, { body: 'x' }, { stars: 0, body: 'x' }, { stars: 6, body: 'x' }, { stars: 4.5, body: 'x' }, { stars: '5', body: 'x' }, { stars: 5, body: '' }, { stars: 5, body: '   ' }, { stars: 5, body: 'x'.repeat(5001) },
      { stars: 5, body: 'x', title: 'y'.repeat(301) }, { stars: 5, body: 7 }, { stars: 5, body: null }, { ...GOOD, state: 'visible' }];
    // Two people, so that the limit of requests for each is not what answers.
    const others = [shopper, await server().shopper()];
    for (const [index, body] of wrong.entries()) expect((await write(others[index % 2]!, SOAP, body)).status, JSON.stringify(body).slice(0, 80)).to.equal(422);
    expect((await write(shopper, SOAP, { stars: 5, body: 'zero \u0000 byte' })).status).to.equal(400);
    expect((await shopper.post(`${SHOP}/products/NO-SUCH/reviews`, GOOD)).status).to.equal(404);
    expect((await shown(shopper, SOAP)).you?.review).to.equal(null);
    for (const query of ['?limit=0', '?limit=51', '?limit=x', '?sort=stars']) expect((await shopper.get(`${SHOP}/products/${SOAP}/reviews${query}`)).status, query).to.equal(422);
    expect((await shopper.get(`${SHOP}/products/${SOAP}/reviews?cursor=rubbish`)).status).to.equal(400);
  });

  it('shows a review after a check where the shop wants that', async () => {
    await settings(server(), { publishAtOnce: false });
    const shopper = await server().shopper();
    const before = (await shown(server().visitor(), TEA)).summary.count;
    const { body } = await write(shopper, TEA, GOOD);
    expect(body.visible).to.equal(false);
    expect((await shown(server().visitor(), TEA)).summary.count).to.equal(before);
    expect((await shown(shopper, TEA)).you?.review).to.deep.include({ visible: false });
    await (await server().admin()).must('PUT', `/api/admin/plugins/reviews-monitor/reviews/${body.id}/visible`, { visible: true });
    expect((await shown(server().visitor(), TEA)).items[0]?.id).to.equal(body.id);
  });

  it('is for buyers where the shop wants that', async () => {
    await settings(server(), { buyersOnly: true });
    const [buyer, other] = [await server().shopper(), await server().shopper()];
    await server().order(buyer, [{ sku: SOAP, quantity: 1 }]);
    expect((await shown(buyer, SOAP)).you?.mayWrite).to.equal(true);
    expect((await shown(other, SOAP)).you?.mayWrite).to.equal(false);
    const refused = await write(other, SOAP, GOOD);
    expect([refused.status, refused.body.code]).to.deep.equal([403, 'GX_REVIEW_BUYERS_ONLY']);
    expect((await write(buyer, SOAP, GOOD)).status).to.equal(201);
  });

  it('tells names in a way that finds nobody', async () => {
    for (const [name, seen] of [['王小明', '王**'], ['Ada Lovelace', 'Ada L.'], ['Madonna', 'Madonna']] as const) {
      const { id } = await author(server(), TEA, GOOD, { name });
      expect((await shown(server().visitor(), TEA, '?limit=1')).items[0]).to.include({ id, author: seen });
    }
  });

  it('pages through all of them, newest first, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await shown(server().visitor(), TEA, `?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? '';
      expect(page.summary.stars.reduce((sum, n) => sum + n, 0)).to.equal(page.summary.count);
    } while (cursor);
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.length).to.equal((await shown(server().visitor(), TEA)).summary.count);
  });
});
