import { expect } from 'chai';
import { issueShopperToken, issueStaffToken, verifyShopperToken } from '../../../server/http/shopper-token.js';
import { HttpClient, onEachServer } from '../../kit/index.js';

const STAFF = { shop: 1, staff: 'lin', name: 'Lin' };

onEachServer('who may do what', {}, (server) => {
  const staff = (role: string, exp = Date.now() + 60_000): HttpClient => new HttpClient(server().url, issueStaffToken(server().services.secrets.key('staff-bearer'), { ...STAFF, role, exp }));

  it('lets an analyst look and not change', async () => {
    const analyst = staff('analyst');
    expect((await analyst.get('/api/admin/customers')).status).to.equal(200);
    const person = await server().shopper();
    const answer = await analyst.post<{ code: string }>(`/api/admin/customers/${person.personId ?? ''}/adjustments`, { amount: 5, reason: 'because' });
    expect([answer.status, answer.body.code]).to.deep.equal([403, 'GX_FORBIDDEN']);
    expect((await analyst.post('/api/admin/installs/interaction-games', { granted: [] })).status).to.equal(403);
  });

  it('lets an agent look after customers, and give nothing of the shop away', async () => {
    for (const plugin of ['interaction-games', 'questionnaires']) await server().install(plugin);
    const agent = staff('agent'), marketer = staff('marketer');
    const doors = ['/activities/none/publish', '/activities/none/revision', '/activities/none/duplicate', '/plugins/interaction-games/games', '/plugins/interaction-games/games/none/publish', '/plugins/questionnaires/surveys', '/plugins/questionnaires/surveys/none/publish'];
    for (const door of doors) {
      expect((await agent.post(`/api/admin${door}`, {})).status, `an agent at ${door}`).to.equal(403);
      expect((await marketer.post(`/api/admin${door}`, {})).status, `a marketer at ${door}`).to.be.oneOf([404, 422]);
    }
    expect((await agent.send('PUT', '/api/admin/plugins/interaction-games/rounds/none/real-price', { price: 100 })).status).to.equal(403);
    expect((await agent.get('/api/admin/activities')).status).to.equal(200);
  });

  it('ends bearers at their time and takes none made for another purpose', async () => {
    expect((await staff('owner', Date.now() - 1).get('/api/admin/home')).status).to.equal(401);
    const key = server().services.secrets.key('shopper-bearer');
    const claims = { shop: 1, person: 'p', guest: false, exp: Date.now() + 60_000 };
    const token = issueShopperToken(key, claims);
    expect(verifyShopperToken(key, token, Date.now())).to.deep.equal(claims);
    for (let at = 5; at < token.length; at += 7) {
      const forged = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      expect(verifyShopperToken(key, forged, Date.now()), `changed at ${at}`).to.equal(undefined);
    }
  });

  it('lets a sign-in link in once', async () => {
    const link = await server().running.adminLink(server().context().shop);
    const token = new URL(link).hash.slice('#token='.length);
    const first = await server().visitor().post<{ bearer: string }>('/api/admin/sign-in', { token });
    expect(first.status).to.equal(200);
    expect((await new HttpClient(server().url, first.body.bearer).get('/api/admin/bootstrap')).status).to.equal(200);
    expect((await server().visitor().post('/api/admin/sign-in', { token })).status).to.equal(401);
  });

  it('records an adjustment with its reason, and the shopper can see it', async () => {
    const member = await server().shopper();
    await (await server().admin()).must('POST', `/api/admin/customers/${member.personId ?? ''}/adjustments`, { amount: 37, reason: 'Sorry for the late parcel' });
    const { items } = await member.must<{ items: { available: number; note: string }[] }>('GET', '/api/storefront/me/points');
    expect(items[0]).to.include({ available: 37, note: 'Sorry for the late parcel' });
    const audit = await (await server().admin()).must<{ items: { action: string; detail: Record<string, unknown> }[] }>('GET', '/api/admin/audit?action=points.adjusted');
    expect(audit.items[0]?.detail).to.deep.include({ amount: 37, reason: 'Sorry for the late parcel' });
    expect(await (await server().admin()).must('GET', '/api/admin/audit/check')).to.include({ ok: true });
    await server().integrity();
  });

  it('makes CSV cells harmless that a spreadsheet would run', async () => {
    await server().shopper({ name: '=HYPERLINK("http://evil","x")' });
    await server().shopper({ name: '＝1+1' });
    const { body, headers } = await (await server().admin()).get<string>('/api/admin/customers.csv');
    expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(body).to.contain('"\'=HYPERLINK(""http://evil"",""x"")"');
    expect(body.split('\n').some((line) => /,[=＝+@]/.test(line))).to.equal(false);
  });
});
