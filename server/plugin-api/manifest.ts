import { z } from 'zod';
import type { CapabilityName } from './capabilities.js';
import { conditionFaults } from './setting-conditions.js';
import type { Localised, SettingFields } from './settings.js';

const localised = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
const version = z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
const word = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/);
const field = z.looseObject({ kind: z.enum(['text', 'number', 'money', 'toggle', 'color', 'choice', 'product', 'list', 'secret']), label: localised, shopper: z.boolean().optional() });

/** The manifest is data: it is read, checked and shown to a merchant before any of the plugin's code runs. */
export const manifestSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,30}$/),
  version,
  api: z.string().regex(/^[\^~]?\d+\.\d+(\.\d+)?$/, 'pin a major of the plugin API, for example "^1.0"'),
  widgetRuntime: z.number().int().min(1),
  listing: z.strictObject({
    title: localised, summary: localised, description: localised.optional(), icon: z.string().max(40),
    category: z.enum(['reviews', 'games', 'research', 'rewards', 'loyalty', 'insight', 'care', 'other']),
    support: z.string().optional(),
    /** Words a merchant would search for, besides title and summary. */
    keywords: z.array(z.string().min(1).max(40)).max(20).optional(),
    /** What it costs, in words; free if absent. */
    pricing: localised.optional(),
    /** Files under `pictures/`, 16:10, at most 200 KB each. */
    screenshots: z.array(z.strictObject({ file: z.string().regex(/^[a-z0-9-]+\.(svg|png|webp|jpg)$/), alt: localised })).max(5).optional(),
    /** Newest first; shown before an upgrade. */
    changes: z.array(z.strictObject({ version, date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), notes: localised })).optional(),
  }),
  /** Other plugins by id and semver range. `optional` ones may be absent, and their contracts then resolve to undefined. */
  requires: z.strictObject({
    plugins: z.record(z.string(), z.string()).optional(), optional: z.record(z.string(), z.string()).optional(),
    /** The versions it needs of contracts of those plugins, by token and semver range; any version where none is named. */
    contracts: z.record(z.string(), z.string()).optional(),
  }).optional(),
  /** Service contracts for other plugins; each token is `<id>.<noun>` and is filled in `services` with `app.provide`. The version is the contract's own: a change that breaks callers raises its major. */
  provides: z.array(z.strictObject({ token: z.string(), version })).optional(),
  /** Names of `Capabilities`, or `net:<host>` for each host that may be called (`net:api.example.com`, `net:*.example.com`). */
  capabilities: z.array(z.strictObject({ name: z.string(), reason: localised, optional: z.boolean().optional() })),
  settings: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,40}$/), field).superRefine((fields, check) => {
    for (const [name, { kind, shopper }] of Object.entries(fields)) if (kind === 'secret' && shopper) check.addIssue({ code: 'custom', path: [name, 'shopper'], message: 'a secret is told to nobody' });
    for (const { name, fault } of conditionFaults(fields)) check.addIssue({ code: 'custom', path: [name, 'visibleWhen'], message: fault });
  }).optional(),
  settingsVersion: z.number().int().min(1).optional(),
  personalData: z.array(z.strictObject({
    entity: z.string(), subject: z.string(), fields: z.array(z.string()), onErase: z.enum(['delete', 'anonymise']),
    /** The fields as a merchant calls them, in the middle of a sentence: `birth_year` is "year of birth". A field without one is shown by its column's name. */
    titles: z.record(z.string(), localised).optional(),
  })).superRefine((declared, check) => {
    declared.forEach(({ fields, titles = {} }, at) => {
      for (const name of Object.keys(titles)) if (!fields.includes(name)) check.addIssue({ code: 'custom', path: [at, 'titles', name], message: `is none of its fields; those are: ${fields.join(', ')}` });
    });
  }).optional(),
  widgets: z.array(z.strictObject({
    name: word, surface: z.enum(['admin', 'storefront']),
    /** admin: `page` (own navigation entry), `home` (card), `customer` (card on a customer). storefront: a mount's `data-guanxi` value. */
    slot: z.string(), module: z.string().regex(/^[a-z0-9-]+\.js$/), title: localised, icon: z.string().max(40).optional(),
    weight: z.number().int().optional(), maxBytes: z.number().int().optional(),
    /** Height in px that the storefront mount reserves, so that nothing moves when the widget arrives. */
    minHeight: z.number().int().optional(),
  })),
  events: z.strictObject({ emits: z.array(z.string()), handles: z.array(z.string()) }),
  jobs: z.array(z.strictObject({
    name: word, /** Cron, five fields, in the shop's zone. */ schedule: z.string(), timeoutMs: z.number().int().min(100).max(600_000).optional(),
  })),
  activityTypes: z.array(z.strictObject({ name: word, title: localised })).optional(),
  rewardKinds: z.array(z.strictObject({ name: word, title: localised })).optional(),
  /** What a merchant can group customers by; computed by the contribution of the same name. */
  segmentAttributes: z.array(z.strictObject({ name: word, title: localised, kind: z.enum(['number', 'flag', 'text']) })).optional(),
  /** Names of what multiplies the points of orders; the contribution of the same name answers how much. */
  earningMultipliers: z.array(word).optional(),
  /** The budget it asks for, per shop; the host grants at most its own maximum. */
  limits: z.strictObject({
    requestsPerMinute: z.number().int().min(1).optional(), jobMinutesPerDay: z.number().positive().optional(), rowsPerShop: z.number().int().min(1).optional(),
    storageMb: z.number().positive().optional(), outboundPerMinute: z.number().int().min(1).optional(),
  }).optional(),
  locales: z.array(z.string()).min(1),
});

type Data = z.infer<typeof manifestSchema>;
/** A plugin's manifest. Declare it with `as const satisfies Manifest`, so that capabilities and settings keep their types. */
export type Manifest = Omit<Data, 'capabilities' | 'settings'> extends infer Rest ? {
  readonly [K in keyof Rest]: DeepReadonly<Rest[K]>;
} & {
  readonly capabilities: readonly { readonly name: CapabilityName | `net:${string}`; readonly reason: Localised; readonly optional?: boolean }[];
  readonly settings?: SettingFields;
} : never;

type DeepReadonly<T> = T extends (infer U)[] ? readonly DeepReadonly<U>[] : T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type WidgetDeclaration = Manifest['widgets'][number];
