import { html, nothing } from 'lit';
import { until } from 'lit/directives/until.js';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import type { LocalisedText, SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import { AdminPage } from '../admin-page.js';
import type { ShopSettings } from '../api-types.js';
import { settingTexts } from '../locales/settings-fields.js';
import { t } from '../texts.js';

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone');
const same = (text: string): LocalisedText => ({ en: text, 'zh-CN': text });

/** The shop's own settings: its name, its day, its language. */
class SettingsPage extends AdminPage {
  static override styles = kitStyles;
  #load = new Load<ShopSettings>(this, () => this.session.api.get('/settings'));

  #organiser = import('../activities/organiser.element.js').then(({ prepare }) => prepare());

  override get ready(): Promise<unknown> { return Promise.all([this.#load.settled, this.#organiser]); }

  #fields(settings: ShopSettings): SettingFieldsJson {
    const known = [...new Set([...zones(), settings.zone])].sort();
    return {
      name: { kind: 'text', max: 120, ...settingTexts.name },
      locale: { kind: 'choice', ...settingTexts.locale, options: [{ value: 'en', label: same('English') }, { value: 'zh-CN', label: same('简体中文') }] },
      zone: { kind: 'choice', ...settingTexts.zone, options: known.map((zone) => ({ value: zone, label: same(zone.replace(/_/g, ' ')) })) },
      dayStartHour: { kind: 'number', min: 0, max: 23, ...settingTexts.dayStartHour },
    };
  }

  async #save(values: SettingValues): Promise<void> {
    await this.session.api.put('/settings', values);
    await this.session.load();
  }

  protected override render(): unknown {
    const { value, error } = this.#load;
    return html`<gx-page narrow heading=${t('nav.settings')}>
      ${error ? html`<gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error>` : value ? html`
        <gx-card heading=${t('settings.shop')}><gx-schema-form .fields=${this.#fields(value)} .values=${{ ...value }} .save=${(values: SettingValues) => this.#save(values)}></gx-schema-form></gx-card>
        ${until(this.#organiser.then(() => html`<gx-organiser-card .session=${this.session}></gx-organiser-card>`), nothing)}
        <gx-card heading=${t('settings.currency')}><p>${t('settings.currencyText', { currency: value.currency })}</p></gx-card>` : nothing}
    </gx-page>`;
  }
}
define('gx-settings-page', SettingsPage);
