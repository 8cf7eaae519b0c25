import { expect } from 'chai';
import { onEachServer } from '../../kit/index.js';

interface Rules { readonly version: number; readonly pairs: readonly string[]; readonly priority: readonly string[]; readonly basis: string }

onEachServer('the merchant\'s rules for what goes together', {}, (server) => {
  it('keeps versions, refuses who saw older ones, and prices the next cart by the new ones', async () => {
    const admin = await server().admin();
    const before = await admin.must<{ rules: Rules; allPairs: string[] }>('GET', '/api/admin/stacking');
    expect(before.rules.version).to.equal(0);
    const rules = { pairs: ['member+order'], priority: before.rules.priority, basis: 'original' };
    expect(await admin.must('PUT', '/api/admin/stacking', { basedOn: 0, ...rules })).to.deep.equal({ version: 1 });
    expect((await admin.send('PUT', '/api/admin/stacking', { basedOn: 0, ...rules })).body).to.include({ code: 'GX_STACKING_CHANGED' });
    expect((await admin.must<{ rules: Rules }>('GET', '/api/admin/stacking')).rules).to.deep.equal({ ...rules, version: 1 });
    expect((await admin.send('PUT', '/api/admin/stacking', { basedOn: 1, ...rules, pairs: ['member+member'] })).status, 'nobody has two member prices').to.equal(422);
    for (const priority of [['member'], ['member', 'member', 'order', 'shipping', 'points']]) expect((await admin.send('PUT', '/api/admin/stacking', { basedOn: 1, ...rules, priority })).status).to.equal(422);
    const example = await admin.must<{ offers: { id: string; used: boolean; reason?: string }[] }>('POST', '/api/admin/stacking/example', rules);
    expect(example.offers.filter(({ used }) => used).map(({ id }) => id)).to.deep.equal(['member', 'order-percent']);
    expect(example.offers.filter(({ used, reason }) => !used && reason === undefined)).to.deep.equal([]);
  });

  it('refuses floors that are none, and leaves no row', async () => {
    const admin = await server().admin();
    for (const value of [-1, 0, 0.1, 2 ** 53, '1e3', '１２', null, [1]]) expect((await admin.send('PUT', '/api/admin/stacking/floors/TEA-LJ01', { floor: { kind: 'amount', value } })).status, String(value)).to.equal(422);
    expect((await admin.send('PUT', '/api/admin/stacking/floors/TEA-LJ01', { floor: { kind: 'percent', value: 10_001 } })).status).to.equal(422);
    expect((await admin.send('PUT', '/api/admin/stacking/floors/NONE', { floor: { kind: 'percent', value: 5000 } })).status).to.equal(404);
    expect((await admin.must<{ floors: object[] }>('GET', '/api/admin/stacking')).floors).to.deep.equal([]);
    await admin.must('PUT', '/api/admin/stacking/floors/TEA-LJ01', { floor: { kind: 'percent', value: 5000 } });
    expect((await admin.must<{ floors: object[] }>('GET', '/api/admin/stacking')).floors).to.have.length(1);
  });

  it('holds the narrowest floor: a product\'s own, else its category\'s, else that of all', async () => {
    const admin = await server().admin();
    const put = (category: unknown, floor: object | null): Promise<{ status: number }> => admin.send('PUT', '/api/admin/stacking/group-floor', { category, floor });
    for (const value of [-1, 0, 0.1, 2 ** 53, '1e3', '１２', null, [1], 10_001]) expect((await put(null, { kind: 'percent', value })).status, String(value)).to.equal(422);
    for (const category of ['', 1, ['tea'], undefined]) expect((await put(category, { kind: 'percent', value: 5000 })).status, JSON.stringify(category)).to.equal(422);
    expect((await put('no such', { kind: 'percent', value: 5000 })).status).to.equal(404);
    const read = (): Promise<{ groupFloors: { category: string; products: number }[]; categories: string[] }> => admin.must('GET', '/api/admin/stacking');
    expect((await read()).groupFloors).to.deep.equal([]);
    const floorsOf = async (): Promise<unknown> => Object.fromEntries(await server().services.stacking.floorsOf(server().context(), ['TEA-LJ01', 'TEA-PT07', 'HOM-MG05', 'NONE']));
    await put(null, { kind: 'percent', value: 3000 });
    const { categories } = await read();
    await put(categories.find((each) => each === 'tea'), { kind: 'amount', value: 4000 });
    const percent = (value: number): object => ({ kind: 'percent', value }), tea = { kind: 'amount', value: 4000 };
    expect(await floorsOf()).to.deep.equal({ 'TEA-LJ01': percent(5000), 'TEA-PT07': tea, 'HOM-MG05': percent(3000) });
    expect((await read()).groupFloors.map(({ category, products }) => [category, products > 0])).to.deep.equal([['', true], ['tea', true]]);
    await put('tea', null);
    await put(null, null);
    expect(await floorsOf()).to.deep.equal({ 'TEA-LJ01': percent(5000) });
  });
});
