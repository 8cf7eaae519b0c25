import { writeFileSync } from 'node:fs';
import type { PluginSource } from '../../server/host/plugin-source.js';
import { livesManifest, livesPlugin } from '../server/installs/lives-fixture.js';

const both = (en: string, zh: string): { en: string; 'zh-CN': string } => ({ en, 'zh-CN': zh });
const plain = (code: string): string => `export default class extends HTMLElement { ${code} }\n`;
const drawn = (body: string): string => `import { PluginElement } from 'guanxi/widgets';\nimport { html } from 'lit';\nexport default class extends PluginElement { static properties = { n: { state: true } }; constructor() { super(); this.n = 0; } render() { ${body} } }\n`;

/** Every way in which a widget spoils its place on a storefront, and one that does not; messages quote a shopper. */
const WIDGETS = {
  'in-constructor': plain(`constructor() { super(); throw new RangeError('lin@example.test'); }`),
  'in-render': drawn(`return html\`\${this.context.data.no.such}\`;`),
  later: drawn(`if (this.n) throw new TypeError('lin@example.test'); return html\`<button @click=\${() => { this.n = 1; }}>Break</button>\`;`),
  stray: drawn(`return html\`<button @click=\${() => { throw new SyntaxError('lin@example.test'); }}>Stray</button>\`;`),
  promise: drawn(`return html\`<button @click=\${() => { void Promise.reject(new URIError('lin@example.test')); }}>Promise</button>\`;`),
  never: `await new Promise(() => {});\n${plain('')}`,
  fine: plain(`connectedCallback() { this.textContent = 'All is well'; }`),
} as const;

const DESK = drawn(`return html\`<h1>Desk</h1><button @click=\${() => { throw new EvalError('lin@example.test'); }}>Break</button>\`;`);

/** A plugin that behaves on the server and breaks in browsers; its widgets share the slot `home`. */
export function carelessPlugin(): PluginSource {
  const source = livesPlugin(livesManifest({
    id: 'careless', capabilities: [], personalData: [], settings: {}, jobs: [], events: { emits: [], handles: [] },
    listing: { title: both('Careless', '粗心'), summary: both('Breaks in browsers.', '在浏览器中出错。'), icon: 'star', category: 'other' },
    widgets: [
      ...Object.keys(WIDGETS).map((name) => ({ name, surface: 'storefront' as const, slot: 'home', module: `${name}.js`, title: both(name, name) })),
      { name: 'desk', surface: 'admin', slot: 'page', module: 'desk.js', title: both('Desk', '工作台') },
    ],
  }));
  for (const [name, code] of Object.entries({ ...WIDGETS, desk: DESK })) writeFileSync(new URL(`widgets/${name}.js`, source.root), code);
  return source;
}
