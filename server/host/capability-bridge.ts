import { container as globalContainer, type DependencyContainer } from 'tsyringe';
import type { Basics, Capabilities, Manifest, PluginApp, ShopContext } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** Makes the service behind a name for one plugin: shared where identity does not matter, a facade of its own where it does. */
export type CapabilityFactory<T> = (plugin: Manifest) => T;
/** Everything this host can hand out. */
export type CapabilityFactories = { readonly [K in keyof (Capabilities & Basics)]: CapabilityFactory<(Capabilities & Basics)[K]> };

const BASICS: readonly (keyof Basics)[] = ['log', 'clock', 'settings'];

/**
 * A plugin's container is a sibling of the host's, never its child: children leak singletons across plugins. Exactly the declared
 * capabilities are registered, so that what was consented to, what resolves and what compiles are one and the same.
 */
export function pluginContainer(manifest: Manifest, factories: CapabilityFactories): DependencyContainer {
  // The global container is kept empty; a child of it shares nothing with its siblings.
  const container = globalContainer.createChildContainer();
  for (const name of [...BASICS, ...manifest.capabilities.map((capability) => capability.name)]) {
    const service = factories[name](manifest);
    container.register(name, { useValue: service });
  }
  return container;
}

/** What the plugin's functions receive. */
export function pluginApp(unit: PluginUnit, container: DependencyContainer, settings: (ctx: ShopContext) => Promise<Record<string, unknown>>): PluginApp {
  const app = {
    id: unit.id, container,
    use: (name: string) => container.resolve<unknown>(name),
    useOptional: (name: string) => (container.isRegistered(name) ? container.resolve<unknown>(name) : undefined),
    settings,
    own: (disposable: { dispose(): void | Promise<void> }) => { unit.owned.push(disposable); },
  };
  return app as unknown as PluginApp;
}
