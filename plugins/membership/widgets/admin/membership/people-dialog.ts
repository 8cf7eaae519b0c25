import { html, nothing, type TemplateResult } from 'lit';
import { PagedList, type Column, type ListPage } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';

interface Person { readonly personId: string; readonly name: string | null }
interface Listing { readonly title: string; readonly columns: readonly Column<Person>[]; readonly list: PagedList<Person> }

/** The people behind a number, page by page; each leads to the customer. */
export class PeopleDialog {
  #open = false;
  #listing: Listing | undefined;

  constructor(private readonly panel: PluginElement) {}

  open<T extends Person>(title: string, columns: readonly Column<T>[], page: (cursor: string | undefined) => Promise<ListPage<T>>): void {
    if (this.#listing) this.panel.removeController(this.#listing.list);
    const name: Column<T> = { key: 'name', label: this.panel.t('admin.col.name'), primary: true, cell: (row) => row.name ?? this.panel.t('admin.noName') };
    this.#listing = { title, columns: [name, ...columns] as readonly Column<never>[] as readonly Column<Person>[], list: new PagedList<Person>(this.panel, page) };
    this.#open = true;
    this.panel.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { panel } = this;
    if (!this.#listing) return nothing;
    const { title, columns, list } = this.#listing;
    return html`<gx-dialog wide label=${title} ?open=${this.#open} @gx-close=${() => { this.#open = false; panel.requestUpdate(); }}>${list.error && !list.items ? html`<gx-error .error=${list.error} @gx-retry=${() => list.reload()}></gx-error>` : html`
      <gx-table label=${title} bare .columns=${columns} .rows=${list.items} .rowHref=${(row: Person) => `/admin/customers/${row.personId}`} ?loading=${list.loading} ?has-next=${list.hasNext} @gx-more=${() => list.more()}><gx-empty compact slot="empty" icon="users" heading=${panel.t('admin.noneFound')}></gx-empty></gx-table>`}</gx-dialog>`;
  }
}
