import { mkdirSync, writeFileSync } from 'node:fs';
import { SystemStatement } from '../../../server/data/data-store.js';
import type { PluginSource } from '../../../server/host/plugin-source.js';
import type { Manifest } from '../../../server/plugin-api/index.js';
import type { LivesOptions } from '../../fixtures/plugins/lives/lives.js';
import { manifestOf } from '../../fixtures/plugins/manifest-of.js';
import type { Answer, HttpClient, TestServer } from '../../kit/index.js';

const both = (text: string): { en: string; 'zh-CN': string } => ({ en: text, 'zh-CN': text });
/** A capability with a reason. */
export const capability = <N extends Manifest['capabilities'][number]['name']>(name: N, optional = false): { name: N; reason: { en: string; 'zh-CN': string }; optional?: true } => ({ name, reason: both(`for ${name}`), ...(optional ? { optional } : {}) });

/** Version 1.0.0 of a plugin that keeps notes, with something of everything in its manifest. */
export const livesManifest = (more: Partial<Manifest> = {}): Manifest => manifestOf('lives', {
  capabilities: [capability('db'), capability('customers.read', true), capability('net:api.example.com', true)],
  listing: {
    title: both('Lives'), summary: both('Tells what happens to it'), icon: 'star', category: 'other', keywords: ['life', 'cycle'], screenshots: [{ file: 'notes.svg', alt: both('A list of notes') }], pricing: both('Free'), support: 'https://example.com',
    changes: [{ version: '2.0.0', date: '2026-04-01', notes: both('Third') }, { version: '1.1.0', date: '2026-03-01', notes: both('Second') }, { version: '1.0.0', date: '2026-02-01', notes: both('First') }],
  },
  settings: { greeting: { kind: 'text', label: both('Greeting'), default: 'Hello' }, key: { kind: 'secret', label: both('Key'), default: null } },
  personalData: [{ entity: 'plg_lives_note', subject: 'person_id', fields: ['person_id', 'words'], onErase: 'delete',
    titles: { person_id: both('customer number'), words: both('words') },
  }],
  widgets: [{ name: 'hello', surface: 'storefront', slot: 'home', module: 'hello.js', title: both('Hello') }],
  events: { emits: [], handles: ['customer.created'] }, jobs: [{ name: 'tick', schedule: '0 * * * *' }, { name: 'nightly', schedule: '0 3 * * *' }],
  limits: { requestsPerMinute: 120, rowsPerShop: 1000 }, ...more,
});

let made = 0;
/** The plugin of a manifest as built files; each call is another build, so that a process can load several versions one after the other. */
export function livesPlugin(manifest: Manifest = livesManifest(), options: LivesOptions = {}): PluginSource {
  const root = new URL(`../../fixtures/plugins/made-${process.pid}/${++made}/${manifest.id}/`, import.meta.url);
  mkdirSync(new URL('widgets/', root), { recursive: true });
  writeFileSync(new URL('manifest.json', root), JSON.stringify(manifest));
  writeFileSync(new URL('plugin.js', root), `import { lives } from '../../../lives/lives.js';\nexport default lives(${JSON.stringify(manifest)}, ${JSON.stringify(options)});\n`);
  for (const { module } of manifest.widgets) writeFileSync(new URL(`widgets/${module}`, root), `import { text } from './chunks/text.js';\nexport default class extends HTMLElement { connectedCallback() { this.textContent = text; } }\n`);
  for (const { file } of manifest.listing.screenshots ?? []) { mkdirSync(new URL('pictures/', root), { recursive: true }); writeFileSync(new URL(`pictures/${file}`, root), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 10"/>'); }
  mkdirSync(new URL('widgets/chunks/', root), { recursive: true });
  writeFileSync(new URL('widgets/chunks/text.js', root), `export const text = ${JSON.stringify('Good morning. '.repeat(40))};\n`);
  return { id: manifest.id, root, onBootFailure: 'continue' };
}

const HURRY = new SystemStatement(`UPDATE outbox_event SET run_at = 0 WHERE state = 'waiting' AND lease_owner IS NULL RETURNING id`);
/** Makes everything that waits for its next attempt due, and delivers it. */
export async function hurry(server: TestServer): Promise<void> {
  await server.services.store.system.run(HURRY);
  await server.drain();
}

/** Hurries until something is so; a breaker may let a plugin rest in between. Gives up after 15 s. */
export async function hurryUntil(server: TestServer, done: () => boolean): Promise<void> {
  for (const began = performance.now(); !done(); await new Promise((resolve) => { setTimeout(resolve, 20); })) {
    if (performance.now() - began > 15_000) throw new Error('It did not come to that.');
    await hurry(server);
  }
}

const AGE = new SystemStatement(`UPDATE plugin_install SET purge_after = purge_after - :ms, revision = revision + 1 WHERE id = :plugin AND purge_after IS NOT NULL RETURNING id`);
/** As if days more had passed since the uninstall: to travel through them would run every hourly job of each. */
export async function aged(server: TestServer, days: number, plugin = 'lives'): Promise<void> {
  await server.services.store.system.run(AGE, { plugin, ms: days * 86_400_000 });
  await server.services.installs.load();
}

export interface Moved { readonly state: string; readonly version: string; readonly working: boolean; readonly purgeAfter: number | null; readonly lastError: string | null; readonly revision: number }
export interface PreviewAnswer {
  readonly hash: string; readonly kind: string; readonly state: string; readonly needsConsent: boolean; readonly capabilities: readonly { readonly name: string; readonly optional: boolean; readonly added: boolean; readonly granted: boolean | null }[];
  readonly hosts: readonly { readonly host: string; readonly optional: boolean }[]; readonly change: Record<string, unknown> | null; readonly tables: readonly { readonly name: string; readonly rows: number }[]; readonly [more: string]: unknown;
}
/** An admin's calls on one plugin. */
export const lifeOf = (admin: HttpClient, id = 'lives') => {
  const preview = (): Promise<PreviewAnswer> => admin.must<PreviewAnswer>('GET', `/api/admin/marketplace/${id}/preview`);
  const everything = ({ capabilities, hosts }: PreviewAnswer): string[] => [...capabilities.map(({ name }) => name), ...hosts.map(({ host }) => `net:${host}`)];
  const agree = async (path: string, granted?: readonly string[]): Promise<Answer<Moved & { code?: string }>> => { const shown = await preview(); return admin.post(`/api/admin/installs/${id}${path}`, { granted: granted ?? everything(shown), consent: shown.hash }); };
  return {
    preview, install: (granted?: readonly string[]) => agree('', granted), consent: (granted?: readonly string[]) => agree('/consent', granted),
    post: <T = Moved & { code?: string; detail?: string; [more: string]: unknown }>(verb: string, body: object = {}): Promise<Answer<T>> => admin.post<T>(`/api/admin/installs/${id}/${verb}`, body),
    uninstall: (reason = ''): Promise<Answer<Moved & { code?: string }>> => admin.delete(`/api/admin/installs/${id}${reason ? `?reason=${encodeURIComponent(reason)}` : ''}`),
    item: async <T = { state: string; version: string; availableVersion: string; needsConsent: boolean; lastError: string | null; [more: string]: unknown }>(): Promise<T> => admin.must<T>('GET', `/api/admin/marketplace/${id}`),
    notes: () => admin.get<{ version: string; notes: string[]; settings: Record<string, unknown>; code?: string }>(`/api/admin/plugins/${id}/notes`),
  };
};
