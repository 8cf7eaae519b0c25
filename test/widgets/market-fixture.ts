import { writeFileSync } from 'node:fs';
import type { PluginSource } from '../../server/host/plugin-source.js';
import type { Manifest } from '../../server/plugin-api/index.js';
import { livesManifest, livesPlugin } from '../server/installs/lives-fixture.js';
import type { LivesOptions } from '../fixtures/plugins/lives/lives.js';

export const both = (en: string, zh: string): { en: string; 'zh-CN': string } => ({ en, 'zh-CN': zh });
/** Settings of every kind; two of them show on the storefront, two are asked for only sometimes. */
const settings: NonNullable<Manifest['settings']> = {
  greeting: { kind: 'text', shopper: true, label: both('Greeting', '问候语'), default: 'Hello' },
  ink: { kind: 'color', shopper: true, label: both('Ink', '颜色'), default: '#0b6e5f' },
  badge: { kind: 'toggle', shopper: true, label: both('Show a badge', '显示徽章'), default: false, preview: true },
  badgeText: { kind: 'text', shopper: true, label: both('Text of the badge', '徽章文字'), max: 10, default: 'new', visibleWhen: { field: 'badge', is: true } },
  gift: { kind: 'product', label: both('Gift', '赠品'), default: null },
  mottos: { kind: 'list', label: both('Mottos', '格言'), default: [], max: 3 },
  key: { kind: 'secret', label: both('Key', '密钥'), default: null },
};
/** Writes what the widget is told of the settings, so that a test can read it. */
const WIDGET = `export default class extends HTMLElement {
  set context({ settings, viewer }) { this.textContent = [settings.greeting, settings.ink, settings.badge ? settings.badgeText : 'no badge', viewer.kind, 'key' in settings ? 'a secret' : 'no secret'].join(' / '); }
}\n`;

export const notebook = (more: Partial<Manifest> = {}): Manifest => livesManifest({
  listing: {
    title: both('Notebook', '记事本'), summary: both('Keeps short notes about regulars.', '记录熟客的简短备注。'), description: both('It keeps notes.', '它会保存备注。'), icon: 'star', category: 'care', keywords: ['memo', '便签'], support: 'https://example.com/help',
    changes: [{ version: '2.0.0', date: '2026-04-01', notes: both('Reads orders too.', '还会读取订单。') }, { version: '1.0.0', date: '2026-02-01', notes: both('The first one.', '首个版本。') }],
  },
  settings, ...more,
});

/** A plugin of a manifest with a widget that shows its settings. */
export function notebookPlugin(manifest: Manifest = notebook(), options: LivesOptions = {}): PluginSource {
  const source = livesPlugin(manifest, options);
  writeFileSync(new URL('widgets/hello.js', source.root), WIDGET);
  return source;
}

/** A plugin without tables that needs the notebook. */
export const readerPlugin = (): PluginSource => livesPlugin(livesManifest({
  id: 'reader', capabilities: [], personalData: [], settings: {}, widgets: [], jobs: [], requires: { plugins: { lives: '^1.0.0' }, optional: { shelf: '^1.0.0' }, contracts: { 'shelf.labels': '^1.2' } },
  listing: { title: both('Reader', '阅读器'), summary: both('Reads the notes aloud.', '朗读备注。'), icon: 'message', category: 'insight' },
}));
