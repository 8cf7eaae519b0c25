import type { Finding } from '../../../server/packages/finding.js';
import type { WidgetDeclaration } from '../../../server/plugin-api/index.js';
import { axeFindings } from '../../kit/axe.js';
import { openPage, settled, type TestPage } from '../../kit/browser.js';
import { fillSlot, PLACE } from '../../kit/mount-widget.js';
import type { TestHost } from '../../kit/test-host.js';
import { finding, said, type ContractCheck } from '../contract-check.js';
import type { ContractLab } from '../contract-lab.js';
import type { ContractShop } from '../contract-shops.js';

interface Listing { readonly plugin: string; readonly name: string; readonly url: string }
interface Trial { readonly isClass: boolean; readonly defined: readonly string[] }
const PATIENCE = 15_000;

/** Widgets as a shop is told of them, one surface at a time. */
async function listings(host: TestHost, surface: WidgetDeclaration['surface']): Promise<readonly Listing[]> {
  const client = surface === 'admin' ? await host.admin() : host.visitor();
  return (await client.must<{ widgets: readonly Listing[] }>('GET', `/api/${surface}/bootstrap`)).widgets;
}

/** Imports the module, defines a subclass and makes an element as the host does, which gives it its context only then. */
const alone = (tab: TestPage, url: string): Promise<Trial> => tab.page.evaluate(async (address) => {
  const defined: string[] = [], real = customElements.define.bind(customElements);
  customElements.define = (name, ...rest) => { defined.push(name); real(name, ...rest); };
  try {
    const { default: Widget } = await import(address) as { default?: CustomElementConstructor };
    if (typeof Widget !== 'function' || !(Widget.prototype instanceof HTMLElement)) return { isClass: false, defined };
    const tag = `contract-trial-${Math.random().toString(36).slice(2)}`;
    real(tag, class extends Widget {});
    new (customElements.get(tag)!)();
    return { isClass: true, defined };
  } finally { customElements.define = real; }
}, url);

async function asModule(tab: TestPage, widget: WidgetDeclaration, url: string): Promise<readonly Finding[]> {
  let trial: Trial;
  try { trial = await alone(tab, url); }
  catch (error) { return [finding('GX_WIDGET_CONTEXT', `widgets/${widget.module} throws before it has a context: ${said(error)}. The host makes the element first; ask for the context when it is connected or drawn.`)]; }
  if (!trial.isClass) return [finding('GX_WIDGET_CLASS', `widgets/${widget.module} does not export a class of an element as its default. Extend PluginElement and export the class.`)];
  return trial.defined.map((tag) => finding('GX_WIDGET_DEFINES', `widgets/${widget.module} defines <${tag}> when it is imported. Export the class; the host defines it.`));
}

async function inAdmin(tab: TestPage, host: TestHost, id: string, { slot, name }: WidgetDeclaration, shop: ContractShop): Promise<string | undefined> {
  const path = slot === 'page' ? `/plugins/${id}/${name}` : slot === 'customer' ? `/customers/${shop.people[0]!.personId}` : '';
  await tab.page.goto(`${host.url}/admin${path}`);
  const outlet = tab.page.locator('gx-outlet[state=ready], gx-outlet[state=failed]').first();
  await outlet.waitFor({ state: 'attached', timeout: PATIENCE });
  return await outlet.getAttribute('state') === 'failed' ? `it shows an error card (${tab.problems.at(-1) ?? 'no error in the console'})` : undefined;
}

/** Where the widget belongs, in a document of its own. */
async function show(tab: TestPage, lab: ContractLab, host: TestHost, widget: WidgetDeclaration, shop: ContractShop): Promise<string | undefined> {
  tab.problems.length = 0;
  if (widget.surface === 'admin') return inAdmin(tab, host, lab.id, widget, shop);
  await tab.page.goto(`${host.url}/demo?lang=en`);
  return fillSlot(tab.page, widget.slot, widget.name, { sku: shop.skus[0]! });
}

