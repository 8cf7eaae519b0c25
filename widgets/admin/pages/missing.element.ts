import { html } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { AdminPage } from '../admin-page.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

/** An address that leads nowhere. */
class MissingPage extends AdminPage {
  static override styles = kitStyles;
  protected override render(): unknown {
    return html`<gx-page heading=${t('missing.title')}><gx-card><gx-empty icon="search" heading=${t('missing.heading')}><p>${t('missing.text')}</p><wa-button slot="action" variant="brand" href=${href('/')}>${t('missing.action')}</wa-button></gx-empty></gx-card></gx-page>`;
  }
}
define('gx-missing-page', MissingPage);
