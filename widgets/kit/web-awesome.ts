// The part of Web Awesome that is registered before the first page shows; a panel may use these tags without importing them.
// Single components only: the package's own entry and autoloader bring everything.
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/callout/callout.js';
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/switch/switch.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import '@awesome.me/webawesome/dist/translations/zh-cn.js';
import { registerIconLibrary } from '@awesome.me/webawesome/dist/components/icon/library.js';
import { iconPath } from './icon-paths.js';

/** Puts our drawing into the empty <svg> that wa-icon makes for a sprite sheet. */
function draw(icon: SVGElement, host?: Element): void {
  const name = host?.getAttribute('name') ?? '';
  if (icon.dataset['drawn'] === name) return;
  icon.dataset['drawn'] = name;
  icon.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', name === 'indeterminate' ? iconPath('minus') : iconPath(name));
  for (const [attribute, value] of [['fill', 'none'], ['stroke', 'currentColor'], ['stroke-width', '2'], ['stroke-linecap', 'round'], ['stroke-linejoin', 'round']] as const) path.setAttribute(attribute, value);
  icon.replaceChildren(path);
}

// Web Awesome would fetch its icons from its vendor's CDN and from data: addresses; both break under `connect-src 'self'`.
// The sprite sheet mode fetches nothing, and its mutator lets us draw.
for (const name of ['default', 'system']) registerIconLibrary(name, { spriteSheet: true, resolver: (icon) => `#${icon}`, mutator: draw });
