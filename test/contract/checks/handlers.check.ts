import type { Finding } from '../../../server/packages/finding.js';
import { newId, type ShopContext } from '../../../server/plugin-api/index.js';
import { finding, type ContractCheck } from '../contract-check.js';
import { eventPayload } from '../event-payload.js';
import { changedTable, snapshot, tablesWritten } from '../shop-rows.js';

export const handlersAreIdempotent: ContractCheck = {
  name: 'handlers', title: 'does nothing more when the same event comes again', stage: 'host', everyEngine: true,
  async run(lab) {
    const host = await lab.host(), [shop] = await lab.shops(), tables = await tablesWritten(host, lab.id), findings: Finding[] = [];
    for (const [name, handler] of Object.entries(host.unit(lab.id).handlers)) {
      const ctx: ShopContext = { ...shop.ctx, actor: { kind: 'job', name: 'events' } };
      const meta = { id: newId(), name, at: ctx.now, signal: new AbortController().signal };
      const come = async (): Promise<string> => {
        // What it throws on an ordinary event is told by the check of two shops.
        await handler(ctx, eventPayload(name, shop) as never, meta).catch(() => undefined);
        await host.drain();
        return snapshot(host, shop.ctx, tables, ['updated_at']);
      };
      const table = changedTable(await come(), await come());
      if (table !== undefined) findings.push(finding('GX_HANDLER_TWICE', `the handler of "${name}" changes ${table} again when the same event comes twice. Events come at least once: make rows under an id that follows from meta.id, or look before you write.`));
    }
    return findings;
  },
};
