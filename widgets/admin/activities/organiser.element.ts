import { html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { AdminSession } from '../admin-session.js';
import { a, loadActivityTexts } from './texts.js';
import type { ActivityTexts } from './locales/en.js';

const both = (key: keyof ActivityTexts): { en: string; 'zh-CN': string } => ({ en: a(key), 'zh-CN': a(key) });

/** Who answers for the shop's activities. */
class OrganiserCard extends KitElement {
  static override properties = { session: { attribute: false } };
  declare session: AdminSession;
  #load = new Load<SettingValues>(this, () => this.session.api.get('/organiser'));
  static override styles = kitStyles;

  get settled(): Promise<unknown> { return this.#load.settled; }

  #fields(): SettingFieldsJson {
    return {
      legalName: { kind: 'text', min: 1, max: 200, label: both('legalName'), help: both('legalNameHelp') }, contact: { kind: 'text', min: 1, max: 200, label: both('contact'), help: both('contactHelp') },
      complaints: { kind: 'text', max: 300, label: both('complaints'), help: both('complaintsHelp') },
    };
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-card heading=${a('organiser')} subtitle=${a('organiserText')}>${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>`
      : value ? html`<gx-schema-form .fields=${this.#fields()} .values=${{ ...value }} .save=${(values: SettingValues) => this.session.api.put('/organiser', values)}></gx-schema-form>` : nothing}</gx-card>`;
  }
}
define('gx-organiser-card', OrganiserCard);
export const prepare = loadActivityTexts;
