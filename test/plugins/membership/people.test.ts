import { expect } from 'chai';
import { onEachServer, type Shopper } from '../../kit/index.js';
import { ADMIN, available, card, SHOP, startTasks } from './member-fixture.js';

onEachServer('members who become another, part again, or are erased', {}, (server) => {
  before(async () => { await server().install('membership'); await startTasks(server()); });
  afterEach(() => server().integrity());
  const buy = (who: Shopper) => server().order(who, [{ sku: 'TEA-LJ01', quantity: 1 }]);
  const rank = async (who: Shopper): Promise<number> => (await card(who)).rank;
  const listed = async (who: Shopper): Promise<number> => (await (await server().admin()).get(`${ADMIN}/members/${who.personId ?? ''}`)).status;

  it('counts what two accounts bought as one while they are one, and apart again when the merge is undone', async () => {
    const [one, other] = [await server().shopper(), await server().shopper()];
    await other.must('POST', `${SHOP}/tasks/profile`, { nickname: 'Other', gender: 'female', interests: ['tea'] });
    await one.must('POST', `${SHOP}/tasks/birthday`, { month: 5, day: 4 });
    await buy(one);
    await buy(one);
    await buy(other);
    expect([await rank(one), await rank(other)]).to.deep.equal([0, 0]);
    const merged = await server().services.merging.merge(server().context(), other.personId ?? '', one.personId ?? '');
    await server().drain();
    expect(await rank(one)).to.equal(1);
    expect((await card(one)).tasks.filter(({ done }) => done).map(({ task }) => task)).to.deep.equal(['birthday', 'profile']);
    expect(await listed(other), 'who became another is no member of their own').to.equal(404);
    await server().services.merging.split(server().context(), merged!.mergeId);
    await server().drain();
    expect((await card(one)).has.orders).to.equal(2);
    expect((await card(other)).has.orders).to.equal(1);
    expect((await card(one)).tasks.filter(({ done }) => done).map(({ task }) => task)).to.deep.equal(['birthday']);
    expect((await card(other)).tasks.filter(({ done }) => done).map(({ task }) => task)).to.deep.equal(['profile']);
  });

  it('hands over and forgets all that is known of a member, and takes nobody in again by late news', async () => {
    const member = await server().shopper({ name: 'Gone' });
    const { id } = await buy(member);
    await member.must('POST', `${SHOP}/tasks/birthday`, { month: 7, day: 9, year: 1990 });
    const admin = await server().admin();
    const exported = JSON.stringify(await server().services.privacy.exportPerson(server().context(), member.personId ?? ''));
    for (const known of ['07-09', '1990', '16800']) expect(exported).to.contain(known);
    const { services } = server();
    await services.privacy.erasePerson(server().context(), member.personId ?? '');
    await server().drain();
    await server().refund(id);
    await services.outbox.emit(server().context(), 'interaction-games.checked-in', { personId: member.personId, businessDate: '2026-01-01' });
    await server().drain();
    expect(await listed(member)).to.equal(404);
    const { items } = await admin.must<{ items: { personId: string }[] }>('GET', `${ADMIN}/members?limit=200`);
    expect(items.map(({ personId }) => personId)).to.not.include(member.personId);
  });

  it('keeps a guest\'s growth value for the day they sign in, and lists no guest', async () => {
    const guest = await server().guest();
    await server().services.outbox.emit(server().context(), 'interaction-games.checked-in', { personId: guest.personId, businessDate: '2026-01-01' });
    await server().drain();
    expect(await listed(guest)).to.equal(404);
    const member = await server().shopper();
    await member.must('POST', '/api/storefront/me/guest', { bearer: guest.bearer });
    await server().drain();
    expect((await card(member)).has.growth).to.equal(2);
    expect(await available(member)).to.equal(0);
  });
});
