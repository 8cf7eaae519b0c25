import { expect } from 'chai';
import { EventDispatcher } from '../../../server/events/event-dispatcher.service.js';
import { InboxService } from '../../../server/events/inbox.service.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import { SchedulerService } from '../../../server/jobs/scheduler.service.js';
import { DAY, statement } from '../../../server/plugin-api/index.js';
import { AuditService } from '../../../server/privacy/audit.service.js';
import { PlatformRequests } from '../../../server/privacy/platform-requests.js';
import { PrivacyRequestsService } from '../../../server/privacy/privacy-requests.service.js';
import { PrivacyService } from '../../../server/privacy/privacy.service.js';
import { privacyJobs } from '../../../server/privacy/retention.job.js';
import { ShopRedactionService } from '../../../server/privacy/shop-redaction.service.js';
import { shopTables } from '../../../server/privacy/shop-tables.js';
import { onBothEngines } from '../events/bench.js';
import { someone } from './people.js';

const PEOPLE = statement<{ id: string; name: string | null; email: string | null; phone: string | null; erased_at: number | null }>('SELECT id, name, email, phone, erased_at FROM person WHERE shop_id = :shop ORDER BY id');
const IDENTITIES = statement<{ external_id: string }>('SELECT external_id FROM identity WHERE shop_id = :shop');
const ORDERS = statement<{ person_id: string }>('SELECT person_id FROM shop_order WHERE shop_id = :shop');

