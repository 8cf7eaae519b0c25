import { browserSide, filesUnder, hits, read } from './source-tree.js';
import { none } from './none.js';

/** The css`…` blocks of a file, the rest blanked so that line numbers stay. */
function styles(code: string): string {
  let out = code.replace(/[^\n]/g, ' ');
  for (const match of code.matchAll(/\bcss`((?:[^`\\]|\\.)*)`/g)) out = out.slice(0, match.index) + match[0] + out.slice(match.index + match[0].length);
  return out;
}
const sheets = () => [
  ...browserSide().map(({ path, code }) => ({ path, code: styles(code) })),
  ...['widgets', 'plugins', 'server'].flatMap(filesUnder).filter((path) => path.endsWith('.css')).map((path) => ({ path, code: read(path) })),
];

describe('browser code', () => {
  it('has no style attribute: the policy allows style sheets only', () => {
    none(browserSide().flatMap((file) => hits(file, /\sstyle=["']|setAttribute\(\s*['"]style['"]/)), 'Not allowed');
  });

  it('has no inline event handler', () => {
    none(browserSide().flatMap((file) => hits(file, /\son(click|change|input|load|error|submit|keydown)=["']/)), 'Not allowed');
  });

  it('writes no HTML from text', () => {
    none(browserSide().flatMap((file) => hits(file, /\bunsafe(HTML|SVG|Static)\b|\.(inner|outer)HTML\s*=[^=]|insertAdjacentHTML|document\.write\(|\beval\(|new Function\(/)), 'Not allowed');
  });

  it('mirrors for right-to-left: logical properties only', () => {
    const physical = /\b(margin|padding|border)-(left|right)\b|\bborder-(top|bottom)-(left|right)-radius\b|(?<=[;{\s])(left|right)\s*:|\b(text-align|float|clear)\s*:\s*(left|right)\b/;
    none(sheets().flatMap((sheet) => hits(sheet, physical)), 'Not allowed');
  });

  it('respects a wish for less motion wherever it moves', () => {
    const moving = sheets().filter(({ code }) => /@keyframes|\banimation:/.test(code));
    none(moving.filter(({ code }) => !code.includes('prefers-reduced-motion')).map(({ path }) => path), 'Not allowed');
  });

  it('declares reactive properties without decorators', () => {
    none(browserSide().flatMap((file) => hits(file, /@(customElement|property|state|query)\(/)), 'Not allowed');
  });

  it('lets the host define plugin elements', () => {
    none(browserSide().filter(({ path }) => path.startsWith('plugins/')).flatMap((file) => hits(file, /customElements\.define\(/)), 'Not allowed');
  });
});
