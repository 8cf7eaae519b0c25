import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { issueShopperToken, issueStaffToken } from '../../../server/http/shopper-token.js';
import type { ShopContext } from '../../../server/plugin-api/index.js';
import { HttpClient, onEachServer } from '../../kit/index.js';
import { act, ADMIN, author, listed, MUG, overview, settings, shown, SOAP, take, TEA, type DeskReview, type Overview } from './review-fixture.js';

const ids = (reviews: readonly DeskReview[]): string[] => reviews.map(({ id }) => id).sort();

onEachServer('the desk of reviews', {}, (server) => {
  const made: Record<string, string> = {};
  before(async () => {
    await server().install('reviews-monitor');
    for (const [name, sku, stars, body, title] of [
      ['happy', TEA, 5, 'Wonderful aroma', 'Great'], ['fair', TEA, 3, 'It is 100% okay_ish', ''], ['angry', MUG, 1, '杯子到手就碎了，太失望', ''], ['sad', SOAP, 2, 'Smells odd', 'Hm'], ['glad', MUG, 4, '很喜欢', ''],
    ] as const) {
      made[name] = (await author(server(), sku, { stars, body, ...(title && { title }) }, { name: `Person ${name}` })).id;
      await server().advance('PT1H');
    }
  });

  const named = (...names: string[]): string[] => names.map((name) => made[name] ?? name).sort();

  it('filters by stars, product, language, text, author and title, in any combination', async () => {
    const cases: [Record<string, string>, string[]][] = [
      [{}, ['happy', 'fair', 'angry', 'sad', 'glad']], [{ stars: '1' }, ['angry']], [{ sku: TEA }, ['happy', 'fair']], [{ language: 'zh' }, ['angry', 'glad']], [{ language: 'en', sku: MUG }, []],
      [{ search: 'AROMA' }, ['happy']], [{ search: '失望' }, ['angry']], [{ search: 'great' }, ['happy']], [{ search: 'person sad' }, ['sad']], [{ search: '100%' }, ['fair']], [{ search: 'okay_i' }, ['fair']], [{ search: '%' }, ['fair']], [{ search: 'x_y' }, []],
      [{ search: 'person', stars: '4' }, ['glad']], [{ search: 'person', queue: 'waiting' }, ['fair', 'angry', 'sad']], [{ search: 'person', sku: TEA, language: 'en' }, ['happy', 'fair']], [{ search: "'; DROP TABLE" }, []],
    ];
    for (const [query, names] of cases) expect(ids(await listed(server(), query)), JSON.stringify(query)).to.deep.equal(named(...names));
  });

  it('pages through a search and a list without losing or repeating one', async () => {
    const admin = await server().admin();
    for (const query of ['', '&search=person']) {
      const seen: string[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const page: { items: DeskReview[]; next?: string } = await admin.must('GET', `${ADMIN}/reviews?limit=2${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      expect(seen).to.have.length(5);
      expect([...seen].sort()).to.deep.equal(named('happy', 'fair', 'angry', 'sad', 'glad'));
    }
  });

  it('refuses wrong questions', async () => {
    const admin = await server().admin();
    for (const query of ['stars=0', 'stars=x', 'queue=late', 'language=fr', 'limit=201', 'limit=0', 'colour=red', `search=${'x'.repeat(101)}`]) expect((await admin.get(`${ADMIN}/reviews?${query}`)).status, query).to.equal(422);
    for (const query of ['cursor=x', 'search=a&cursor=x', 'cursor=c2VhcmNoIDEgYQ']) expect((await admin.get(`${ADMIN}/reviews?${query}`)).status, query).to.equal(400);
    for (const days of ['-1', '3651', 'x']) expect((await admin.get(`${ADMIN}/overview?days=${days}`)).status, days).to.equal(422);
    expect((await admin.put(`${ADMIN}/reviews/none/handled`, { handled: true })).status).to.equal(404);
    for (const [what, body] of [['reply', { reply: '' }], ['reply', { reply: '  ' }], ['reply', { reply: 'x'.repeat(4001) }], ['reply', {}], ['handled', { handled: 'yes' }], ['visible', {}], ['handled', { handled: true, by: 'me' }]] as const) {
      expect((await admin.put(`${ADMIN}/reviews/${made['sad']}/${what}`, body)).status, JSON.stringify(body).slice(0, 60)).to.equal(422);
    }
  });

  it('holds in the queue who is unhappy, shown, unanswered and not handled', async () => {
    const waiting = async (): Promise<string[]> => {
      const queue = await listed(server(), { queue: 'waiting' });
      expect((await overview(server())).queues.waiting, 'the number beside the queue').to.equal(queue.length);
      return ids(queue);
    };
    expect(await waiting()).to.deep.equal(named('fair', 'angry', 'sad'));
    await settings(server(), { waitingStars: 1 });
    expect(await waiting()).to.deep.equal(named('angry'));
    await settings(server(), { waitingStars: 4 });
    expect(await waiting()).to.deep.equal(named('fair', 'angry', 'sad', 'glad'));
    await settings(server(), {});
    await act(server(), made['angry'] ?? '', 'handled', { handled: true });
    await act(server(), made['sad'] ?? '', 'reply', { reply: 'Sorry.' });
    await act(server(), made['fair'] ?? '', 'visible', { visible: false });
    expect(await waiting()).to.deep.equal([]);
    expect(ids(await listed(server(), { queue: 'unanswered' }))).to.deep.equal(named('happy', 'angry', 'glad'));
    expect(ids(await listed(server(), { queue: 'hidden' }))).to.deep.equal(named('fair'));
    expect((await overview(server())).queues).to.deep.equal({ waiting: 0, unanswered: 3, all: 5, hidden: 1 });
    await act(server(), made['angry'] ?? '', 'handled', { handled: false });
    await act(server(), made['sad'] ?? '', 'reply', { reply: null });
    await act(server(), made['fair'] ?? '', 'visible', { visible: true });
    expect(await waiting()).to.deep.equal(named('fair', 'angry', 'sad'));
  });

  it('takes reviews without stars into the queue when they are marked bad', async () => {
    await take(server(), [{ body: '差评，没有星级', label: '0', externalId: 'bad' }, { body: '好评，没有星级', label: '1', externalId: 'good' }, { body: 'Neither stars nor a mark', externalId: 'plain' }]);
    const bodies = async (query: Record<string, string>): Promise<string[]> => (await listed(server(), query)).filter(({ source }) => source === 'import').map(({ body }) => body);
    expect(await bodies({ queue: 'waiting' })).to.deep.equal(['差评，没有星级']);
    expect(await bodies({ queue: 'unanswered' })).to.have.length(3);
    const numbers = await overview(server());
    expect([numbers.total, numbers.good, numbers.bad, numbers.distribution.count]).to.deep.equal([8, 3, 4, 5]);
  });

  it('says who replied, handled and hid, and when; shoppers see the reply and nothing hidden', async () => {
    const id = made['angry'] ?? '';
    const now = server().services.clock.now();
    const replied = await act(server(), id, 'reply', { reply: ' 很抱歉，已为你补发。 ' });
    expect(replied).to.include({ reply: '很抱歉，已为你补发。', repliedBy: 'staff:Automation' });
    expect(replied.repliedAt).to.be.at.least(now);
    expect((await shown(server().visitor(), MUG)).items.find((each) => each.id === id)?.reply).to.equal('很抱歉，已为你补发。');
    const handled = await act(server(), id, 'handled', { handled: true });
    expect(handled).to.include({ handledBy: 'staff:Automation' });
    expect(handled.handledAt).to.be.at.least(now);

    const before = (await shown(server().visitor(), MUG)).summary;
    expect(await act(server(), id, 'visible', { visible: false })).to.include({ state: 'hidden', hiddenBy: 'staff:Automation' });
    const after = await shown(server().visitor(), MUG);
    expect(after.items.map((each) => each.id)).to.not.include(id);
    expect([after.summary.count, after.summary.stars[0]]).to.deep.equal([before.count - 1, (before.stars[0] ?? 0) - 1]);
    expect(await act(server(), id, 'visible', { visible: true })).to.include({ state: 'visible', hiddenBy: null });
    expect((await shown(server().visitor(), MUG)).summary).to.deep.equal(before);

    const { items } = await (await server().admin()).must<{ items: { action: string; subject?: string | null }[] }>('GET', '/api/admin/audit?limit=50');
    for (const action of ['review.replied', 'review.handled', 'review.hidden', 'review.shown']) expect(items.some((entry) => entry.action.endsWith(action)), action).to.equal(true);
  });

  it('lets readers of numbers read and nobody but staff for customers act', async () => {
    const { secrets } = server().services;
    const as = (role: string): HttpClient => new HttpClient(server().url, issueStaffToken(secrets.key('staff-bearer'), { shop: server().context().shop.id, staff: role, name: role, role, exp: Date.now() + 60_000 }));
    const path = `${ADMIN}/reviews/${made['glad']}/handled`;
    expect((await as('analyst').get(`${ADMIN}/overview`)).status).to.equal(200);
    expect((await as('analyst').put(path, { handled: true })).status).to.equal(403);
    expect((await as('agent').put<DeskReview>(path, { handled: true })).body.handledBy).to.equal('staff:agent');
    expect((await server().visitor().get(`${ADMIN}/reviews`)).status).to.equal(401);
    expect((await (await server().shopper()).get(`${ADMIN}/reviews`)).status).to.equal(401);
  });

  it('exports what is filtered, and no cell runs in a spreadsheet', async () => {
    for (const body of ['=HYPERLINK("http://evil")', '+1+1', '-2', '@SUM(A1)', 'a "quoted"\nline, and more']) await author(server(), SOAP, { stars: 5, title: body, body }, { name: body.slice(0, 20) });
    const admin = await server().admin();
    const answer = await admin.get<string>(`${ADMIN}/reviews.csv?sku=${SOAP}`);
    expect(answer.headers.get('content-disposition')).to.contain('reviews.csv');
    const rows = parse(answer.body, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).to.have.length(6);
    for (const row of rows) for (const [column, cell] of Object.entries(row)) expect(cell, column).to.not.match(/^[=+\-@\t\r]/);
    expect(rows.map((row) => row['review'])).to.include.members(['a "quoted"\nline, and more', 'Smells odd']);
    expect(parse((await admin.get<string>(`${ADMIN}/reviews.csv?search=aroma`)).body, { columns: true, bom: true })).to.have.length(1);
  });

  it('shows another shop nothing', async () => {
    const { shops, installs, customers, secrets, clock } = server().services;
    const shop = await shops.ensure({ key: 'other', platform: 'demo', name: 'Other', zone: 'UTC', dayStartHour: 0, currency: 'EUR', locale: 'en' }, clock.now());
    const ctx: ShopContext = { ...server().context(), shop };
    const { capabilities } = await (await server().admin()).must<{ capabilities: { name: string }[] }>('GET', '/api/admin/marketplace/reviews-monitor');
    await installs.install(ctx, 'reviews-monitor', capabilities.map(({ name }) => name));
    if (!installs.isEnabled(shop.id, 'reviews-monitor')) await installs.enable(ctx, 'reviews-monitor');
    const owner = new HttpClient(server().url, issueStaffToken(secrets.key('staff-bearer'), { shop: shop.id, staff: 'o', name: 'O', role: 'owner', exp: Date.now() + 60_000 }));
    expect((await owner.must<{ items: unknown[] }>('GET', `${ADMIN}/reviews`)).items).to.deep.equal([]);
    expect((await owner.must<{ items: unknown[] }>('GET', `${ADMIN}/reviews?search=person`)).items).to.deep.equal([]);
    expect(await owner.must<Overview>('GET', `${ADMIN}/overview?days=0`)).to.deep.include({ total: 0, waiting: 0, trend: [], products: [] });
    for (const [what, body] of [['reply', { reply: 'x' }], ['handled', { handled: true }], ['visible', { visible: false }]] as const) expect((await owner.put(`${ADMIN}/reviews/${made['happy']}/${what}`, body)).status).to.equal(404);
    const stranger = await customers.createGuest(ctx);
    const shopper = new HttpClient(server().url, issueShopperToken(secrets.key('shopper-bearer'), { shop: shop.id, person: stranger.id, guest: false, exp: Date.now() + 60_000 }));
    expect((await shown(shopper, TEA)).summary.count).to.equal(0);
    expect((await listed(server())).length).to.be.greaterThan(5);
  });

  it('counts a period beside the one before it', async () => {
    const day = await overview(server(), 1);
    expect(day.total).to.be.greaterThan(0).and.equal(day.trend.reduce((sum, each) => sum + each.reviews, 0));
    await server().advance('P1D');
    const next = await (await server().admin()).must<Overview & { before: { total: number; bad: number } }>('GET', `${ADMIN}/overview?days=1`);
    expect([next.total, next.before.total, next.before.bad]).to.deep.equal([0, day.total, day.bad]);
    expect((await overview(server(), 2)).total).to.equal(day.total);
    expect(next.queues.waiting, 'what waits goes on waiting').to.be.greaterThan(0);
  });
});
