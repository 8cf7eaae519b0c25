import { css, html, nothing } from 'lit';
import { define } from '../../kit/define.js';
import { kitStyles } from '../../kit/kit-styles.js';
import type { Unsaved } from '../../runtime/context.js';
import type { Outlet } from '../../runtime/outlet.element.js';
import { AdminPage } from '../admin-page.js';
import { href } from '../routes.js';
import { t } from '../texts.js';

/** The page of a plugin: its widget inside an error boundary. What follows the widget's name in the address reaches it as `data.path`. */
class PanelPage extends AdminPage {
  static override properties = { failed: { state: true } };
  declare failed: boolean;
  static override styles = [kitStyles, css`
    gx-outlet { --gx-outlet-height: 70dvh; }
    .plain { max-inline-size: 1040px; margin-inline: auto; }
    gx-outlet[state='failed'] { max-inline-size: 1040px; margin: 24px auto; padding-inline: 16px; box-sizing: border-box; }
  `];
  #shown: Promise<unknown> = Promise.resolve();
  #settle: () => void = () => undefined;

  constructor() {
    super();
    this.failed = false;
    this.#shown = new Promise<void>((resolve) => { this.#settle = resolve; });
  }

  get #listing() { return this.session.widgets('page').find((widget) => widget.plugin === this.params[0] && widget.name === this.params[1]); }
  override get ready(): Promise<unknown> { return this.#listing ? this.#shown : Promise.resolve(); }
  override get dirty(): boolean {
    const widget = this.renderRoot.querySelector<Outlet>('gx-outlet')?.renderRoot.querySelector<HTMLElement & Partial<Unsaved>>('.box > *');
    return widget?.dirty === true;
  }
  override get tabTitle(): string { return this.#listing?.title ?? t('missing.title'); }

  protected override render(): unknown {
    const listing = this.#listing;
    if (!listing) {
      return html`<gx-page heading=${t('panel.missing')}><gx-card><gx-empty icon="puzzle" heading=${t('panel.missing')}><p>${t('panel.missingText')}</p><wa-button slot="action" variant="brand" href=${href('/marketplace')}>${t('nav.marketplace')}</wa-button></gx-empty></gx-card></gx-page>`;
    }
    const data = { path: this.params[2] ?? '', ...Object.fromEntries(this.query) };
    return html`${this.failed ? html`<h1 class="visually-hidden">${listing.title}</h1>` : nothing}<gx-outlet .listing=${listing} .environment=${this.session.environment} .data=${data} @gx-outlet-ready=${() => { this.failed = false; this.#settle(); }} @gx-outlet-failed=${() => { this.failed = true; this.#settle(); }}></gx-outlet>`;
  }
}
define('gx-panel-page', PanelPage);
