import { late } from '../runtime/api-client.js';
import type { Bootstrap } from '../runtime/listing.js';
import { openWidget } from '../runtime/open-widget.js';
import { createContext, type WidgetEnvironment } from '../runtime/widget-context.js';
import type { WidgetFailure } from '../runtime/widget-failure.js';
import type { PageConfig } from './page-config.js';
import { createSession } from './session.js';

const sessions = new WeakMap<Bootstrap, WidgetEnvironment>();

/**
 * Fills a mount with the widgets of its slot; what the loader starts. A shopper sees no error card: a failed widget leaves its place
 * empty, with its height, so that nothing moves, and a `guanxi:failed` event; the shop is told, see "What runs here".
 */
export async function mount(place: HTMLElement, boot: Bootstrap, page: PageConfig): Promise<void> {
  const { style, dataset } = place;
  const session = sessions.get(boot) ?? createSession(boot, page);
  sessions.set(boot, session);
  const listings = boot.widgets.filter(({ slot }) => slot === dataset['guanxi']);
  const boxes = listings.map(() => Object.assign(document.createElement('div'), { lang: boot.locale }));
  // A mount that is filled again, for another shopper, keeps its height meanwhile.
  style.minHeight = `${Math.max(place.offsetHeight, ...listings.map(({ minHeight = 0 }) => minHeight))}px`;
  style.visibility = '';
  place.replaceChildren(...boxes);
  await Promise.all(listings.map(async (listing, index) => {
    const { plugin, name: widget, slot, url, stringsUrl } = listing;
    const box = boxes[index] as HTMLElement;
    const tell = (what: string, failure?: WidgetFailure): void => {
      dispatchEvent(new CustomEvent(`guanxi:${what}`, { detail: { plugin, widget, slot, phase: failure?.phase, message: failure?.message } }));
    };
    const failed = (failure: WidgetFailure): void => {
      box.remove();
      if (!place.childElementCount) style.visibility = 'hidden';
      tell('failed', failure);
      late().then(({ reportFailure }) => reportFailure(page, url, failure), () => undefined);
    };
    try {
      await openWidget(
        { ...listing, url: page.asset(url), ...(stringsUrl && { stringsUrl: page.asset(stringsUrl) }) },
        (strings) => createContext(listing, session, { ...(dataset as Record<string, string>) }, strings), (element) => box.append(element), failed);
      tell('ready');
    } catch (error) {
      failed(error as WidgetFailure);
    }
  }));
  // What the first press will need comes while nobody waits.
  (self.requestIdleCallback ?? setTimeout)(() => void late().then(({ watchPage }) => watchPage(page, boot)));
}
