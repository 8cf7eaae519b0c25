import semver from 'semver';
import type { DataStore } from '../data/data-store.js';
import { settingsDefaults, statement, type Localised, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { asksOf, beyond, hashOf, hostOf, perDay, type Asks } from './asks.js';
import { LAST_CONSENT, LAST_HASHES, type Consent, type Install } from './install.js';
import { isInstalled } from './lifecycle.js';
import type { InstallPorts, PluginCatalog } from './plugin-catalog.js';
import type { Shown } from './plugin-consent.entity.js';
import type { Preview, PreviewChange } from './preview.js';
import { firstOf, missingChains, requirementsOf, type ShopView } from './requirements.js';

const COUNTS = new Map<string, ReturnType<typeof statement<{ n: number }>>>();
const countOf = (table: string): ReturnType<typeof statement<{ n: number }>> => {
  let known = COUNTS.get(table);
  if (!known) COUNTS.set(table, known = statement<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${table} WHERE shop_id = :shop`));
  return known;
};
const text = (value: Localised): Localised => ({ en: value.en, 'zh-CN': value['zh-CN'] });
const compared = (before: readonly string[], now: readonly string[]): { added: string[]; removed: string[] } =>
  ({ added: now.filter((each) => !before.includes(each)), removed: before.filter((each) => !now.includes(each)) });
const fieldsOf = (asks: Asks): string[] => asks.personalData.flatMap(({ entity, fields }) => fields.map((field) => `${entity}.${field}`));
const jobsPerDay = (jobs: Asks['jobs']): number => Math.round(jobs.reduce((sum, job) => sum + perDay(job.schedule), 0) * 100) / 100;

export interface PreviewParts { readonly catalog: PluginCatalog; readonly ports: InstallPorts; readonly shop: ShopView; readonly migrate: (install: Install, manifest: Manifest) => { readonly dropped: readonly string[] } }

/** Computes what a merchant is shown before an install or an upgrade. */
export class PreviewsService {
  constructor(private readonly store: DataStore) {}

  async lastConsent(ctx: ShopContext, pluginId: string): Promise<Consent | undefined> {
    const row = await this.store.read(ctx, (q) => q.one(LAST_CONSENT, { plugin: pluginId }));
    return row && { ...row, granted: JSON.parse(row.granted) as string[], declined: JSON.parse(row.declined) as string[], shown: JSON.parse(row.shown) as Shown };
  }

  /** The hash of the last consent of every shop to every plugin, by `shop/plugin`. */
  async lastAgreed(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.store.system.many(LAST_HASHES)).map((row) => [`${row.shop_id}/${row.plugin}`, row.hash]));
  }

  /** What the merchant sees, and so what a consent says was seen. */
  async shown(manifest: Manifest, ports: InstallPorts): Promise<Shown> {
    return { asks: asksOf(manifest), title: text(manifest.listing.title), storefrontBytes: ports.storefrontBytes(manifest.id), tables: await ports.tables(manifest.id) };
  }

  /** How many rows of the shop stand in each table. */
  rows(ctx: ShopContext, tables: readonly string[]): Promise<{ readonly name: string; readonly rows: number }[]> {
    return Promise.all(tables.map(async (name) => ({ name, rows: (await this.store.read(ctx, (q) => q.one(countOf(name))))?.n ?? 0 })));
  }

  /** What the code asks for beyond the last consent. */
  async beyond(ctx: ShopContext, manifest: Manifest, install: Install): Promise<readonly string[]> {
    const consent = await this.lastConsent(ctx, manifest.id);
    if (!consent && install.version === manifest.version) return [];
    return beyond(asksOf(manifest), install.granted, consent?.shown.asks);
  }

  async preview(ctx: ShopContext, manifest: Manifest, install: Install | undefined, { catalog, ports, shop, migrate }: PreviewParts): Promise<Preview> {
    const asks = asksOf(manifest);
    const known = install && install.state !== 'purged' && install.state !== 'purging' ? install : undefined;
    const consent = known ? await this.lastConsent(ctx, manifest.id) : undefined;
    const before = consent?.shown.asks;
    const extra = known && (consent || known.version !== manifest.version) ? beyond(asks, known.granted, before) : [];
    const behind = known !== undefined && semver.lt(known.version, manifest.version);
    const oldNames = before?.capabilities.map(({ name }) => name) ?? known?.granted ?? [];
    const shown = await this.shown(manifest, ports);
    const capability = ({ name, reason, optional }: Manifest['capabilities'][number]): Preview['capabilities'][number] =>
      ({ name, reason: text(reason), optional: optional ?? false, granted: known ? known.granted.includes(name) : null, added: known !== undefined && !oldNames.includes(name) });
    const first = firstOf(missingChains(manifest, catalog.manifests(), shop));
    return {
      id: manifest.id, version: manifest.version, title: text(manifest.listing.title), summary: text(manifest.listing.summary), pricing: manifest.listing.pricing ? text(manifest.listing.pricing) : null,
      hash: hashOf(asks), state: install?.state ?? 'available', kind: !known ? 'install' : known.state === 'uninstalled' ? 'restore' : behind ? 'upgrade' : 'review',
      needsConsent: known !== undefined && isInstalled(known.state) && extra.length > 0,
      capabilities: manifest.capabilities.filter(({ name }) => !hostOf(name)).map(capability),
      hosts: manifest.capabilities.flatMap((each) => { const host = hostOf(each.name); return host ? [{ host, ...(({ reason, optional, added }) => ({ reason, optional, added }))(capability(each)) }] : []; }),
      tables: known ? await this.rows(ctx, shown.tables) : shown.tables.map((name) => ({ name, rows: 0 })),
      personalData: asks.personalData.map((data) => ({ ...data, titles: { ...data.titles }, added: known ? data.fields.filter((field) => extra.includes(`${data.entity}.${field}`)) : [] })),
      jobs: asks.jobs.map((job) => ({ ...job, perDay: perDay(job.schedule) })), jobsPerDay: jobsPerDay(asks.jobs), storefrontBytes: shown.storefrontBytes,
      widgets: manifest.widgets.map(({ name, surface, slot, title }) => ({ name, surface, slot, title: text(title) })), events: asks.events,
      limits: Object.entries(asks.limits).map(([name, asked]) => ({ name, asked, granted: ports.grantedLimit(manifest.id, name, asked) })),
      requires: requirementsOf(manifest, catalog.manifests(), shop),
      installFirst: first.map((id) => ({ id, title: text(catalog.manifests().find((each) => each.id === id)?.listing.title ?? { en: id, 'zh-CN': id }), state: shop.state(id) })),
      purgeAfter: known?.purgeAfter ?? null,
      change: known && behind ? this.#change(manifest, known, asks, shown, consent?.shown, migrate) : null,
    };
  }

  #change(manifest: Manifest, install: Install, asks: Asks, shown: Shown, before: Shown | undefined, migrate: PreviewParts['migrate']): PreviewChange {
    const old: Asks = before?.asks ?? { ...asks, version: install.version, capabilities: install.granted.map((name) => ({ name, optional: false, en: '', zh: '' })), hosts: install.granted.flatMap((name) => hostOf(name) ?? []), personalData: [] };
    const names = (list: Asks): string[] => list.capabilities.map(({ name }) => name).filter((name) => !hostOf(name));
    const widgets = (list: Asks): string[] => list.widgets.map(({ surface, name }) => `${surface}/${name}`);
    let dropped: readonly string[] = [];
    let error: string | null = null;
    try { ({ dropped } = migrate(install, manifest)); } catch (failure) { error = failure instanceof Error ? failure.message : String(failure); }
    return {
      from: install.version, to: manifest.version, capabilities: compared(names(old), names(asks)), hosts: compared(old.hosts, asks.hosts), personalData: compared(fieldsOf(old), fieldsOf(asks)), widgets: compared(widgets(old), widgets(asks)),
      jobsPerDay: { from: jobsPerDay(old.jobs), to: jobsPerDay(asks.jobs) }, storefrontBytes: { from: before?.storefrontBytes ?? shown.storefrontBytes, to: shown.storefrontBytes },
      settings: { added: Object.keys(settingsDefaults(manifest.settings ?? {})).filter((name) => !(name in install.settings)), dropped, error },
      changes: (manifest.listing.changes ?? []).filter(({ version }) => semver.gt(version, install.version) && semver.lte(version, manifest.version)).map(({ version, date, notes }) => ({ version, date, notes: text(notes) })),
    };
  }
}
