import type { WidgetContext } from './context.js';
import type { WidgetListing } from './listing.js';
import { WIDGET_RUNTIME } from './version.js';
import { WidgetFailure, type WidgetPhase } from './widget-failure.js';

/** A module that has not answered by then, or a widget that has not drawn, is given up (milliseconds). */
const LOAD_TIMEOUT_MS = 10_000;

type Strings = Readonly<Record<string, string>>;
type WidgetClass = new () => HTMLElement & { context?: WidgetContext; updateComplete?: Promise<unknown> };

const within = <T>(work: T | Promise<T>, ms: number): Promise<T> =>
  Promise.race([work, new Promise<never>((_, late) => setTimeout(() => late(new DOMException(`${ms} ms`, 'TimeoutError')), ms))]);

/** A plugin's texts. */
export async function loadStrings(url: string | undefined): Promise<Strings> {
  return url ? await (await fetch(url)).json() as Strings : {};
}

/** The host defines a subclass of its own, so that a class can never hold two tags and a widget never takes one. */
function define(tag: string, Given: unknown): WidgetClass {
  const Widget = Given as WidgetClass;
  const there = customElements.get(tag);
  if (!(Widget?.prototype instanceof HTMLElement)) throw new Error('no default class');
  if (customElements.getName?.(Widget)) throw new Error('defines itself');
  if (!there) customElements.define(tag, class extends Widget {});
  else if (Object.getPrototypeOf(there) !== Widget) throw new Error('tag taken');
  return customElements.get(tag) as WidgetClass;
}

/**
 * Version gate, import beside texts, contract, constructor, first render. Throws `WidgetFailure`; `failed` hears of what breaks later.
 * @param place - puts the element into the page, or leaves it when the page went on meanwhile
 */
export async function openWidget(
  { tag, url, runtime, stringsUrl }: WidgetListing, contextOf: (strings: Strings) => WidgetContext,
  place: (element: HTMLElement) => void, failed: (failure: WidgetFailure) => void, timeoutMs = LOAD_TIMEOUT_MS,
): Promise<HTMLElement> {
  let phase: WidgetPhase = 'version';
  const early: unknown[] = [];
  try {
    if (runtime !== WIDGET_RUNTIME) throw new Error(`made for runtime ${runtime}`);
    phase = 'import';
    const [module, strings] = await within(Promise.all([import(/* @vite-ignore */ url) as Promise<{ default?: unknown }>, loadStrings(stringsUrl)]), timeoutMs);
    phase = 'contract';
    const Widget = define(tag, module.default);
    phase = 'construct';
    const element = new Widget();
    element.context = contextOf(strings);
    phase = 'render';
    element.addEventListener('gx-widget-error', (event) => {
      event.stopPropagation();
      const { error } = (event as CustomEvent<{ error: unknown }>).detail;
      if (phase === 'later') failed(new WidgetFailure(phase, tag, error));
      else early.push(error);
    });
    // The browser only reports what a `connectedCallback` throws.
    const note = (event: ErrorEvent): void => void early.push(event.error);
    addEventListener('error', note);
    place(element);
    removeEventListener('error', note);
    await within(element.updateComplete, timeoutMs);
    if (early.length) throw early[0];
    phase = 'later';
    return element;
  } catch (error) {
    throw new WidgetFailure((error as Partial<Error> | undefined)?.name === 'TimeoutError' ? 'timeout' : phase, tag, error);
  }
}
