import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import { mount } from './product-card.js';
import type { TextKey } from './texts.js';

/** A heading and the widget under it; nothing where no module of the shop has one. */
export const widgetBlock = (page: PageContext, heading: TextKey, slot: string, height: Parameters<typeof mount>[1]): Html | string =>
  (page.filled(slot) ? html`<section class="block"><h2>${page.t(heading)}</h2>${mount(slot, height)}</section>` : '');
