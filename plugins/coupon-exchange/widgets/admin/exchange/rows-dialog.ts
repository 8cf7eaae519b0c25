import { html, nothing, type TemplateResult } from 'lit';
import { PagedList, type Column, type ListPage } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';

export interface Listing<T> {
  readonly title: string; readonly columns: readonly Column<T>[]; readonly page: (cursor: string | undefined) => Promise<ListPage<T>>;
  readonly href?: (row: T) => string | undefined; /** Name and filter of the same rows as a file. */ readonly csv?: readonly [name: string, query: Readonly<Record<string, string>>];
}
interface Opened extends Omit<Listing<unknown>, 'page'> { readonly list: PagedList<unknown> }

/** The rows behind a number, page by page. */
export class RowsDialog {
  #open = false;
  #shown: Opened | undefined;

  constructor(private readonly panel: PluginElement) {}

  open<T>({ page, ...listing }: Listing<T>): void {
    if (this.#shown) this.panel.removeController(this.#shown.list);
    this.#shown = { ...listing as Omit<Listing<unknown>, 'page'>, list: new PagedList<unknown>(this.panel, page) };
    this.#open = true;
    this.panel.requestUpdate();
  }

  async #csv([name, query]: NonNullable<Opened['csv']>): Promise<void> {
    const { panel } = this;
    try { await panel.context.download?.(name, query); } catch (error) { panel.context.toast?.(panel.explain(error), 'danger'); }
  }

  render(): TemplateResult | typeof nothing {
    const { panel } = this;
    if (!this.#shown) return nothing;
    const { title, columns, list, href, csv } = this.#shown;
    return html`<gx-dialog wide label=${title} ?open=${this.#open} @gx-close=${() => { this.#open = false; panel.requestUpdate(); }}>${list.error && !list.items ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`
      <gx-table label=${title} bare ?csv=${csv !== undefined} .columns=${columns} .rows=${list.items} .rowHref=${href} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()} @gx-csv=${() => csv && this.#csv(csv)}><gx-empty compact slot="empty" icon="filter" heading=${panel.t('admin.rows.none')}></gx-empty></gx-table>`}</gx-dialog>`;
  }
}
