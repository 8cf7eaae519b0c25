import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A page of a server list. */
export interface ListPage<T> { readonly items: readonly T[]; readonly next?: string | undefined }

/**
 * Loads a server list by cursor for a `gx-table` and appends page after page. An answer that a newer `reload` has overtaken is dropped.
 * ```ts
 * #list = new PagedList<Customer>(this, (cursor) => this.api.get('/customers', { sort: this.sort, cursor }));
 * html`<gx-table .rows=${this.#list.items} ?has-next=${this.#list.hasNext} ?loading=${this.#list.loading} @gx-more=${() => this.#list.more()}>`
 * ```
 */
export class PagedList<T> implements ReactiveController {
  /** `undefined` until the first page is there. */
  items: readonly T[] | undefined;
  error: unknown;
  loading = false;
  #next: string | undefined;
  #run = 0;
  #settled: Promise<void>;
  #settle: () => void = () => undefined;

  constructor(private readonly host: ReactiveControllerHost, private readonly fetchPage: (cursor: string | undefined) => Promise<ListPage<T>>) {
    this.#settled = new Promise((resolve) => { this.#settle = resolve; });
    host.addController(this);
  }

  hostConnected(): void { if (this.items === undefined && !this.loading) void this.reload(); }

  get hasNext(): boolean { return this.#next !== undefined; }

  /** Resolves when the first page has come or failed. */
  get settled(): Promise<void> { return this.#settled; }

  /** Starts again from the first page; the rows shown stay until the answer is there. */
  reload(): Promise<void> { return this.#load(undefined, false); }

  /** Loads the next page. */
  more(): Promise<void> { return this.#next === undefined || this.loading ? Promise.resolve() : this.#load(this.#next, true); }

  /** Puts a changed row in the place of the old one. */
  replace(match: (item: T) => boolean, item: T): void {
    this.items = this.items?.map((each) => (match(each) ? item : each));
    this.host.requestUpdate();
  }

  async #load(cursor: string | undefined, append: boolean): Promise<void> {
    const run = ++this.#run;
    this.loading = true; this.error = undefined;
    this.host.requestUpdate();
    try {
      const page = await this.fetchPage(cursor);
      if (run !== this.#run) return;
      this.items = append ? [...(this.items ?? []), ...page.items] : page.items;
      this.#next = page.next || undefined;
    } catch (error) {
      if (run !== this.#run) return;
      this.error = error;
    }
    this.loading = false;
    this.#settle();
    this.host.requestUpdate();
  }
}
