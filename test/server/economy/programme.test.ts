import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';

interface Programme { readonly version: number; readonly liveDays: number | null; readonly returnDays: number; readonly [key: string]: unknown }
interface Me { readonly points: { readonly available: number; readonly pending: number; readonly expiring: readonly { readonly amount: number; readonly at: number }[] } }

onEachServer('rules for points', {}, (server) => {
  const rules = async (): Promise<Programme> => (await (await server().admin()).must<{ programme: Programme }>('GET', '/api/admin/points/programme')).programme;
  const save = async (change: Readonly<Record<string, unknown>>): Promise<Programme> => {
    const { version, ...programme } = await rules();
    return (await (await server().admin()).must<{ programme: Programme }>('PUT', '/api/admin/points/programme', { basedOn: version, programme: { ...programme, ...change } })).programme;
  };
  const sku = 'TEA-LJ01';

  it('begin with the defaults of the currency, and each change is a version that names who made it', async () => {
    const first = await rules();
    expect(first).to.deep.include({ version: 0, worth: 100, liveDays: 365, returnDays: 7, undeliveredDays: 15, debtPolicy: 'allow_negative', guestLimit: 300, adjustmentLimit: 10_000 });
    const next = await save({ name: { en: 'Leaves', 'zh-CN': '茶叶' }, worth: 50 });
    expect(next).to.deep.include({ version: 1, worth: 50, name: { en: 'Leaves', 'zh-CN': '茶叶' } });
    const { versions } = await (await server().admin()).must<{ versions: readonly { version: number; actor: string }[] }>('GET', '/api/admin/points/programme');
    expect(versions.map(({ version, actor }) => ({ version, actor }))).to.deep.equal([{ version: 1, actor: 'staff:Automation' }]);
    const late = await (await server().admin()).send('PUT', '/api/admin/points/programme', { basedOn: 0, programme: Object.fromEntries(Object.entries(next).filter(([key]) => key !== 'version')) });
    expect([late.status, (late.body as unknown as { code: string }).code]).to.deep.equal([409, 'GX_PROGRAMME_CHANGED']);
  });

  it('value what the shop owes', async () => {
    const shopper = await server().shopper();
    await server().services.grants.grant(server().context(), { personId: shopper.personId!, reward: { kind: 'points', amount: 200 }, source: 'test.gift', causeRef: 'c', key: 'worth' });
    await save({ worth: 100 });
    const { totals: before } = await (await server().admin()).must<{ totals: { liability: number } }>('GET', '/api/admin/economy');
    await save({ worth: 300 });
    const { totals: after } = await (await server().admin()).must<{ totals: { liability: number } }>('GET', '/api/admin/economy');
    expect(after.liability).to.equal(3 * before.liability);
  });

  it('switched to points that stay keep what has not expired, and switched back give it one full period', async () => {
    const shopper = await server().shopper();
    const give = (key: string, amount: number) => server().services.grants.grant(server().context(), { personId: shopper.personId!, reward: { kind: 'points', amount }, source: 'test.gift', causeRef: 'c', key });
    await save({ liveDays: 2 });
    await give('old', 10);
    const soon = await shopper.must<Me>('GET', '/api/storefront/me');
    expect(soon.points.expiring).to.have.length(1);
    await save({ liveDays: null });
    await give('new', 5);
    expect((await shopper.must<Me>('GET', '/api/storefront/me')).points.expiring).to.deep.equal([]);
    await server().advance('P1D');
    await save({ liveDays: 3 });
    const { points } = await shopper.must<Me>('GET', '/api/storefront/me');
    expect(points.expiring).to.have.length(1);
    expect(points.expiring[0]!.amount).to.equal(15);
    expect(points.expiring[0]!.at - soon.points.expiring[0]!.at).to.equal(2 * 86_400_000);
    await server().integrity();
    await server().advance('P4D');
    expect((await shopper.must<Me>('GET', '/api/storefront/me')).points.available).to.equal(0);
    await save({ liveDays: 365 });
    await server().integrity();
  });

  it('decide how long points of an order wait, and leave orders alone that were settled before', async () => {
    await save({ returnDays: 1 });
    const first = await server().shopper(), second = await server().shopper();
    const before = await server().order(first, [{ sku, quantity: 1 }]);
    await save({ returnDays: 30 });
    const after = await server().order(second, [{ sku, quantity: 1 }]);
    await server().deliver(before.id);
    await server().deliver(after.id);
    await server().advance('P2D');
    const [one, two] = [(await first.must<Me>('GET', '/api/storefront/me')).points, (await second.must<Me>('GET', '/api/storefront/me')).points];
    expect([one.pending, two.available]).to.deep.equal([0, 0]);
    expect(one.available).to.be.greaterThan(0);
    expect(two.pending).to.equal(one.available);
    await server().integrity();
  });

  it('refuse what makes no sense, and store nothing of it', async () => {
    const { version, ...programme } = await rules();
    const bad: Readonly<Record<string, unknown>>[] = [
      ...[-1, 0, 0.1, '1e3', '１００', null, [1], 2 ** 53].map((worth) => ({ worth })), ...[0, 3651, 1.5, '365'].map((liveDays) => ({ liveDays })),
      { name: { en: '', 'zh-CN': '积分' } }, { debtPolicy: 'confiscate' }, { returnDays: -1 }, { extra: 1 },
    ];
    for (const change of bad) {
      const { status } = await (await server().admin()).send('PUT', '/api/admin/points/programme', { basedOn: version, programme: { ...programme, ...change } });
      expect(status, JSON.stringify(change)).to.equal(422);
    }
    expect((await rules()).version).to.equal(version);
  });
});
