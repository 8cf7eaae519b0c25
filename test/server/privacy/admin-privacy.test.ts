import { expect } from 'chai';
import { issueStaffToken } from '../../../server/http/shopper-token.js';
import { DAY, type ShopContext } from '../../../server/plugin-api/index.js';
import { fixturePlugin, HttpClient, onEachServer, type Answer } from '../../kit/index.js';
import { card, otherShop, person, rowsOf } from './stamp-album.js';

interface Request { readonly id: string; readonly topic: string; readonly personId: string; readonly personName: string | null; readonly personErased: boolean; readonly state: string; readonly receivedAt: number; readonly dueAt: number; readonly error: string | null; readonly hasPackage: boolean; readonly receipt: { readonly erased?: Record<string, unknown>; readonly failed?: Record<string, string> } | null }
interface Problem { readonly code: string; readonly title: string }
interface Package { readonly data: Record<string, Record<string, readonly Record<string, unknown>[]>> }

const plugins = [await fixturePlugin('stamps')];

onEachServer('people\'s data, by the staff', { plugins }, (server) => {
  let here: ShopContext;
  let owner: HttpClient;
  const staff = (role: string): HttpClient => new HttpClient(server().url, issueStaffToken(server().services.secrets.key('staff-bearer'), { shop: here.shop.id, staff: 'lin', name: 'Lin', role, exp: Date.now() + 600_000 }));
  const requests = async (): Promise<readonly Request[]> => (await owner.must<{ items: Request[] }>('GET', '/api/admin/privacy/requests')).items;
  const audited = async (action: string, target: string): Promise<number> => (await server().services.audit.list(here, {}, { action, target })).items.length;
  const erase = (id: string, confirm: string, who = owner): Promise<Answer<Request & Problem>> => who.post<Request & Problem>(`/api/admin/customers/${id}/erase`, { confirm });
  before(async () => { here = server().context(); owner = await server().admin(); });

  it('is the owner\'s and the operator\'s alone', async () => {
    const { id } = await person(server(), here);
    const doors: readonly (readonly ['GET' | 'POST', string, object?])[] = [
      ['GET', '/api/admin/privacy/requests'], ['GET', '/api/admin/privacy/purges'], ['GET', '/api/admin/privacy/requests/x/package'], ['POST', '/api/admin/privacy/requests/x/fulfil', {}],
      ['GET', `/api/admin/customers/${id}/erasure`], ['POST', `/api/admin/customers/${id}/export`, {}], ['POST', `/api/admin/customers/${id}/erase`, { confirm: 'Mei' }],
    ];
    for (const role of ['marketer', 'agent', 'analyst', 'auditor']) for (const [method, path, body] of doors) expect((await staff(role).send<Problem>(method, path, body)).status, `${role} ${method} ${path}`).to.equal(403);
    for (const [method, path, body] of doors) expect((await server().visitor().send(method, path, body)).status, `nobody ${method} ${path}`).to.equal(401);
    expect((await staff('operator').get('/api/admin/privacy/requests')).status).to.equal(200);
    expect((await server().services.customers.byId(here, id))?.name).to.equal('Mei');
  });

  it('goes out as one file, with a due date, and each look is recorded', async () => {
    const mei = await person(server(), here);
    await card(server(), here, mei);
    const request = await staff('operator').must<Request>('POST', `/api/admin/customers/${mei.id}/export`, {});
    expect(request).to.deep.include({ topic: 'data_request', personId: mei.id, personName: 'Mei', state: 'done', hasPackage: true, error: null });
    expect(request.dueAt - request.receivedAt).to.equal(30 * DAY);
    const pack = await owner.must<Package>('GET', `/api/admin/privacy/requests/${request.id}/package`);
    expect(pack.data['core']?.['person']?.[0]).to.include({ email: mei.email });
    expect(pack.data['stamps']?.['plg_stamps_stamp']).to.have.length(2);
    expect(await requests()).to.deep.include(request);
    expect([await audited('privacy.request', `privacy:${request.id}`), await audited('person.export', `person:${mei.id}`), await audited('privacy.package.read', `privacy:${request.id}`)]).to.deep.equal([1, 1, 1]);
  });

  it('is erased when the name was typed, and then its export is gone too', async () => {
    const [mei, lin] = [await person(server(), here), await person(server(), here)];
    for (const who of [mei, lin]) await card(server(), here, who);
    const exported = await owner.must<Request>('POST', `/api/admin/customers/${mei.id}/export`, {});
    expect(await owner.must('GET', `/api/admin/customers/${mei.id}/erasure`)).to.deep.equal({ confirm: 'Mei' });
    for (const wrong of ['', 'mei', 'Lin']) expect([(await erase(mei.id, wrong)).status, (await erase(mei.id, wrong)).body.code]).to.deep.equal([422, 'GX_ERASE_CONFIRM']);
    expect((await owner.post(`/api/admin/customers/${mei.id}/erase`, {})).status, 'without any confirmation').to.equal(422);
    expect((await server().services.customers.byId(here, mei.id))?.email).to.equal(mei.email);

    const { status, body } = await erase(mei.id, ' Mei ');
    expect([status, body.state, body.personName, body.personErased]).to.deep.equal([200, 'done', null, true]);
    expect(body.receipt?.erased).to.deep.include({ stamps: { plg_stamps_card: 1, plg_stamps_stamp: 2 } });
    expect((await server().services.customers.byId(here, mei.id))?.email).to.equal(null);
    expect((await owner.get(`/api/admin/privacy/requests/${exported.id}/package`)).status).to.equal(404);
    expect((await requests()).find(({ id }) => id === exported.id)).to.include({ hasPackage: false });
    expect(await audited('person.erase', `person:${mei.id}`)).to.equal(2);
    expect((await server().services.customers.byId(here, lin.id))?.email).to.equal(lin.email);
    // Without a name the end of the id is asked for; a second time harms nothing.
    expect((await erase(mei.id, 'Mei')).status).to.equal(422);
    expect((await erase(mei.id, mei.id.slice(-8))).body).to.include({ state: 'done' });
  });

  it('of another shop is not there', async () => {
    const there = await otherShop(server());
    const stranger = await person(server(), there);
    for (const [method, path, body] of [['GET', 'erasure'], ['POST', 'export', {}], ['POST', 'erase', { confirm: 'Mei' }]] as const) expect((await owner.send(method, `/api/admin/customers/${stranger.id}/${path}`, body)).status, path).to.equal(404);
    const request = await server().services.privacyRequests.open(there, { topic: 'redact', ref: 'r', personId: stranger.id });
    expect((await owner.post(`/api/admin/privacy/requests/${request.id}/fulfil`)).status).to.equal(404);
    expect((await requests()).some(({ id }) => id === request.id)).to.equal(false);
  });

  it('that cannot be erased everywhere stays open with its reason, until it can', async () => {
    const mei = await person(server(), here);
    let broken = true;
    server().services.privacy.registerSource({ owner: 'flaky', export: async () => ({}), erase: async () => { if (broken) throw new Error('not now'); return { thing: 1 }; } });
    try {
      const { body } = await erase(mei.id, 'Mei');
      expect(body).to.deep.include({ state: 'failed' });
      expect(body.receipt?.failed).to.deep.equal({ flaky: 'Error: not now' });
      expect((await server().services.customers.byId(here, mei.id))?.email, 'the rest is erased').to.equal(null);
      broken = false;
      expect(await owner.must<Request>('POST', `/api/admin/privacy/requests/${body.id}/fulfil`)).to.deep.include({ state: 'done', error: null });
    } finally { server().services.privacy.unregisterSource('flaky'); }
  });

  it('of a purged plugin leaves a receipt that can be read', async () => {
    await server().install('stamps');
    await owner.must('DELETE', '/api/admin/installs/stamps');
    await server().services.purges.purge(here, 'stamps');
    const { items } = await owner.must<{ items: { plugin: string; finishedAt: number; by: string; rows: Record<string, number> }[] }>('GET', '/api/admin/privacy/purges');
    expect(items[0]).to.include({ plugin: 'stamps', finishedAt: here.now, by: 'staff:Test' });
    expect(items[0]?.rows['plg_stamps_card']).to.be.greaterThan(0);
    expect(await rowsOf(server(), here, ['plg_stamps_card'])).to.deep.equal({ plg_stamps_card: 0 });
  });
});
