import { expect } from 'chai';
import { bundledPlugins } from '../../plugins/index.js';
import type { QuotaUse } from '../../server/quotas/limits.js';
import { startTestServer, type TestServer } from '../kit/index.js';

interface Asked { readonly name: string; readonly asked: number; readonly granted: number }

describe('the limits of the bundled modules', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer({ seed: 'small', mode: 'demo' });
    for (const { id } of bundledPlugins) await server.install(id);
  });
  after(() => server.close());

  for (const { id } of bundledPlugins) {
    it(`are asked for, shown and far away in a lively shop: ${id}`, async () => {
      const manifest = server.services.host.manifest(id)!, limits = { ...manifest.limits } as Readonly<Record<string, number>>;
      const uses = ['requestsPerMinute', ...manifest.jobs.length ? ['jobMinutesPerDay'] : [], 'rowsPerShop', 'storageMb', ...manifest.capabilities.some(({ name }) => name.startsWith('net:')) ? ['outboundPerMinute'] : []];
      expect(Object.keys(limits), 'what it uses, and nothing that it does not').to.deep.equal(uses);
      const admin = await server.admin();
      const preview = await admin.must<{ limits: Asked[] }>('GET', `/api/admin/marketplace/${id}/preview`);
      expect(preview.limits).to.deep.equal(Object.entries(limits).map(([name, asked]) => ({ name, asked, granted: asked })));
      const { plugins } = await admin.must<{ plugins: { id: string; quotas: QuotaUse[] }[] }>('GET', '/api/admin/system/plugins');
      const quotas = plugins.find((each) => each.id === id)!.quotas.filter(({ name }) => name in limits);
      for (const { name, limit, granted, used } of quotas) {
        expect({ name, limit, granted }).to.deep.equal({ name, limit: limits[name], granted: limits[name] });
        expect(used, name).to.be.below(granted / 100);
      }
      expect(quotas.find(({ name }) => name === 'rowsPerShop')?.used).to.be.greaterThan(0);
    });
  }
});
