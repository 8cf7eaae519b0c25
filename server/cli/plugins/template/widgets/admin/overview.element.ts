import { html } from 'lit';
import { kitStyles, Load } from 'guanxi/kit';
import { PluginElement } from 'guanxi/widgets';

interface Row { readonly sku: string; readonly title: string; readonly likes: number }

/** What shoppers like most. */
export default class Overview extends PluginElement {
  static override styles = [kitStyles];
  #top = new Load(this, () => this.context.api.get<{ items: Row[] }>('/top'));

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.#top.settled;
    return (await super.getUpdateComplete()) && done;
  }

  protected override render(): unknown {
    const { value, error } = this.#top;
    return html`<gx-page heading=${this.t('admin.title')} subtitle=${this.t('admin.subtitle')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#top.reload()}></gx-error>` : html`<gx-card flush heading=${this.t('admin.top')}>
        <gx-table label=${this.t('admin.top')} paging="none" ?loading=${!value} .rows=${value?.items ?? []} .rowKey=${(row: Row) => row.sku}
          .columns=${[{ key: 'title', label: this.t('admin.product'), primary: true }, { key: 'likes', label: this.t('admin.likes'), align: 'end' }]}>
          <gx-empty slot="empty" icon="heart" heading=${this.t('admin.none')}></gx-empty>
        </gx-table></gx-card>`}
    </gx-page>`;
  }
}
