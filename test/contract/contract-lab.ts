import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../server/data/data-store.js';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { readManifest } from '../../server/packages/verify-manifest.js';
import type { Manifest, PluginDefinition } from '../../server/plugin-api/index.js';
import type { RouteRecord } from '../../server/host/route-table.js';
import { createTestHost, type TestHost } from '../kit/test-host.js';
import { furnishShops, type ContractShop } from './contract-shops.js';

export interface RouteSample { readonly params?: Readonly<Record<string, string>>; readonly query?: Readonly<Record<string, string>>; readonly body?: unknown }

export interface ContractOptions {
  /** The database to check on; SQLite if not given. */
  readonly engine?: Engine;
  /** Plugins that this one requires. */
  readonly beside?: readonly PluginSource[];
  /** Inputs for routes whose schema admits nothing that can be made up, by `POST /path` as it is declared. */
  readonly samples?: Readonly<Record<string, RouteSample>>;
  /** Puts data into a shop before the checks look at it, in the place of the plugin's own `demo`. Must do the same in every shop. */
  readonly seed?: (host: TestHost, shop: string) => Promise<void>;
  /** Runs these checks alone, by name. */
  readonly only?: readonly string[];
  /** Whether widgets are tried in a browser; if `playwright-core` and `axe-core` are installed when not given. */
  readonly browser?: boolean;
  /** How long a job may go on after it was told to stop, in milliseconds; 3,000 if not given, three times of what the contract says. */
  readonly stopMs?: number;
}

export const routeName = ({ method, path }: Pick<RouteRecord, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

/** What the checks of one plugin share: its manifest, its code, one host with two shops alike. Everything is made when it is first asked for. */
export class ContractLab implements AsyncDisposable {
  readonly #closing: (() => Promise<void>)[] = [];
  #host: Promise<TestHost> | undefined;
  #shops: Promise<readonly [ContractShop, ContractShop]> | undefined;
  constructor(readonly source: PluginSource, readonly options: ContractOptions = {}) {}

  get id(): string { return this.source.id; }
  get engine(): Engine { return this.options.engine ?? 'sqlite'; }
  path(relative = ''): string { return fileURLToPath(new URL(relative, this.source.root)); }
  read(relative: string): string | undefined { return existsSync(this.path(relative)) ? readFileSync(this.path(relative), 'utf8') : undefined; }

  /** As the file says it. @throws Error when it cannot be read */
  get manifest(): Manifest {
    const { manifest, findings } = readManifest(this.id, this.read('manifest.json') ?? '');
    if (!manifest) throw new Error(findings[0]?.message ?? 'There is no manifest.json.');
    return manifest;
  }
  async definition(): Promise<PluginDefinition> {
    return ((await import(new URL('plugin.js', this.source.root).href)) as { default: PluginDefinition }).default;
  }

  /** The one host that checks share. */
  host(): Promise<TestHost> { return this.#host ??= this.ownHost(); }
  /** A host of its own, for a check that leaves nothing as it was; closed with the lab. */
  async ownHost(): Promise<TestHost> {
    const host = await createTestHost({ plugins: [this.source, ...this.options.beside ?? []], engine: this.engine });
    this.#closing.push(() => host.close());
    return host;
  }
  /** Two shops with the same customers, products, orders and data of the plugin. */
  shops(): Promise<readonly [ContractShop, ContractShop]> { return this.#shops ??= this.host().then((host) => furnishShops(this, host)); }

  async [Symbol.asyncDispose](): Promise<void> { for (const close of this.#closing.splice(0).reverse()) await close(); }
}
