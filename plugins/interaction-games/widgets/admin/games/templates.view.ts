import { html } from 'lit';
import { localised } from 'guanxi/kit';
import type { Panel, View } from './game.js';
import { tagPreview, tilesPreview, wheelPreview } from './preview.js';
import { templates, type TemplateName } from './templates.js';

function card(panel: Panel, name: TemplateName): unknown {
  const template = templates[name];
  const picture = template.type === 'wheel' ? wheelPreview(panel, template.config.prizes.map(({ title }) => localised(title)), template.config.blanks) : template.type === 'guess-price' ? tagPreview() : tilesPreview(panel, template.config.cycle);
  return html`<li><gx-card heading=${panel.t(`admin.template.${name}`)}><div class="template"><div class="stage">${picture}</div><p class="muted">${panel.t(`admin.templateText.${name}`)}</p>
    <wa-button variant=${name === 'every-win' ? 'brand' : 'neutral'} appearance=${name === 'every-win' ? 'accent' : 'outlined'} href=${panel.address(`new/${name}`)}>${panel.t('admin.use')}<span class="visually-hidden"> ${panel.t(`admin.template.${name}`)}</span></wa-button></div></gx-card></li>`;
}

/** The templates as cards. */
export const gallery = (panel: Panel): unknown => html`<ul class="plain grid">${(Object.keys(templates) as TemplateName[]).map((name) => card(panel, name))}</ul>`;

/** Where a new game begins. */
export class TemplatesView implements View {
  readonly settled = Promise.resolve();
  constructor(private readonly panel: Panel) {}

  render(): unknown {
    const { panel } = this;
    return html`<gx-page heading=${panel.t('admin.new')} subtitle=${panel.t('admin.newText')} back=${panel.address()} back-label=${panel.t('admin.title')}>${gallery(panel)}</gx-page>`;
  }
}