async function inPlace(tab: TestPage, lab: ContractLab, host: TestHost, widget: WidgetDeclaration, shop: ContractShop): Promise<readonly Finding[]> {
  const why = await show(tab, lab, host, widget, shop);
  if (why !== undefined) return [finding('GX_WIDGET_RENDER', `the widget "${widget.name}" cannot be shown in its place: ${why.split('\n')[0]!.slice(0, 300)}. Open the page with guanxi plugins dev and look at the console.`)];
  const found = await axeFindings(tab.page, widget.surface === 'admin' ? {} : { include: `#${PLACE}` });
  return found.map((text) => finding('GX_WIDGET_AXE', `the widget "${widget.name}" is not accessible: ${text.replaceAll(/\s*\n\s*/g, ' ').slice(0, 300)}.`));
}

/** None of its texts is there, and whatever it asks the server for is refused. */
async function withNothing(tab: TestPage, lab: ContractLab, host: TestHost, widget: WidgetDeclaration, shop: ContractShop): Promise<readonly Finding[]> {
  // Not a status that the runtime asks again for: the widget would hear of it only seconds later.
  const refusal = { type: 'about:blank', title: 'Busy', status: 500, code: 'GX_BUSY', detail: 'Try again later.' };
  await tab.page.route(/\/api\/(storefront|admin)\/plugins\//, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(refusal) }));
  await tab.page.route(/\/assets\/plugins\/.*\.json$/, (route) => route.fulfill({ contentType: 'application/json', body: '{}' }));
  const shown = await show(tab, lab, host, widget, shop);
  // A refusal may come after the first picture.
  await settled(tab.page);
  await tab.page.unrouteAll({ behavior: 'wait' });
  const why = shown ?? tab.problems.find((problem) => problem.startsWith('uncaught'))?.split('\n')[0];
  return why === undefined ? [] : [finding('GX_WIDGET_CONTEXT', `the widget "${widget.name}" does not bear it when its texts are missing and the server refuses: ${why.slice(0, 300)}. Catch what requests throw, and show it with this.explain(error).`)];
}

/** Everything about the widgets of one surface, on one tab: what the host's own modules cost to compile is paid once. */
async function onSurface(surface: WidgetDeclaration['surface'], lab: ContractLab, host: TestHost, shop: ContractShop): Promise<readonly Finding[]> {
  const widgets = lab.manifest.widgets.filter((widget) => widget.surface === surface), findings: Finding[] = [], whole: WidgetDeclaration[] = [];
  if (!widgets.length) return [];
  const served = await listings(host, surface);
  await using tab = await openPage({ strict: false });
  await tab.page.goto(`${host.url}/${surface === 'admin' ? 'admin' : 'demo?lang=en'}`);
  for (const widget of widgets) {
    const listing = served.find(({ plugin, name }) => plugin === lab.id && name === widget.name);
    const broken = listing ? await asModule(tab, widget, listing.url) : [finding('GX_WIDGET_RENDER', `the widget "${widget.name}" is not served.`)];
    if (!broken.length) whole.push(widget);
    findings.push(...broken);
  }
  if (surface === 'admin') await tab.page.addInitScript((bearer) => { sessionStorage.setItem('guanxi.admin.bearer', bearer); }, (await host.admin()).bearer ?? '');
  for (const widget of whole) findings.push(...await inPlace(tab, lab, host, widget, shop), ...await withNothing(tab, lab, host, widget, shop));
  return findings;
}

export const widgetsBehave: ContractCheck = {
  name: 'widgets', title: 'has widgets that define nothing, bear a missing context, show in their place and are accessible', stage: 'browser',
  async run(lab) {
    if (!lab.manifest.widgets.length) return [];
    const host = await lab.host(), [shop] = await lab.shops();
    if (host.services.installs.of(shop.ctx.shop.id, lab.id)?.state !== 'enabled') await host.install(shop.key, lab.id);
    return [...await onSurface('storefront', lab, host, shop), ...await onSurface('admin', lab, host, shop)];
  },
};
