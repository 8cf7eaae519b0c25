import semver from 'semver';
import { notFound, z, type AdminRoutes, type Localised, type Manifest, type ShopContext } from '../../plugin-api/index.js';
import { isInstalled } from '../../installs/lifecycle.js';
import type { CoreServices } from '../core-services.js';
import type { MarketplaceShelf } from '../marketplace-shelf.js';
import { problemTitle } from '../problem-texts.js';
import { detailShape, leaveShape, listedShape, previewShape } from './marketplace-shapes.js';

type Listed = z.infer<typeof listedShape>;
const plugin = z.object({ plugin: z.string().max(60) });
const text = (value: Localised): { en: string; 'zh-CN': string } => ({ en: value.en, 'zh-CN': value['zh-CN'] });

interface Shelved { readonly manifest: Manifest; readonly hostState: string; readonly error?: string | undefined; readonly code?: string | undefined }

/** A plugin of which the shop still has data while its code is gone from this server: it can be taken out, nothing else. */
const absent = (id: string, version: string, title: Localised): Shelved => ({
  hostState: 'absent',
  manifest: { id, version, api: '^1.0', widgetRuntime: 1, listing: { title, summary: { en: 'No longer on this server.', 'zh-CN': '该模块已不在此服务器上。' }, icon: 'puzzle', category: 'other' }, capabilities: [], widgets: [], events: { emits: [], handles: [] }, jobs: [], locales: ['en', 'zh-CN'] },
});

