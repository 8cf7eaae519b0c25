import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';
import { allHeard } from '../../kit/all-heard.js';
import { ADMIN, author, listed, MUG, shown, SOAP, TEA, until, write } from './review-fixture.js';

interface Entry { readonly plugin: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly detail?: string }
interface Tile { readonly name: string; readonly value: number; readonly attention?: { readonly en: string } }

onEachServer('people and their reviews', {}, (server) => {
  before(() => server().install('reviews-monitor'));

  it('stand on the customer\'s timeline, in both languages', async () => {
    const { who } = await author(server(), TEA, { stars: 2, body: '👍'.repeat(300) });
    const { items } = await (await server().admin()).must<{ items: Entry[] }>('GET', `/api/admin/customers/${who.personId}/timeline`);
    const entry = items.find(({ plugin }) => plugin === 'reviews-monitor');
    expect(entry?.title.en).to.match(/^Reviewed .+: 2 of 5 stars$/);
    expect(entry?.title['zh-CN']).to.match(/^评价了“.+”：2 星$/);
    expect(entry?.detail).to.equal('👍'.repeat(200));
  });

  it('lead from the review to the customer', async () => {
    const { who, id } = await author(server(), MUG, { stars: 5, body: 'Good' });
    expect((await listed(server(), { sku: MUG })).find((each) => each.id === id)?.personId).to.equal(who.personId);
  });

  it('lose name, words and every trace when the person is erased; the stars stay in the numbers', async () => {
    const { who, id } = await author(server(), SOAP, { stars: 1, title: 'My secret', body: 'I live at 7 Oak Lane' }, { name: 'Zelda Fitzgerald' });
    const before = (await listed(server(), { sku: SOAP })).length;
    await server().services.privacy.erasePerson(server().context(), who.personId ?? '');
    await until(server(), async () => (await listed(server(), { sku: SOAP })).every((each) => each.personId !== who.personId));
    const found = (await listed(server(), { sku: SOAP })).find((each) => each.id === id);
    expect(found).to.include({ authorName: null, title: null, body: '', stars: 1, state: 'hidden', personId: null, verified: false });
    expect((await listed(server(), { sku: SOAP })).length).to.equal(before);
    expect((await shown(server().visitor(), SOAP)).items.map((each) => each.id)).to.not.include(id);
    const csv = await (await server().admin()).get<string>(`${ADMIN}/reviews.csv`);
    for (const trace of ['Zelda', 'Oak Lane', 'My secret', who.personId ?? 'x']) expect(csv.body).to.not.contain(trace);
  });

  it('keep one review per product when two accounts become one', async () => {
    const [first, second] = [await author(server(), TEA, { stars: 4, body: 'As the first' }), await server().shopper()];
    const both = await author(server(), MUG, { stars: 2, body: 'Twice, one' });
    expect((await write(second, MUG, { stars: 3, body: 'Twice, two' })).status).to.equal(201);
    for (const from of [first.who, both.who]) await server().services.outbox.emit(server().context(), 'customer.merged', { personId: from.personId, into: second.personId });
    await until(server(), async () => (await listed(server())).every((each) => each.personId !== first.who.personId && each.personId !== both.who.personId));
    expect((await write(second, TEA, { stars: 1, body: 'Again' })).status, 'the merged review is theirs').to.equal(409);
    expect((await listed(server(), { sku: MUG })).filter((each) => each.personId === second.personId)).to.have.length(2);
  });

  it('stand under each one\'s own name again when the merge is undone, step by step', async () => {
    const { merging, outbox } = server().services, context = server().context();
    const [one, two, three] = [await author(server(), MUG, { stars: 4, body: 'By one' }), await author(server(), MUG, { stars: 2, body: 'By two' }), await author(server(), TEA, { stars: 5, body: 'By three' })];
    const people = [one, two, three].map(({ who }) => who.personId ?? '') as [string, string, string];
    const owners = async (): Promise<readonly (number | undefined)[]> => { const all = await listed(server()); return [one, two, three].map(({ id }) => people.indexOf(all.find((each) => each.id === id)?.personId ?? '')); };
    const merges: string[] = [];
    for (const [from, into] of [[people[0], people[1]], [people[1], people[2]]] as const) {
      merges.push((await merging.merge(context, from, into))!.mergeId);
      await allHeard(server());
    }
    expect(await owners()).to.deep.equal([2, 2, 2]);
    expect((await write(three.who, MUG, { stars: 1, body: 'Again' })).status, 'a merged review is theirs').to.equal(409);
    expect((await write(three.who, SOAP, { stars: 3, body: 'Something new' })).status).to.equal(201);
    for (const [merge, expected, pair] of [[merges[1]!, [1, 1, 2], [people[1], people[2]]], [merges[0]!, [0, 1, 2], [people[0], people[1]]]] as const) {
      await merging.split(context, merge);
      await outbox.emit(context, 'customer.split', { personId: pair[0], into: pair[1] });
      await allHeard(server());
      expect(await owners()).to.deep.equal(expected);
    }
    expect((await shown(three.who, SOAP)).you?.review?.stars, 'what came meanwhile stays').to.equal(3);
    expect([(await write(one.who, MUG, { stars: 1, body: 'Again' })).status, (await write(two.who, MUG, { stars: 1, body: 'Again' })).status, (await write(three.who, MUG, { stars: 1, body: 'The first' })).status]).to.deep.equal([409, 409, 201]);
  });

  it('give the home page its two numbers', async () => {
    const { tiles } = await (await server().admin()).must<{ tiles: readonly (Tile & { plugin: string })[] }>('GET', '/api/admin/home');
    const own = tiles.filter(({ plugin }) => plugin === 'reviews-monitor');
    expect(own.map(({ name }) => name)).to.have.members(['average', 'waiting']);
    const waiting = (await listed(server(), { queue: 'waiting' })).length;
    expect(own.find(({ name }) => name === 'waiting')).to.include({ value: waiting });
    expect(own.find(({ name }) => name === 'waiting')?.attention?.en).to.contain(String(waiting));
  });
});
