import type { Locator, Page } from 'playwright-core';
import type { WidgetDeclaration } from '../../server/plugin-api/index.js';
import { openPage, type PageOptions, type TestPage } from './browser.js';
import type { HttpClient } from './http-client.js';
import type { TestHost } from './test-host.js';

export interface MountOptions extends PageOptions {
  readonly plugin?: string;
  /** The shop's key; `demo` if not given. */
  readonly shop?: string;
  /** Who looks at a storefront widget; a visitor if not given. A widget of the admin is shown to the shop's owner. */
  readonly as?: HttpClient;
  /** `en` if not given. */
  readonly lang?: 'en' | 'zh-CN';
  /** What the theme writes at the widget's place: `{ sku: 'TEA-1' }` is `data-sku="TEA-1"`. */
  readonly data?: Readonly<Record<string, string>>;
  /** Whose page a card on a customer stands on. */
  readonly personId?: string;
}
/** A widget on a page of its own; `widget` is its element. Close it, or declare it with `await using`. */
export interface MountedWidget extends TestPage { readonly widget: Locator }

/** The id of the place that `fillSlot` makes. */
export const PLACE = 'guanxi-place';
const PATIENCE_MS = 15_000;

/** Puts a slot on a page that has the loader, without any other, and answers why its widget could not be shown; undefined when it is. */
export function fillSlot(page: Page, slot: string, widget: string, data: Readonly<Record<string, string>>): Promise<string | undefined> {
  return page.evaluate(([id, wanted, name, given, patience]) => new Promise<string | undefined>((resolve) => {
    const hear = (event: Event): void => {
      const { detail } = event as CustomEvent<{ widget?: string; phase?: string; message?: string }>;
      if (detail.widget === undefined || detail.widget === name) resolve(event.type === 'guanxi:ready' ? undefined : `${detail.phase ?? ''} ${detail.message ?? ''}`.trim());
    };
    for (const type of ['guanxi:ready', 'guanxi:failed']) addEventListener(type, hear);
    const place = Object.assign(document.createElement('div'), { id });
    Object.assign(place.dataset, given, { guanxi: wanted });
    for (const other of document.querySelectorAll('[data-guanxi]')) other.remove();
    document.querySelector('main')!.prepend(place);
    dispatchEvent(new Event('guanxi:rescan'));
    setTimeout(() => { resolve('it was not shown in time'); }, patience);
  }), [PLACE, slot, widget, data, PATIENCE_MS] as const);
}

async function onStorefront({ page }: TestPage, host: TestHost, { slot, name }: WidgetDeclaration, { shop = 'demo', as, lang = 'en', data = {} }: MountOptions): Promise<string | undefined> {
  const url = `${host.url}/mounted-widget`;
  await page.route(url, (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title></head><body><main><h1>${name}</h1></main><script src="/assets/loader.js" defer data-shop="${shop}"></script></body></html>`,
  }));
  if (as?.bearer) await page.addInitScript((bearer) => { localStorage.setItem('gx-shopper', bearer); }, as.bearer);
  await page.goto(url);
  return fillSlot(page, slot, name, data);
}

async function inAdmin({ page, problems }: TestPage, host: TestHost, tag: string, plugin: string, { slot, name }: WidgetDeclaration, { shop, personId }: MountOptions): Promise<string | undefined> {
  if (slot === 'customer' && !personId) return 'it is a card on a customer. Say whose with personId.';
  const path = slot === 'page' ? `/plugins/${plugin}/${name}` : slot === 'customer' ? `/customers/${personId ?? ''}` : '';
  await page.goto((await host.running.adminLink((await host.shop(shop)).shop)).replace('/admin#', `/admin${path}#`));
  const failed = page.locator('gx-outlet[state=failed]');
  try { await page.locator(tag).or(failed).first().waitFor({ state: 'attached', timeout: PATIENCE_MS }); }
  catch { return 'it was not shown in time'; }
  return await page.locator(tag).count() ? undefined : `it shows an error card (${problems.at(-1) ?? 'no error in the console'})`;
}

/**
 * Shows one widget where it belongs: a panel or card in the admin, a storefront widget alone on a bare page of the shop.
 * @throws Error with a sentence that says why it cannot be shown, or what has to be installed to have a browser
 */
export async function mountWidget(host: TestHost, name: string, options: MountOptions = {}): Promise<MountedWidget> {
  const { plugin = host.plugin, shop, as, lang = 'en', data, personId, ...page } = options;
  const widgets = host.unit(plugin).manifest?.widgets ?? [], declared = widgets.find((each) => each.name === name);
  if (!declared) throw new Error(`The plugin "${plugin}" has no widget "${name}". It has: ${widgets.map((each) => each.name).join(', ') || 'none'}.`);
  const { shop: { id, key } } = await host.shop(shop);
  if (host.services.installs.of(id, plugin)?.state !== 'enabled') throw new Error(`The widget "${name}" cannot be shown in the shop "${key}": "${plugin}" is not switched on there. Call host.install('${key}', '${plugin}') first.`);
  let tab: TestPage;
  try { tab = await openPage({ locale: lang === 'en' ? 'en-US' : lang, ...page }); }
  catch (cause) { throw new Error(`The widget "${name}" cannot be shown, because there is no browser here. ${cause instanceof Error ? cause.message : String(cause)}`, { cause }); }
  const tag = `${plugin}-${name}`, given: MountOptions = { shop: key, lang, ...(as ? { as } : {}), ...(data ? { data } : {}), ...(personId ? { personId } : {}) };
  const why = await (declared.surface === 'admin' ? inAdmin(tab, host, tag, plugin, declared, given) : onStorefront(tab, host, declared, given));
  if (why === undefined) return { ...tab, widget: tab.page.locator(tag).first() };
  await tab.page.context().close();
  throw new Error(`The widget "${name}" cannot be shown: ${why}`);
}
