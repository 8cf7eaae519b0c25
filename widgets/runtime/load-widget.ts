import type { WidgetContext } from './context.js';
import type { WidgetListing } from './listing.js';
import { WIDGET_RUNTIME } from './version.js';
import { textOf, WidgetFailure } from './widget-failure.js';

/** A module that has not answered by then is given up (milliseconds). */
export const LOAD_TIMEOUT_MS = 10_000;

type WidgetClass = new () => HTMLElement;
export interface Loaded { readonly Widget: WidgetClass; readonly strings: Readonly<Record<string, string>> }

/** Tag → the module's class for which we defined it. */
const ours = new Map<string, unknown>();

export function within<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  return Promise.race([work, new Promise<never>((_, reject) => { timer = setTimeout(() => reject(late()), ms); })]).finally(() => clearTimeout(timer));
}

/** A widget's texts. Reads with the default mode, so that the answer is shared with a preload. */
export async function loadStrings(url: string | undefined): Promise<Readonly<Record<string, string>>> {
  if (!url) return {};
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return await response.json() as Record<string, string>;
}

/** The host defines a subclass of its own, so that one class can never be registered under two tags. */
function define(tag: string, Given: unknown): WidgetClass {
  if (typeof Given !== 'function' || !(Given.prototype instanceof HTMLElement)) {
    throw new WidgetFailure('contract', `${tag}: the module must default-export a class that extends PluginElement`);
  }
  if (customElements.getName?.(Given as WidgetClass)) throw new WidgetFailure('contract', `${tag}: the module must not call customElements.define`);
  const there = customElements.get(tag);
  if (there && ours.get(tag) !== Given) throw new WidgetFailure('contract', `${tag}: another class already has this tag`);
  if (there) return there;
  ours.set(tag, Given);
  const Widget = class extends (Given as WidgetClass) {};
  try {
    customElements.define(tag, Widget);
  } catch (error) {
    throw new WidgetFailure('contract', `${tag}: ${textOf(error)}`, error);
  }
  return Widget;
}

/** Version gate, import and texts side by side, contract, define. Throws `WidgetFailure`. */
export async function loadWidget(listing: WidgetListing, timeoutMs = LOAD_TIMEOUT_MS): Promise<Loaded> {
  const { tag, url, runtime } = listing;
  if (runtime !== WIDGET_RUNTIME) throw new WidgetFailure('version', `${tag} is built for runtime ${runtime}; this page has ${WIDGET_RUNTIME}`);
  try {
    const [module, strings] = await within(
      Promise.all([import(/* @vite-ignore */ url) as Promise<{ default?: unknown }>, loadStrings(listing.stringsUrl)]),
      timeoutMs, () => new Error(`no answer within ${timeoutMs} ms`));
    return { Widget: define(tag, module.default), strings };
  } catch (error) {
    throw error instanceof WidgetFailure ? error : new WidgetFailure('import', `${tag}: ${textOf(error)}`, error);
  }
}

/** Runs `act` and throws what the browser would only report, e.g. an error in a `connectedCallback`. */
function throwReported(act: () => void): void {
  const reported: unknown[] = [];
  const note = (event: ErrorEvent): void => void reported.push(event.error);
  addEventListener('error', note);
  try {
    act();
  } finally {
    removeEventListener('error', note);
  }
  if (reported.length) throw reported[0];
}

/**
 * Builds the element, puts it in place and waits for its first render. `failed` hears of later errors.
 * @param place - puts the element into the page
 */
export async function startWidget(
  { Widget }: Loaded, context: WidgetContext, place: (element: HTMLElement) => void, failed: (failure: WidgetFailure) => void, timeoutMs = LOAD_TIMEOUT_MS,
): Promise<HTMLElement> {
  const name = `${context.plugin}-${context.widget}`;
  const fail = (phase: 'construct' | 'render', error: unknown): WidgetFailure => new WidgetFailure(phase, `${name}: ${textOf(error)}`, error);
  let element: HTMLElement & { context?: WidgetContext; updateComplete?: Promise<unknown> };
  try {
    element = new Widget();
    element.context = context;
  } catch (error) {
    throw fail('construct', error);
  }
  const first: WidgetFailure[] = [];
  let drawn = false;
  element.addEventListener('gx-widget-error', (event) => {
    event.stopPropagation();
    const failure = fail('render', (event as CustomEvent<{ error: unknown }>).detail.error);
    if (drawn) failed(failure);
    else first.push(failure);
  });
  try {
    throwReported(() => place(element));
    await within(Promise.resolve(element.updateComplete), timeoutMs, () => new Error(`not drawn within ${timeoutMs} ms`));
  } catch (error) {
    throw fail('render', error);
  }
  drawn = true;
  if (first[0]) throw first[0];
  return element;
}
