import type { Plugin } from 'vite';

// What a bundler leaves in place though no browser that can show our widgets (es2022, `color-mix`) needs it. Every storefront page would pay for it.

/** No chunk brings a style sheet of its own, so a dynamic import needs nothing around it. */
export const plainImports: Plugin = {
  name: 'plain-imports', enforce: 'pre',
  resolveId: (source) => (source.includes('vite/preload-helper') ? '\0vite/preload-helper.js' : null),
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  renderChunk: (code) => code
    .replace(/__vitePreload\(async \(\) => \{\s*const \{ ([\w$]+) \} = await (import\("[^"]+"\));\s*return \{ \1 \};\s*\}, __VITE_PRELOAD__, import\.meta\.url\)/g, '$2')
    .replace(/__vitePreload\(\(\) => (import\("[^"]+"\)), __VITE_PRELOAD__, import\.meta\.url\)/g, '$1'),
};

/** Style sheets inside `css` templates lose their white space and comments, as a minifier would do to a file. */
export const tightStyles: Plugin = {
  name: 'tight-styles', enforce: 'pre',
  transform(code, id) {
    if (id.includes('node_modules') || !id.endsWith('.ts')) return null;
    const tight = (sheet: string): string =>
      sheet.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').replace(/;}/g, '}').replace(/: /g, ':').trim();
    return { code: code.replace(/\bcss`((?:[^`\\$]|\$(?!\{))*)`/g, (_, sheet: string) => `css\`${tight(sheet)}\``), map: null };
  },
};

const LIT = /node_modules[\\/](lit-html|lit-element|@lit[\\/]reactive-element)[\\/](css-tag|reactive-element|lit-html|lit-element)\.js$/;
/** Of Lit: the ways around browsers without constructable style sheets, and the hooks of polyfills for those without shadow roots. */
const OUTGROWN: readonly (readonly [file: string, code: RegExp, instead: string])[] = [
  ['css-tag', /\w+\.ShadowRoot&&\(.{1,60}\.nativeShadow\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/, '!0'],
  ['reactive-element', /\w+\.reactiveElementPolyfillSupport/, '(void 0)'],
  ['lit-html', /\w+\.litHtmlPolyfillSupport/, '(void 0)'],
  ['lit-element', /\w+\.litElementPolyfillSupport/, '(void 0)'],
  ['lit-element', /\w+\.litElementHydrateSupport/, '(void 0)'],
];
/** Stops the build when a new version of Lit has other code in these places, so that somebody looks. */
export const modernLit: Plugin = {
  name: 'modern-lit', enforce: 'pre',
  transform(code, id) {
    const file = LIT.exec(id)?.[2];
    const outgrown = OUTGROWN.filter(([name]) => name === file);
    if (!outgrown.length) return null;
    return { code: outgrown.reduce((text, [, pattern, instead]) => {
      if (!pattern.test(text)) throw new Error(`${id} does not contain ${pattern.source} any more; see widgets/build/fewer-bytes.ts.`);
      return text.replace(pattern, instead);
    }, code), map: null };
  },
};
