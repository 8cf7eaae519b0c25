import { expect } from 'chai';
import { calm, moods } from '../../fixtures/plugins/unruly/mood.js';
import { engines } from '../../kit/databases.js';
import type { TestServer } from '../../kit/index.js';
import { lifeOf } from '../installs/lives-fixture.js';
import { ground } from '../installs/restarts.js';
import { othersAnswer, runsOf, unrulyAndTame, until } from './what-runs.js';

const ACT = '/api/storefront/plugins/unruly/act';

for (const engine of engines) describe(`a plugin whose trials keep failing in a shop (${engine})`, () => {
  after(calm);

  it('is suspended there for good, until the merchant tries again', async function () {
    this.timeout(60_000);
    await using place = await ground(engine);
    const life = async (server: TestServer) => lifeOf(await server.admin(), 'unruly');
    const knock = async (server: TestServer): Promise<number> => (await server.visitor().get(ACT)).status;
    const failToTheEnd = (server: TestServer): Promise<void> => until('it is suspended', async () => { await knock(server); return (await (await life(server)).item()).state === 'suspended'; });

    const first = await place.start(await unrulyAndTame());
    for (const id of ['unruly', 'bench-constant']) await first.install(id);
    moods.route = 'throw';
    await failToTheEnd(first);
    const item = await (await life(first)).item();
    expect(item).to.include({ cause: 'breaker' });
    expect(item['reason']).to.match(/^route: TypeError \(.*mood\.\w+:\d+\)$/);
    expect(await knock(first)).to.equal(404);
    expect(await othersAnswer(first)).to.deep.equal([200, 200, 200]);
    expect(await runsOf(first, 'unruly')).to.include({ state: 'active', install: 'suspended' });
    const { items } = await (await first.admin()).must<{ items: { action: string; actor: string; target: string; detail: Record<string, unknown> }[] }>('GET', '/api/admin/audit');
    const written = items.filter(({ action, target }) => action === 'plugin.suspended' && target === 'unruly');
    expect(written).to.have.length(1);
    expect(written[0]).to.deep.include({ actor: 'job:core.plugin-breaker' });
    expect(written[0]?.detail).to.deep.include({ from: 'enabled', to: 'suspended', cause: 'breaker' });

    expect((await (await life(first)).post('retry')).body).to.include({ state: 'enabled' });
    expect([await knock(first), await knock(first)], 'its breaker is closed: it is called each time').to.deep.equal([502, 502]);
    expect((await runsOf(first, 'unruly')).suspensions).to.deep.equal([]);
    await failToTheEnd(first);
    await first.close();

    const second = await place.start(await unrulyAndTame());
    expect((await (await life(second)).item()).state, 'over restarts and in every node').to.equal('suspended');
    expect(await knock(second)).to.equal(404);
    calm();
    expect((await (await life(second)).post('retry')).body).to.include({ state: 'enabled' });
    expect(await knock(second)).to.equal(200);
  });
});
