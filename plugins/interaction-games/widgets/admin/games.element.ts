import { html } from 'lit';
import { PluginElement } from 'guanxi/widgets';
import 'guanxi/kit';

export default class Games extends PluginElement {
  protected override render(): unknown { return html`<gx-page heading="Games"></gx-page>`; }
}