onBothEngines('privacy', 'fresh', (bench) => {
  const make = () => {
    const outbox = new OutboxService(bench().store, bench().systemTime);
    const audit = new AuditService(bench().store);
    const privacy = new PrivacyService(bench().store, audit, outbox);
    const requests = new PrivacyRequestsService(bench().store, privacy, new ShopRedactionService(bench().store, audit), audit);
    return { outbox, audit, privacy, requests, platform: new PlatformRequests(privacy, requests) };
  };
  const many = <Row>(text: ReturnType<typeof statement<Row>>, shopId = 1) => bench().store.read(bench().ctx(shopId), (q) => q.many(text));
  const code = async (work: () => Promise<unknown>): Promise<unknown> => { try { await work(); return undefined; } catch (error) { return (error as { code?: string }).code; } };

  it('hands over what the core and every plugin know, merged guests included', async () => {
    const { privacy, audit } = make();
    const { personId, guestId, orderId } = await someone(bench(), bench().ctx(), 'c1');
    await someone(bench(), bench().ctx(), 'c2');
    privacy.registerSource({ owner: 'reviews', export: async (_ctx, id) => ({ review: [{ by: id, stars: 5 }] }), erase: async () => ({}) });
    privacy.registerSource({ owner: 'broken', export: async () => { throw new Error('not now'); }, erase: async () => ({}) });
    const answer = await privacy.exportPerson(bench().ctx(), personId);
    expect(answer.data['core']?.['person']?.map((row) => row['name'])).to.deep.equal(['Wang Fang', 'Fang']);
    expect(answer.data['core']?.['identities']).to.have.length(1);
    expect(answer.data['core']?.['orders']?.map((row) => row['id'])).to.deep.equal([orderId]);
    expect(answer.data['core']?.['orderLines']).to.have.length(1);
    expect(answer.data['reviews']).to.deep.equal({ review: [{ by: personId, stars: 5 }, { by: guestId, stars: 5 }] });
    expect(answer.missing).to.deep.equal({ broken: 'Error: not now' });
    const { items } = await audit.list(bench().ctx(), {}, { action: 'person.export' });
    expect(items.map((entry) => entry.target)).to.deep.equal([`person:${personId}`]);
    expect(JSON.stringify(items)).not.to.include('Wang');
  });

  it('answers 404 for nobody and for another shop’s person', async () => {
    const { privacy } = make();
    const { personId } = await someone(bench(), bench().ctx(1), 'c1');
    expect(await code(() => privacy.exportPerson(bench().ctx(2), personId))).to.equal('GX_NOT_FOUND');
    expect(await code(() => privacy.erasePerson(bench().ctx(2), personId))).to.equal('GX_NOT_FOUND');
    expect((await many(PEOPLE)).every((row) => row.erased_at === null)).to.equal(true);
  });

  it('erases the person, keeps the order under the bare id and tells everybody once', async () => {
    const { privacy, outbox, audit } = make();
    const dispatcher = new EventDispatcher(bench().store, outbox, bench().contextFor, { systemTime: bench().systemTime });
    const told: unknown[] = [];
    dispatcher.register({ name: 'a', enabled: () => true, handles: { 'customer.erased': async (_ctx, payload) => { told.push(payload); } } });
    const { personId } = await someone(bench(), bench().ctx(), 'c1');
    const other = await someone(bench(), bench().ctx(), 'c2');
    const receipt = await privacy.erasePerson(bench().ctx(), personId);
    expect(receipt.erased['core']).to.deep.equal({ person: 2, identity: 1 });
    await privacy.erasePerson(bench().ctx(), personId);
    await dispatcher.drain();
    expect(told).to.deep.equal([{ personId }]);
    const people = await many(PEOPLE);
    expect(people.filter((row) => row.erased_at !== null).map((row) => [row.name, row.email, row.phone])).to.deep.equal([[null, null, null], [null, null, null]]);
    expect(people.find((row) => row.id === other.personId)?.name).to.equal('Wang Fang');
    expect((await many(IDENTITIES)).map((row) => row.external_id)).to.deep.equal(['c2']);
    expect((await many(ORDERS)).map((row) => row.person_id).toSorted()).to.deep.equal([personId, other.personId].toSorted());
    expect((await audit.verify(bench().ctx())).ok).to.equal(true);
  });

  it('erases the rest when one plugin fails, says so, and completes later', async () => {
    const { privacy, requests } = make();
    let broken = true;
    const erased: string[] = [];
    privacy.registerSource({ owner: 'flaky', export: async () => ({}), erase: async (_ctx, id) => { if (broken) throw new Error('busy'); erased.push(id); return { answer: 1 }; } });
    const { personId, guestId } = await someone(bench(), bench().ctx(), 'c1');
    const request = await requests.open(bench().ctx(), { topic: 'redact', ref: 'r1', personId });
    expect(await requests.fulfil(bench().ctx(), request.id)).to.deep.include({ state: 'failed' });
    expect((await many(PEOPLE)).every((row) => row.erased_at !== null)).to.equal(true);
    broken = false;
    expect(await requests.fulfilAll(bench().ctx())).to.equal(1);
    expect(erased).to.deep.equal([personId, guestId]);
    expect((await requests.list(bench().ctx())).map((row) => [row.state, row.error])).to.deep.equal([['done', null]]);
  });

  it('remembers a platform’s requests once and carries them out', async () => {
    const { platform, requests } = make();
    const { personId } = await someone(bench(), bench().ctx(), 'c1');
    for (let n = 0; n < 2; n += 1) await platform.dataRequest(bench().ctx(), { source: 'shopify', externalId: 'c1' }, '77');
    const [request] = await requests.list(bench().ctx());
    expect(request).to.deep.include({ topic: 'data_request', personId, state: 'done', dueAt: bench().clock.now() + DAY });
    const pack = await requests.packageOf(bench().ctx(), request!.id);
    expect(pack.data['core']?.['person']?.[0]?.['email']).to.equal('fang@example.com');
    await platform.redactCustomer(bench().ctx(), { source: 'shopify', externalId: 'c1' });
    expect(await code(() => requests.packageOf(bench().ctx(), request!.id)), 'an erased person leaves no package').to.equal('GX_NOT_FOUND');
    await platform.redactCustomer(bench().ctx(), { source: 'shopify', externalId: 'c1' });
    await platform.redactCustomer(bench().ctx(), { source: 'shopify', externalId: 'unknown' });
    expect((await requests.list(bench().ctx())).map((row) => row.state)).to.deep.equal(['done', 'done', 'done', 'done']);
    const again = await someone(bench(), bench().ctx(), 'c1');
    await platform.redactCustomer(bench().ctx(), { source: 'shopify', externalId: 'c1' });
    expect((await many(PEOPLE)).find((row) => row.id === again.personId)?.erased_at).to.equal(bench().clock.now());
  });

  it('forgets packages after 30 days', async () => {
    const { platform, requests } = make();
    await someone(bench(), bench().ctx(), 'c1');
    await platform.dataRequest(bench().ctx(), { source: 'shopify', externalId: 'c1' }, '1');
    const [request] = await requests.list(bench().ctx());
    bench().clock.set(bench().clock.now() + 31 * DAY);
    expect(await requests.purge(bench().ctx())).to.equal(1);
    expect(await code(() => requests.packageOf(bench().ctx(), request!.id))).to.equal('GX_NOT_FOUND');
  });

  it('removes a shop that has left, and nothing of another', async () => {
    const { platform, audit, requests } = make();
    for (const shopId of [1, 2]) await someone(bench(), bench().ctx(shopId), 'c1');
    await platform.redactShop(bench().ctx(1));
    for (const text of [PEOPLE, IDENTITIES, ORDERS]) expect(await many(text as typeof IDENTITIES, 1)).to.deep.equal([]);
    expect(await many(PEOPLE, 2)).to.have.length(2);
    expect((await audit.list(bench().ctx(1), {}, { action: 'shop.redact' })).items[0]?.detail).to.deep.include({ rows: { person: 2, identity: 1, shop_order: 1, order_line: 1 } });
    expect((await requests.list(bench().ctx(1)))[0]).to.deep.include({ topic: 'shop_redact', state: 'done' });
    expect((await audit.verify(bench().ctx(1))).ok).to.equal(true);
  });

  it('keeps its promises by jobs: open requests each hour, retention each night', async () => {
    const { requests, privacy, outbox } = make();
    const inbox = new InboxService(bench().store, bench().contextFor, { systemTime: bench().systemTime });
    const scheduler = new SchedulerService(bench().store, bench().clock, () => bench().shops, bench().contextFor, { systemTime: bench().systemTime });
    for (const job of privacyJobs(requests, [inbox, outbox])) scheduler.register(job);
    const { personId } = await someone(bench(), bench().ctx(), 'c1');
    privacy.registerSource({ owner: 'reviews', export: async () => ({}), erase: async () => ({}) });
    await requests.open(bench().ctx(), { topic: 'redact', ref: 'r1', personId });
    await scheduler.runDue(bench().clock.now() + DAY, async (to) => { bench().clock.set(to); });
    expect((await requests.list(bench().ctx()))[0]?.state).to.equal('done');
    expect((await scheduler.history(bench().ctx())).every((run) => run.ok)).to.equal(true);
    expect(new Set((await scheduler.history(bench().ctx())).map((run) => run.name))).to.deep.equal(new Set(['privacy-requests', 'retention']));
  });

  it('lists every table of shops, children first', async () => {
    const names = (await shopTables(bench().store)).map((table) => table.name);
    expect(names).to.include.members(['person', 'order_line', 'ledger_transaction', 'outbox_event', 'inbox', 'activity', 'job_due', 'idempotency']);
    expect(names).not.to.include.members(['audit', 'privacy_request']);
    for (const [child, parent] of [['order_line', 'shop_order'], ['shop_order', 'person'], ['lot', 'ledger_transaction'], ['activity_version', 'activity']] as const) {
      expect(names.indexOf(child), `${child} before ${parent}`).to.be.below(names.indexOf(parent));
    }
  });

  it('notes who looked at a person', async () => {
    const { privacy, audit } = make();
    await privacy.accessed(bench().ctx(), 'p1', 'customer.timeline');
    expect((await audit.list(bench().ctx())).items[0]).to.deep.include({ action: 'person.read', target: 'person:p1', actor: 'staff:Lin', detail: { what: 'customer.timeline' } });
  });
});
