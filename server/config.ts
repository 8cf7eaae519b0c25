import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { DataLocation } from './data/data-store.js';
import { manifestSchema, type Manifest } from './plugin-api/index.js';

type PluginLimits = NonNullable<Manifest['limits']>;

/** Everything the process is told from outside, checked once at start. */
export interface Config {
  readonly mode: 'demo' | 'production' | 'test';
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly location: DataLocation;
  /** Address under which people reach us, without a trailing slash; links are made from it. */
  readonly publicUrl: string | undefined;
  /** Signs shopper and staff bearers and encrypts secrets at rest, each through its own derived key. 32 characters or more. */
  readonly secret: string | undefined;
  /** The secret before the current one: still opens what was sealed with it, and seals nothing. */
  readonly previousSecret: string | undefined;
  /** A fixed admin token for automation; may be used again. Demo mode only. */
  readonly adminToken: string | undefined;
  readonly seed: 'none' | 'small' | 'full';
  readonly shopify: { readonly apiKey: string; readonly apiSecret: string; readonly oldApiSecret: string | undefined; readonly scopes: string } | undefined;
  /** Requests per minute and client address; 0 switches the limit off. */
  readonly requestsPerAddress: number;
  /** Proxies of the operator's own in front of this process; each adds an address to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** Milliseconds after which a plugin's route is answered for it. */
  readonly routeTimeoutMs: number;
  /** Milliseconds that each step of a plugin's start may take. */
  readonly pluginStartMs: number;
  /** Milliseconds a plugin has for one event, and for one hook of its life cycle. */
  readonly eventTimeoutMs: number;
  readonly hookTimeoutMs: number;
  /** Milliseconds without a turn of the event loop that count as a stall. */
  readonly stallMs: number;
  /** Milliseconds between two looks at the health of each plugin. */
  readonly healthEveryMs: number;
  /** Milliseconds that a failing surface of a plugin rests before it is tried again. */
  readonly coolDownMs: number;
  /** Trials in a row that may fail before the plugin is suspended in the shop. */
  readonly suspendAfter: number;
  /** Milliseconds between two looks at the memory of the process. */
  readonly memoryEveryMs: number;
  /** Share of the memory limit above which the plugin that fills it rests. */
  readonly memoryShare: number;
  /** What a plugin may use at most in a shop, by the names of the manifest's `limits`; what is absent is the host's own maximum. */
  readonly quotas: PluginLimits;
  /** Local servers that stand in for outside services, by host name; never in production. */
  readonly standIns: Readonly<Record<string, { readonly address: string; readonly port: number }>>;
  /** Node modules to load as plugins besides the bundled ones. */
  readonly plugins: readonly string[];
  readonly logLevel: string;
}

/** A sentence for a person, and the end of the start. */
export class ConfigError extends Error { override name = 'ConfigError'; }

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  GUANXI_SECRET: z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48').optional(),
  GUANXI_SECRET_PREVIOUS: z.string().min(32, 'must be the old secret, which had at least 32 characters').optional(),
  GUANXI_ADMIN_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  GUANXI_SEED: z.enum(['none', 'small', 'full']).default('full'),
  GUANXI_PLUGINS: z.string().optional(),
  GUANXI_ROUTE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  GUANXI_PLUGIN_START_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
  GUANXI_EVENT_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(10_000),
  GUANXI_HOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(30_000),
  GUANXI_HEALTH_EVERY_MS: z.coerce.number().int().min(100).max(3_600_000).default(30_000),
  GUANXI_STALL_MS: z.coerce.number().int().min(20).max(60_000).default(200),
  GUANXI_COOL_DOWN_MS: z.coerce.number().int().min(100).max(3_600_000).default(30_000),
  GUANXI_SUSPEND_AFTER: z.coerce.number().int().min(1).max(1_000).default(5),
  GUANXI_MEMORY_EVERY_MS: z.coerce.number().int().min(50).max(600_000).default(5_000),
  GUANXI_MEMORY_SHARE: z.coerce.number().min(0.05).max(0.95).default(0.75),
  GUANXI_RATE_LIMIT: z.coerce.number().int().min(0).optional(),
  GUANXI_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  GUANXI_QUOTAS: z.string().optional(),
  GUANXI_STAND_INS: z.string().optional(),
  SHOPIFY_API_KEY: z.string().min(1).optional(),
  SHOPIFY_API_SECRET: z.string().min(1).optional(),
  SHOPIFY_API_SECRET_OLD: z.string().min(1).optional(),
  SHOPIFY_SCOPES: z.string().default('read_customers,read_orders,read_products,write_discounts'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});
const known = new Set(Object.keys(environment.shape));

function locationOf(url: string | undefined, dataDir: string): DataLocation {
  if (!url) return { engine: 'sqlite', file: resolve(dataDir, 'guanxi.sqlite') };
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  const file = /^(?:sqlite:|file:)(?:\/\/)?(.+)$/.exec(url)?.[1];
  if (file) return { engine: 'sqlite', file: resolve(file) };
  throw new ConfigError('DATABASE_URL must begin with postgres:// or sqlite:, for example postgres://guanxi:secret@localhost/guanxi or sqlite:./data/guanxi.sqlite.');
}

const pairs = (list: string | undefined): string[][] => list?.split(',').map((each) => each.trim()).filter(Boolean).map((each) => each.split('=', 2).map((side) => side.trim())) ?? [];

