import { html, type TemplateResult } from 'lit';
import { PluginElement } from 'guanxi/widgets';
import 'guanxi/kit';

/** Surveys: list, builder, results. */
export default class Surveys extends PluginElement {
  protected override render(): TemplateResult { return html`<gx-page></gx-page>`; }
}
