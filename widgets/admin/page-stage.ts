import { settled } from '../runtime/settled.js';
import type { AdminPage } from './admin-page.js';
import type { AdminSession } from './admin-session.js';
import type { Place } from './routes.js';

const PATIENCE_MS = 6000;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * Puts pages on the stage. A new page is built invisible in its final box and shown when its data is there and nothing in it moves any
 * more; meanwhile the old page stays for a moment, then a skeleton. That keeps the layout shift of every change of page at zero.
 */
export class PageStage {
  current: AdminPage | undefined;
  #turn = 0;

  constructor(private readonly stage: HTMLElement, private readonly session: AdminSession, private readonly broken: (error: unknown) => void) {}

  /** Shows the page of a place; answers false when a newer change overtook it or it failed. */
  async show(place: Place): Promise<boolean> {
    const turn = ++this.#turn;
    const late = setTimeout(() => { if (turn === this.#turn) { this.current?.classList.add('leaving'); this.stage.classList.add('waiting'); } }, this.current ? 250 : 0);
    let page: AdminPage | undefined;
    try {
      await place.route.load();
      if (turn !== this.#turn) return false;
      page = document.createElement(place.route.tag) as AdminPage;
      page.session = this.session;
      page.params = place.params;
      page.query = place.query;
      page.className = 'coming';
      page.addEventListener('gx-page-error', (event) => { if (turn === this.#turn) this.broken((event as CustomEvent<{ error: unknown }>).detail.error); });
      this.stage.append(page);
      await page.updateComplete;
      await Promise.race([page.ready, wait(PATIENCE_MS)]);
      await page.updateComplete;
      await settled(page.renderRoot);
    } catch (error) {
      page?.remove();
      if (turn === this.#turn) this.broken(error);
      return false;
    } finally {
      clearTimeout(late);
    }
    if (turn !== this.#turn) { page.remove(); return false; }
    this.clear(page);
    this.current = page;
    return true;
  }

  /** Takes everything off the stage but one page. */
  clear(keep?: AdminPage): void {
    for (const child of Array.from(this.stage.children)) if (child !== keep) child.remove();
    keep?.classList.remove('coming');
    this.stage.classList.remove('waiting');
    if (!keep) this.current = undefined;
  }
}