/** `requestsPerMinute=6000, rowsPerShop=100000` */
function quotasOf(list: string | undefined): PluginLimits {
  const shape = manifestSchema.shape.limits.unwrap();
  const parsed = shape.safeParse(Object.fromEntries(pairs(list).map(([name, value]) => [name, Number(value)])));
  if (!parsed.success) throw new ConfigError(`GUANXI_QUOTAS is wrong (${parsed.error.issues[0]!.message}). Write, for example, requestsPerMinute=6000,rowsPerShop=100000. Known: ${Object.keys(shape.shape).join(', ')}.`);
  return parsed.data;
}

/** `api.example.com=127.0.0.1:4040` */
function standInsOf(list: string | undefined): Config['standIns'] {
  return Object.fromEntries(pairs(list).map(([host, place]) => {
    const [, address, port] = /^(127\.0\.0\.1|localhost):(\d{1,5})$/.exec(place ?? '') ?? [];
    if (!host || !address) throw new ConfigError('GUANXI_STAND_INS is wrong. Write, for example, api.example.com=127.0.0.1:4040; stand-ins run on this machine only.');
    return [host.toLowerCase(), { address: '127.0.0.1', port: Number(port) }];
  }));
}

/** Level by level: `recursive` never returns where a folder cannot hold others, e.g. under /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/**
 * Reads the environment. Unknown `GUANXI_…` names and bad values stop the start with a sentence.
 * @throws ConfigError
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, mode: Config['mode']): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('GUANXI_') && !known.has(name) && !/^GUANXI_(TEST|LONG|BENCH)/.test(name)) throw new ConfigError(`${name} is not a setting of Guanxi. Known: ${[...known].join(', ')}.`);
  }
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => known.has(name) && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(`${String(issue.path[0])} is wrong: ${issue.message}.`);
  }
  const values = parsed.data;
  const dataDir = resolve(values.DATA_DIR);
  try { makeFolder(dataDir); accessSync(dataDir, constants.W_OK); }
  catch { throw new ConfigError(`The data folder ${dataDir} cannot be written. Choose another with DATA_DIR.`); }
  if (mode === 'production' && !values.GUANXI_SECRET) throw new ConfigError('GUANXI_SECRET is missing. Production needs one of at least 32 characters; make it with: openssl rand -base64 48');
  if (mode === 'production' && !values.SHOPIFY_API_KEY) throw new ConfigError('SHOPIFY_API_KEY is missing. Production needs a shop platform; for the demo shop run: npm start');
  if (mode === 'production' && values.GUANXI_ADMIN_TOKEN) throw new ConfigError('GUANXI_ADMIN_TOKEN works in demo mode only. Remove it.');
  if (values.GUANXI_SECRET_PREVIOUS && !values.GUANXI_SECRET) throw new ConfigError('GUANXI_SECRET_PREVIOUS is the secret before GUANXI_SECRET, which is missing. Set both.');
  if (mode === 'production' && values.GUANXI_STAND_INS) throw new ConfigError('GUANXI_STAND_INS is for development only. Remove it.');
  if (Boolean(values.SHOPIFY_API_KEY) !== Boolean(values.SHOPIFY_API_SECRET)) throw new ConfigError('SHOPIFY_API_KEY and SHOPIFY_API_SECRET belong together: set both or neither.');
  return {
    mode, host: values.HOST, port: values.PORT, dataDir, location: locationOf(values.DATABASE_URL, dataDir),
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''), secret: values.GUANXI_SECRET, previousSecret: values.GUANXI_SECRET_PREVIOUS, adminToken: values.GUANXI_ADMIN_TOKEN, seed: values.GUANXI_SEED,
    shopify: values.SHOPIFY_API_KEY && values.SHOPIFY_API_SECRET
      ? { apiKey: values.SHOPIFY_API_KEY, apiSecret: values.SHOPIFY_API_SECRET, oldApiSecret: values.SHOPIFY_API_SECRET_OLD, scopes: values.SHOPIFY_SCOPES } : undefined,
    routeTimeoutMs: values.GUANXI_ROUTE_TIMEOUT_MS, pluginStartMs: values.GUANXI_PLUGIN_START_MS, eventTimeoutMs: values.GUANXI_EVENT_TIMEOUT_MS, hookTimeoutMs: values.GUANXI_HOOK_TIMEOUT_MS, healthEveryMs: values.GUANXI_HEALTH_EVERY_MS, stallMs: values.GUANXI_STALL_MS, coolDownMs: values.GUANXI_COOL_DOWN_MS,
    suspendAfter: values.GUANXI_SUSPEND_AFTER, memoryEveryMs: values.GUANXI_MEMORY_EVERY_MS, memoryShare: values.GUANXI_MEMORY_SHARE,
    requestsPerAddress: values.GUANXI_RATE_LIMIT ?? (mode === 'production' ? 1200 : 0), trustedProxies: values.GUANXI_TRUSTED_PROXIES,
    // Measurements and demos of one person are not to be taken for a crowd.
    quotas: { ...(mode === 'production' ? {} : { requestsPerMinute: 6_000_000 }), ...quotasOf(values.GUANXI_QUOTAS) }, standIns: standInsOf(values.GUANXI_STAND_INS),
    plugins: values.GUANXI_PLUGINS?.split(',').map((name) => name.trim()).filter(Boolean) ?? [],
    logLevel: values.LOG_LEVEL,
  };
}
