import { container as globalContainer, type DependencyContainer } from 'tsyringe';
import { GxError, type Basics, type Capabilities, type ContractToken, type Http, type Manifest, type PluginApp, type ShopContext } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** Makes the service behind a name for one plugin: shared where identity does not matter, a facade of its own where it does. */
export type CapabilityFactory<T> = (plugin: Manifest) => T;
/** Everything this host can hand out. */
export type CapabilityFactories = { readonly [K in keyof (Capabilities & Basics & { http: Http })]: CapabilityFactory<(Capabilities & Basics & { http: Http })[K]> };

const BASICS: readonly (keyof Basics)[] = ['log', 'clock', 'settings'];

/**
 * A plugin's container is a sibling of the host's, never its child: children leak singletons across plugins. Exactly the declared
 * capabilities are registered, so that what was consented to, what resolves and what compiles are one and the same.
 */
export function pluginContainer(manifest: Manifest, factories: CapabilityFactories): DependencyContainer {
  // The global container is kept empty; a child of it shares nothing with its siblings.
  const container = globalContainer.createChildContainer();
  const names = manifest.capabilities.map(({ name }) => (name.startsWith('net:') ? 'http' : name) as keyof Capabilities | 'http');
  for (const name of new Set([...BASICS, ...names])) container.register(name, { useValue: factories[name](manifest) });
  return container;
}

/** What the bridge asks of the rest of the host for one plugin. */
export interface Surroundings {
  settings(ctx: ShopContext): Promise<Record<string, unknown>>;
  granted(ctx: ShopContext, capability: string): boolean;
  /** Another plugin of this process, when it is active. */
  active(pluginId: string): PluginUnit | undefined;
}

function contractOf(unit: PluginUnit, token: ContractToken<unknown>, kind: 'plugins' | 'optional', active: Surroundings['active']): unknown {
  const owner = token.name.split('.', 1)[0]!;
  if (!unit.manifest?.requires?.[kind]?.[owner]) {
    throw new GxError('GX_CONTRACT_UNDECLARED', 500, `Plugin "${unit.id}": it uses "${token.name}", but its manifest does not name "${owner}" under requires.${kind}.`, { plugin: unit.id });
  }
  return active(owner)?.provided.get(token.name);
}

/** What the plugin's functions receive. */
export function pluginApp(unit: PluginUnit, container: DependencyContainer, around: Surroundings): PluginApp {
  const app = {
    id: unit.id, container,
    use: (name: string) => container.resolve<unknown>(name),
    useOptional: (name: string) => (container.isRegistered(name) ? container.resolve<unknown>(name) : undefined),
    settings: (ctx: ShopContext) => around.settings(ctx),
    granted: (ctx: ShopContext, name: string) => around.granted(ctx, name),
    contract: (token: ContractToken<unknown>) => {
      const service = contractOf(unit, token, 'plugins', (id) => around.active(id));
      if (service === undefined) throw new GxError('GX_CONTRACT_MISSING', 500, `Plugin "${unit.id}": "${token.name}" is not filled by its owner. Its manifest must name it under provides.`, { plugin: unit.id });
      return service;
    },
    optionalContract: (token: ContractToken<unknown>) => contractOf(unit, token, 'optional', (id) => around.active(id)),
    provide: (token: ContractToken<unknown>, service: unknown) => {
      if (!unit.manifest?.provides?.some((each) => each.token === token.name)) throw new GxError('GX_CONTRACT_UNDECLARED', 500, `Plugin "${unit.id}": it provides "${token.name}", which its manifest does not name under provides.`, { plugin: unit.id });
      unit.provided.set(token.name, service);
    },
    own: (disposable: { dispose(): void | Promise<void> }) => { unit.owned.push(disposable); },
  };
  return app as unknown as PluginApp;
}
