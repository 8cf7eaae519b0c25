import type { Finding } from '../../../server/packages/finding.js';
import { finding, said, type ContractCheck } from '../contract-check.js';
import { rowsOf, snapshot, tablesOf } from '../shop-rows.js';

export const purgeIsWhole: ContractCheck = {
  name: 'purge', title: 'leaves nothing behind in a shop that purges it, and everything in the others', stage: 'host', everyEngine: true,
  async run(lab) {
    const host = await lab.host(), [shop, other] = await lab.shops(), tables = await tablesOf(host, lab.id), findings: Finding[] = [];
    for (const { key, ctx } of [shop, other]) if (host.services.installs.of(ctx.shop.id, lab.id)?.state !== 'enabled') await host.install(key, lab.id);
    const before = await snapshot(host, other.ctx, tables);
    const left = (message: string): Finding => finding('GX_PURGE_LEFT', `${message}. Write nothing once onDisable has run, and let app.own stop what runs on its own.`);
    let receipt: Awaited<ReturnType<typeof host.purge>>;
    try { receipt = await host.purge(shop.key, lab.id); }
    catch (error) { return [left(said(error).replace(/\.$/, ''))]; }
    if (!receipt) findings.push(finding('GX_PURGE_STUCK', `a shop that uninstalled it cannot be purged: ${host.services.installs.of(shop.ctx.shop.id, lab.id)?.lastError ?? 'no reason given'}. Let onPurge end well when there is nothing left to do.`));
    await host.drain();
    for (const table of tables) {
      const rows = (await rowsOf(host, shop.ctx, table)).length;
      if (rows) findings.push(left(`${rows} of its rows are in "${table}" after the shop was purged`));
    }
    if (await snapshot(host, other.ctx, tables) !== before) findings.push(finding('GX_PURGE_OTHER', 'purging one shop changes rows of another. Use the context that the hook was called with.'));
    return findings;
  },
};
