import type { Bootstrap, WidgetListing } from '../runtime/listing.js';
import { loadWidget, startWidget } from '../runtime/load-widget.js';
import { createContext, type WidgetEnvironment } from '../runtime/widget-context.js';
import { textOf, type WidgetFailure } from '../runtime/widget-failure.js';
import type { PageConfig } from './page-config.js';
import { createSession } from './session.js';

/** One shopper per bootstrap answer; its widgets share the client and the making of a guest. */
const sessions = new WeakMap<Bootstrap, WidgetEnvironment>();

/** A shopper sees no error card. Below the screen the place closes, in sight it keeps its height, so that nothing moves. */
function hide(place: HTMLElement, box: HTMLElement, { plugin, name, slot }: WidgetListing, error: unknown): void {
  box.replaceChildren();
  box.hidden = true;
  if (!place.querySelector(':scope > :not([hidden])')) {
    if (place.getBoundingClientRect().top > innerHeight) place.hidden = true;
    else place.style.visibility = 'hidden';
  }
  const detail = { plugin, widget: name, slot, phase: (error as Partial<WidgetFailure>).phase, message: textOf(error) };
  dispatchEvent(new CustomEvent('guanxi:failed', { detail }));
}

/** Fills a mount with the widgets of its slot; the entry that the loader imports. */
export async function mount(place: HTMLElement, boot: Bootstrap, page: PageConfig): Promise<void> {
  const session = sessions.get(boot) ?? createSession(boot, page);
  sessions.set(boot, session);
  const listings = boot.widgets.filter(({ slot }) => slot === place.dataset['guanxi']);
  const data = { ...place.dataset } as Record<string, string>;
  const reserved = listings.reduce((sum, { minHeight = 0 }) => sum + minHeight, 0);
  // A mount that is filled again, for another shopper, keeps its height meanwhile.
  place.style.minHeight = `${Math.max(reserved, place.offsetHeight)}px`;
  place.style.visibility = '';
  const boxes = listings.map(() => Object.assign(document.createElement('div'), { lang: boot.locale }));
  place.replaceChildren(...boxes);
  await Promise.all(listings.map(async (found, index) => {
    const box = boxes[index] as HTMLElement;
    const listing = { ...found, url: page.asset(found.url), ...(found.stringsUrl && { stringsUrl: page.asset(found.stringsUrl) }) };
    try {
      const loaded = await loadWidget(listing);
      await startWidget(loaded, createContext(listing, session, data, loaded.strings), (element) => box.append(element), (failure) => hide(place, box, listing, failure));
      dispatchEvent(new CustomEvent('guanxi:ready', { detail: { plugin: listing.plugin, widget: listing.name, slot: listing.slot } }));
    } catch (error) {
      hide(place, box, listing, error);
    }
  }));
}
