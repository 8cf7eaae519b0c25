import { container as globalContainer, type DependencyContainer } from 'tsyringe';
import { GxError, type Basics, type Capabilities, type ContractToken, type Http, type Manifest, type PluginApp, type ShopContext } from '../plugin-api/index.js';
import { capabilityCheck, gated } from '../installs/shop-gate.js';
import type { PluginUnit } from './plugin-unit.js';
import { contractFault, contractOwner, optionalFits } from './resolve.js';

/** Makes the service behind a name for one plugin: shared where identity does not matter, a facade of its own where it does. */
export type CapabilityFactory<T> = (plugin: Manifest) => T;
/** Everything this host can hand out. */
export type CapabilityFactories = { readonly [K in keyof (Capabilities & Basics & { http: Http })]: CapabilityFactory<(Capabilities & Basics & { http: Http })[K]> };

const BASICS: readonly (keyof Basics)[] = ['log', 'clock', 'settings'];

/** What the bridge asks of the rest of the host for one plugin. */
export interface Surroundings {
  settings(ctx: ShopContext): Promise<Record<string, unknown>>;
  granted(ctx: ShopContext, capability: string): boolean;
  /** Whether another plugin is switched on in the shop. */
  enabled(ctx: ShopContext, pluginId: string): boolean;
  /** Runs a call of another plugin's contract under that plugin's name: what it leaves behind is its own. */
  blame<T>(ctx: ShopContext, pluginId: string, name: string, run: () => T): T;
  /** Another plugin of this process, when it is active. */
  active(pluginId: string): PluginUnit | undefined;
}

/**
 * A plugin's container is a sibling of the host's, never its child: children leak singletons across plugins. Exactly the declared
 * capabilities are registered, so that what was consented to, what resolves and what compiles are one and the same.
 */
export function pluginContainer(manifest: Manifest, factories: CapabilityFactories, granted: Surroundings['granted']): DependencyContainer {
  // The global container is kept empty; a child of it shares nothing with its siblings.
  const container = globalContainer.createChildContainer();
  const names = manifest.capabilities.map(({ name }) => (name.startsWith('net:') ? 'http' : name) as keyof Capabilities | 'http');
  for (const name of new Set([...BASICS, ...names])) {
    // An optional capability that this host lacks.
    if (!(name in factories)) continue;
    const service = factories[name](manifest);
    const check = capabilityCheck(manifest, name, granted);
    container.register(name, { useValue: check ? gated<object>(service, check) : service });
  }
  return container;
}

const wrong = (unit: PluginUnit, code: `GX_${string}`, message: string, status = 500): GxError => new GxError(code, status, `Plugin "${unit.id}": ${message}`, { plugin: unit.id });

/** Services of other plugins, as one plugin may reach them. */
class Contracts {
  readonly #gates = new WeakMap<object, object>();
  constructor(private readonly unit: PluginUnit, private readonly around: Surroundings) {}

  required(token: ContractToken<unknown>): unknown {
    const id = this.#owner(token, 'plugins');
    const owner = this.around.active(id);
    if (!owner) throw wrong(this.unit, 'GX_PLUGIN_BLOCKED', `it uses "${token.name}", but "${id}" is not running any more. Restart the host, or mend "${id}".`, 503);
    const service = owner.provided.get(token.name);
    if (service === undefined) throw wrong(this.unit, 'GX_CONTRACT_MISSING', `it uses "${token.name}", which "${id}" ${owner.manifest!.version} does not provide. It provides: ${[...owner.provided.keys()].join(', ') || 'nothing'}.`);
    return this.#gated(service, id, token.name);
  }

  optional(token: ContractToken<unknown>, ctx: ShopContext | undefined): unknown {
    const id = this.#owner(token, 'optional');
    const owner = ctx && !this.around.enabled(ctx, id) ? undefined : this.around.active(id);
    const service = owner && optionalFits(this.unit, owner) && !contractFault(this.unit, owner, token.name) ? owner.provided.get(token.name) : undefined;
    return service === undefined ? undefined : this.#gated(service, id, token.name);
  }

  provide(token: ContractToken<unknown>, service: unknown): void {
    const { unit } = this;
    if (!unit.manifest?.provides?.some((each) => each.token === token.name)) throw wrong(unit, 'GX_CONTRACT_UNDECLARED', `it provides "${token.name}", which its manifest does not name under provides.`);
    if (unit.sealed) throw wrong(unit, 'GX_CONTRACT_LATE', `it provides "${token.name}" too late; those who use it have started by then. Call app.provide in services.`);
    if (unit.provided.has(token.name)) throw wrong(unit, 'GX_CONTRACT_TAKEN', `it provides "${token.name}" twice. Fill each contract once, in services.`);
    if (typeof service !== 'object' || service === null) throw wrong(unit, 'GX_CONTRACT_SERVICE', `it fills "${token.name}" with ${service === null ? 'null' : typeof service}; a contract is an object with methods whose first argument is the context.`);
    unit.provided.set(token.name, service);
  }

  #owner(token: ContractToken<unknown>, kind: 'plugins' | 'optional'): string {
    const owner = contractOwner(token.name);
    if (!this.unit.manifest?.requires?.[kind]?.[owner]) throw wrong(this.unit, 'GX_CONTRACT_UNDECLARED', `it uses "${token.name}", but its manifest does not name "${owner}" under requires.${kind}.`);
    return owner;
  }

  /** A shop that switched the owner off gets nothing from it, by whatever way. */
  #gated(service: unknown, owner: string, name: string): unknown {
    const known = this.#gates.get(service as object);
    if (known) return known;
    const gate = gated(service as object, (ctx) => {
      if (!this.around.enabled(ctx, owner)) throw new GxError('GX_PLUGIN_DISABLED', 409, `Plugin "${this.unit.id}": it asks "${owner}", which is switched off in the shop "${ctx.shop.key}". Switch it on there.`, { plugin: owner, shop: ctx.shop.key });
    }, (ctx, call) => this.around.blame(ctx, owner, name, call));
    this.#gates.set(service as object, gate);
    return gate;
  }
}

/** What the plugin's functions receive. */
export function pluginApp(unit: PluginUnit, container: DependencyContainer, around: Surroundings): PluginApp {
  const contracts = new Contracts(unit, around);
  const app = {
    id: unit.id, container,
    use: (name: string) => container.resolve<unknown>(name),
    useOptional: (name: string) => (container.isRegistered(name) ? container.resolve<unknown>(name) : undefined),
    settings: (ctx: ShopContext) => around.settings(ctx),
    granted: (ctx: ShopContext, name: string) => around.granted(ctx, name),
    contract: (token: ContractToken<unknown>) => contracts.required(token),
    optionalContract: (token: ContractToken<unknown>, ctx?: ShopContext) => contracts.optional(token, ctx),
    provide: (token: ContractToken<unknown>, service: unknown) => { contracts.provide(token, service); },
    own: (disposable: { dispose(): void | Promise<void> }) => { unit.owned.push(disposable); },
  };
  return app as unknown as PluginApp;
}
