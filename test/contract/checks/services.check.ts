import { capabilityFactories } from '../../../server/capabilities.js';
import { pluginApp, pluginContainer } from '../../../server/host/capability-bridge.js';
import { PluginUnit } from '../../../server/host/plugin-unit.js';
import { routerFor } from '../../../server/host/router-for.js';
import type { Finding } from '../../../server/packages/finding.js';
import { settingsDefaults, type Manifest } from '../../../server/plugin-api/index.js';
import type { TestHost } from '../../kit/test-host.js';
import { finding, remark, said, type ContractCheck } from '../contract-check.js';
import type { ContractLab } from '../contract-lab.js';

/** Everything that a plugin makes of its services, once more, with what this manifest grants. Answers the container. */
async function wire(lab: ContractLab, host: TestHost, manifest: Manifest): Promise<PluginUnit> {
  const definition = await lab.definition(), unit = new PluginUnit(lab.source);
  unit.manifest = manifest;
  unit.container = pluginContainer(manifest, capabilityFactories(host.services), () => true);
  const app = unit.app = pluginApp(unit, unit.container, {
    granted: () => true, enabled: () => true, blame: (_ctx, _id, _name, run) => run(), active: (id) => host.services.host.unit(id), settings: () => Promise.resolve(settingsDefaults(manifest.settings ?? {})),
  });
  try {
    definition.services?.(app);
    definition.routes?.(routerFor(unit.id, unit), app);
    definition.contributes?.(app);
    definition.on?.(app);
    definition.jobs?.(app);
    return unit;
  } finally { for (const each of unit.owned.splice(0).reverse()) await each.dispose(); }
}

/** Names of a plugin's own services that are texts; capabilities and basics have no prefix. */
function* tokens({ container, manifest }: PluginUnit): Generator<Finding> {
  // tsyringe tells nobody what is registered.
  const names = [...(container as unknown as { _registry: { _registryMap: Map<unknown, unknown> } })._registry._registryMap.keys()];
  const given = new Set<unknown>(['log', 'clock', 'settings', 'http', ...manifest!.capabilities.map(({ name }) => name)]);
  for (const name of names) if (typeof name === 'string' && !given.has(name) && !name.startsWith(`${manifest!.id}.`)) yield finding('GX_TOKEN_PREFIX', `it registers a service under "${name}". Use the class as the token, or call it "${manifest!.id}.${name}".`);
}

export const servicesResolve: ContractCheck = {
  name: 'services', title: 'runs with exactly what it was granted, and says what is missing when it is not', stage: 'host',
  async run(lab) {
    const host = await lab.host(), { manifest } = lab;
    let whole: PluginUnit;
    try { whole = await wire(lab, host, manifest); }
    catch (error) { return [finding('GX_SERVICES_TWICE', `its services can be made once only: ${said(error)}. Keep nothing between two starts outside the container.`)]; }
    const findings = [...tokens(whole)];
    for (const { name, optional } of manifest.capabilities) {
      const token = name.startsWith('net:') ? 'http' : name;
      const rest = manifest.capabilities.filter((each) => each.name !== name);
      if (token === 'http' && rest.some((each) => each.name.startsWith('net:'))) continue;
      try {
        await wire(lab, host, { ...manifest, capabilities: rest });
        if (!optional) findings.push(remark('GX_CAPABILITY_UNUSED', `it asks every merchant for "${name}" and starts without it. Take it out of the manifest, or make it optional, unless it is used later.`));
      } catch (error) {
        if (optional) findings.push(finding('GX_CAPABILITY_OPTIONAL', `it calls "${name}" optional and does not start without it: ${said(error)}. Reach for it with app.useOptional.`));
        else if (!String(error instanceof Error ? error.message : error).includes(token)) findings.push(finding('GX_CAPABILITY_UNCLEAR', `without "${name}" it fails with "${said(error)}", which does not name it. Let the error of app.use through.`));
      }
    }
    return findings;
  },
};
