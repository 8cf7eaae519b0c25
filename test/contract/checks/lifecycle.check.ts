import type { Finding } from '../../../server/packages/finding.js';
import { finding, said, type ContractCheck } from '../contract-check.js';
import { changedTable, snapshot, tablesWritten } from '../shop-rows.js';

/** What a merchant does, and the hook that follows; a crash or a failure makes it run again. */
const STEPS = [['install', 'onInstall'], ['install', 'onEnable'], ['disable', 'onDisable'], ['enable', 'onEnable'], ['uninstall', 'onUninstall'], ['install', 'onInstall']] as const;
type Verb = (typeof STEPS)[number][0];

export const lifecycleIsHarmless: ContractCheck = {
  name: 'lifecycle', title: 'may be installed, switched on and off, and uninstalled twice', stage: 'host', everyEngine: true,
  async run(lab) {
    const host = await lab.host(), [{ key, ctx }] = await lab.shops(), tables = await tablesWritten(host, lab.id), findings: Finding[] = [];
    const states: Readonly<Record<Verb, readonly string[]>> = { install: ['enabled'], enable: ['enabled'], disable: ['disabled'], uninstall: ['uninstalled'] };
    const now = (): string => host.services.installs.of(ctx.shop.id, lab.id)?.state ?? 'available';
    for (const [verb, hook] of STEPS) {
      if (!states[verb].includes(now())) await host[verb](key, lab.id).catch(() => undefined);
      if (!states[verb].includes(now())) { findings.push(finding('GX_LIFECYCLE_STUCK', `after "${verb}" it is ${now()}: ${host.services.installs.of(ctx.shop.id, lab.id)?.lastError ?? 'no reason given'}. Mend the hook.`)); break; }
      const run = async (): Promise<string> => { await host.services.host.hook(lab.id, hook, ctx); await host.drain(); return snapshot(host, ctx, tables, ['updated_at']); };
      try {
        const table = changedTable(await run(), await run());
        if (table !== undefined) findings.push(finding('GX_HOOK_TWICE', `${hook} changes ${table} again when it runs twice. Hooks run at least once: look before you write.`));
      } catch (error) { findings.push(finding('GX_HOOK_TWICE', `${hook} fails when it runs again: ${said(error)}. Hooks run at least once: what is done already is no error.`)); }
    }
    return findings;
  },
};
