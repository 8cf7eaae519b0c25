import type { Bootstrap } from '../runtime/listing.js';
import { SHOPPER_KEY } from '../runtime/shopper.js';
import type { PageConfig } from './page-config.js';

interface Entry { mount(place: HTMLElement, boot: Bootstrap, page: PageConfig): Promise<void> }

/**
 * The one script a shop's theme includes: `<script defer src="…/loader.js">` (or at the end of the body), with `data-api`, `data-locale`, `data-shop` if needed.
 * It holds no UI. A mount is `<div data-guanxi="<slot>" data-min-height="320">`; it is filled shortly before it comes into view.
 * The theme's own CSS should reserve the height too, where the mount can be in the first screen.
 */
const { dataset, src } = document.currentScript as HTMLScriptElement;
const page: PageConfig = {
  base: dataset['api'] ?? new URL('/api/storefront', src).href,
  headers: dataset['shop'] ? { 'x-guanxi-shop': dataset['shop'] } : {},
  asset: (path) => new URL(path, src).href,
};
const shown = new WeakSet<Element>();
const seen = new WeakSet<Element>();
let boot: Promise<Bootstrap> | undefined;

async function bootstrap(): Promise<Bootstrap> {
  let token: string | null = null;
  try {
    token = localStorage.getItem(SHOPPER_KEY);
  } catch { /* Forbidden storage: a visitor without memory. */ }
  const locale = /^zh/i.test(dataset['locale'] ?? document.documentElement.lang) ? 'zh-CN' : 'en';
  const answer = await fetch(`${page.base}/bootstrap?locale=${locale}`, { headers: { ...page.headers, ...(token && { authorization: `Bearer ${token}` }) } });
  if (answer.status === 401 && token) {
    localStorage.removeItem(SHOPPER_KEY);
    return bootstrap();
  }
  if (!answer.ok) throw new Error(`bootstrap: ${answer.status}`);
  return await answer.json() as Bootstrap;
}

/** A second link for the same address is not fetched again. */
const preload = (path: string): void => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: page.asset(path) }));

async function show(mount: HTMLElement): Promise<void> {
  shown.add(mount);
  const slot = mount.dataset['guanxi'];
  try {
    const answer = await (boot ??= bootstrap());
    const widgets = answer.widgets.filter((widget) => widget.slot === slot);
    // Nobody fills this slot: a hole in the page would be worse than closing it.
    mount.hidden = !widgets.length || !answer.runtimeUrl;
    if (mount.hidden) return;
    [...answer.preload ?? [], ...widgets.map(({ url }) => url)].forEach(preload);
    const entry = await import(/* @vite-ignore */ page.asset(answer.runtimeUrl as string)) as Entry;
    await entry.mount(mount, answer, page);
  } catch (error) {
    boot = undefined;
    mount.style.visibility = 'hidden';
    dispatchEvent(new CustomEvent('guanxi:failed', { detail: { slot, message: String(error) } }));
  }
}

const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    void show(target as HTMLElement);
  }
}, { rootMargin: '300px' });

const mounts = (): NodeListOf<HTMLElement> => document.querySelectorAll('[data-guanxi]');
function scan(): void {
  for (const mount of mounts()) {
    if (seen.has(mount)) continue;
    seen.add(mount);
    const height = mount.dataset['minHeight'];
    if (height) mount.style.minHeight = `${height}px`;
    (self.requestIdleCallback ?? setTimeout)(() => near.observe(mount));
  }
}

addEventListener('guanxi:rescan', scan);
document.addEventListener('shopify:section:load', scan);
addEventListener('guanxi:identity', () => {
  boot = undefined;
  for (const mount of mounts()) if (shown.has(mount)) void show(mount);
});
scan();