/** What is on the shelf and how each of it stands in this shop. */
export function marketplaceRoutes(routes: AdminRoutes, services: CoreServices, shelf: MarketplaceShelf): void {
  const { installs, host, purges } = services;

  async function listed(ctx: ShopContext, { manifest, hostState, error, code }: Shelved): Promise<Listed> {
    const install = installs.of(ctx.shop.id, manifest.id);
    const present = install !== undefined && (isInstalled(install.state) || install.state === 'uninstalled') ? install : undefined;
    const hold = install?.state === 'enabled' ? installs.hold(ctx.shop.id, manifest.id) : undefined;
    const served = shelf.files.plugin(manifest.id);
    const [picture] = shelf.pictures(manifest.id);
    const { listing } = manifest;
    return {
      id: manifest.id, version: present?.version ?? manifest.version, availableVersion: manifest.version, title: text(listing.title), summary: text(listing.summary), icon: listing.icon, category: listing.category, keywords: [...listing.keywords ?? []],
      ...(listing.description ? { description: text(listing.description) } : {}), ...(listing.pricing ? { pricing: text(listing.pricing) } : {}), ...(listing.support ? { support: listing.support } : {}),
      ...(picture ? { picture: { url: picture.url, alt: text(picture.alt) } } : {}),
      state: install?.state ?? 'available', hostState, ...(error ? { error, ...(code ? { errorTitle: problemTitle(code, 500, ctx.locale) } : {}) } : {}),
      needsConsent: install?.state === 'needs-consent' || present !== undefined && semver.lt(present.version, manifest.version) && await installs.needsConsent(ctx, manifest.id),
      working: (install?.pending.length ?? 0) > 0, cause: install?.cause ?? null, reason: install?.reason ?? null, lastError: install?.lastError ?? null,
      ...(hold ? { hold: { cause: hold.cause, plugins: hold.cause === 'requirement' ? [...hold.plugins] : [], version: hold.cause === 'older-code' ? hold.has : null } } : {}),
      ...(present ? { installedAt: present.installedAt } : {}), ...(install?.purgeAfter ? { purgeAfter: install.purgeAfter } : {}), bytes: shelf.storefrontBytes(manifest.id),
      capabilities: manifest.capabilities.map((capability) => ({ name: capability.name, reason: text(capability.reason), optional: capability.optional ?? false })),
      personalData: (manifest.personalData ?? []).map((data) => ({ entity: data.entity, fields: [...data.fields], onErase: data.onErase, titles: Object.fromEntries(Object.entries(data.titles ?? {}).map(([name, title]) => [name, text(title)])) })),
      ...(manifest.settings ? { settings: { ...manifest.settings } } : {}),
      widgets: manifest.widgets.map((widget) => {
        const bytes = served?.widgets.find((each) => each.widget.name === widget.name && each.widget.surface === widget.surface)?.bytes;
        return { name: widget.name, surface: widget.surface, slot: widget.slot, title: text(widget.title), ...(bytes === undefined ? {} : { bytes }) };
      }),
      jobs: manifest.jobs.map((job) => ({ name: job.name, schedule: job.schedule })),
    };
  }
  async function known(ctx: ShopContext): Promise<Shelved[]> {
    const manifests = new Map(host.manifests().map((manifest) => [manifest.id, manifest]));
    const here = host.report().flatMap(({ id, state, error, code }): Shelved[] => { const manifest = manifests.get(id); return manifest ? [{ manifest, hostState: state, error, code }] : []; });
    const gone = installs.inShop(ctx.shop.id).filter(({ plugin: id, state }) => (isInstalled(state) || state === 'uninstalled' || state === 'purging') && !manifests.has(id));
    return [...here, ...await Promise.all(gone.map(async ({ plugin: id, version }) => absent(id, version, (await installs.lastConsent(ctx, id))?.shown.title ?? { en: id, 'zh-CN': id })))];
  }

  routes.route('get', '/marketplace', { summary: 'Every module on this host and its state in this shop', reply: z.object({ items: z.array(listedShape) }) },
    async (ctx) => ({ items: await Promise.all((await known(ctx)).map((each) => listed(ctx, each))) }));

  routes.route('get', '/marketplace/:plugin', { summary: 'One module: texts, pictures, versions, what it needs and who needs it', params: plugin, reply: detailShape }, async (ctx, { params }) => {
    const found = (await known(ctx)).find(({ manifest }) => manifest.id === params.plugin);
    if (!found) throw notFound('plugin', params.plugin);
    const { manifest } = found;
    const consent = await installs.lastConsent(ctx, manifest.id);
    const purgedAt = installs.of(ctx.shop.id, manifest.id)?.state === 'purged' ? (await purges.receipts(ctx)).find((each) => each.plugin === manifest.id)?.finishedAt : undefined;
    return {
      ...await listed(ctx, found), screenshots: shelf.pictures(manifest.id).map(({ url, alt }) => ({ url, alt: text(alt) })),
      changes: (manifest.listing.changes ?? []).map(({ version, date, notes }) => ({ version, date, notes: text(notes) })),
      requires: installs.requirements(ctx, manifest).map((each) => ({ ...each, contracts: [...each.contracts] })),
      requiredBy: installs.dependants(ctx, manifest.id).map((each) => ({ id: each.id, title: text(each.listing.title), state: installs.of(ctx.shop.id, each.id)?.state ?? 'available' as const })),
      granted: [...installs.of(ctx.shop.id, manifest.id)?.granted ?? []],
      ...(consent ? { consent: { version: consent.version, hash: consent.hash, actor: consent.actor, at: consent.at, granted: [...consent.granted], declined: [...consent.declined] } } : {}),
      ...(purgedAt ? { purgedAt } : {}),
    };
  });

  routes.route('get', '/marketplace/:plugin/preview', { summary: 'What an install or an upgrade would do, with the hash to consent to', params: plugin, reply: previewShape },
    // The same shape; only its lists may not be changed.
    (ctx, { params }) => installs.preview(ctx, params.plugin) as Promise<unknown> as Promise<z.infer<typeof previewShape>>);

  routes.route('get', '/marketplace/:plugin/leave', { summary: 'What an uninstall would keep of it and until when, or what is kept since', params: plugin, reply: leaveShape },
    async (ctx, { params }) => { const { tables, ...kept } = await installs.leaving(ctx, params.plugin); return { ...kept, tables: [...tables] }; });
}
