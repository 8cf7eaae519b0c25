import { css, html, nothing } from 'lit';
import { KitElement } from '../kit/kit-element.js';
import { uiLocale } from '../kit/locale.js';
import type { AdminBootstrap } from './api-types.js';
import type { AdminSession } from './admin-session.js';
import { isDark } from './preferences.js';
import { href } from './routes.js';
import { t, type TextKey } from './texts.js';

interface Entry { readonly path: string; readonly label: string; readonly icon: string }

/**
 * The list of pages: the core's, then one entry per page of an enabled plugin, then what one needs less often.
 * @element gx-admin-nav
 * @fires gx-language - the other language was chosen
 * @fires gx-theme - the other colour scheme was chosen
 * @fires gx-sign-out
 */
export class AdminNav extends KitElement {
  static override properties = { session: { attribute: false }, bootstrap: { attribute: false }, current: { type: String } };
  declare session: AdminSession;
  /** What the session knows; a new one draws the list anew. */
  declare bootstrap: AdminBootstrap | undefined;
  /** Path inside the admin that is shown now. */
  declare current: string;

  static override styles = css`
    :host { display: flex; flex-direction: column; min-block-size: 100%; box-sizing: border-box; padding: 12px 8px; font-size: var(--gx-font-body); line-height: 1.4; color: var(--gx-text); }
    .shop { display: flex; gap: 10px; align-items: center; box-sizing: border-box; min-block-size: 60px; padding: 4px 8px 14px; min-inline-size: 0; }
    .mark { flex: none; display: grid; place-items: center; inline-size: 32px; block-size: 32px; border-radius: 8px; background: var(--gx-accent); color: var(--gx-on-accent); font-weight: 600; }
    .shop > span:last-child { min-inline-size: 0; } .shop b { display: block; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .shop small { display: flex; gap: 6px; align-items: center; color: var(--gx-muted); font-size: var(--gx-font-tiny); }
    nav { flex: 1; }
    h2 { margin: 16px 8px 4px; color: var(--gx-muted); font-size: var(--gx-font-tiny); font-weight: 500; }
    ul { margin: 0; padding: 0; list-style: none; display: grid; gap: 1px; }
    a, button { display: flex; gap: 10px; align-items: center; inline-size: 100%; box-sizing: border-box; min-block-size: 34px; padding: 5px 8px; border: 0; border-radius: 6px; background: none; color: inherit; font: inherit; text-align: start; text-decoration: none; cursor: pointer; }
    a:hover, button:hover { background: var(--gx-sunken); }
    a[aria-current='page'] { background: var(--gx-accent-soft); font-weight: 500; }
    a[aria-current='page'] gx-icon { color: var(--gx-link); }
    gx-icon { inline-size: 18px; block-size: 18px; color: var(--gx-muted); }
    a span { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    :focus-visible { outline: 2px solid var(--gx-focus); outline-offset: -2px; }
    .foot { margin-block-start: 16px; padding-block-start: 8px; border-block-start: 1px solid var(--gx-border); }
    @media (pointer: coarse) { a, button { min-block-size: 44px; } }
  `;

  constructor() { super(); this.bootstrap = undefined; this.current = '/'; }

  #entry({ path, label, icon }: Entry): unknown {
    const here = path === '/' ? this.current === '/' : this.current === path || this.current.startsWith(`${path}/`);
    return html`<li><a href=${href(path)} aria-current=${here ? 'page' : nothing}><gx-icon name=${icon}></gx-icon><span>${label}</span></a></li>`;
  }

  #group(label: string, entries: readonly Entry[]): unknown {
    return entries.length ? html`${label ? html`<h2>${label}</h2>` : nothing}<ul aria-label=${label || nothing}>${entries.map((entry) => this.#entry(entry))}</ul>` : nothing;
  }

  protected override render(): unknown {
    const { bootstrap } = this;
    const core = (path: string, key: TextKey, icon: string): Entry => ({ path, label: t(key), icon });
    const panels = this.session.widgets('page').map((widget): Entry => ({ path: `/plugins/${widget.plugin}/${widget.name}`, label: widget.title, icon: widget.icon ?? bootstrap?.plugins.find((plugin) => plugin.id === widget.plugin)?.icon ?? 'puzzle' }));
    return html`
      <div class="shop"><span class="mark" aria-hidden="true">${uiLocale() === 'zh-CN' ? '关' : 'G'}</span><span><b>${bootstrap?.shop.name ?? 'Guanxi'}</b><small>${bootstrap?.staff.name ?? ''}${bootstrap?.demo ? html`<gx-badge tone="info">${t('nav.demo')}</gx-badge>` : nothing}</small></span></div>
      <nav aria-label=${t('nav.main')}>
        ${this.#group('', [core('/', 'nav.home', 'home'), core('/customers', 'nav.customers', 'users'), core('/orders', 'nav.orders', 'receipt'), core('/activities', 'nav.activities', 'calendar')])}
        ${this.#group(t('nav.economyGroup'), [core('/economy', 'nav.economy', 'coins'), core('/points', 'nav.points', 'star'), core('/earning', 'nav.earning', 'receipt'), core('/budgets', 'nav.budgets', 'pause'), core('/risk', 'nav.risk', 'clock'), core('/stacking', 'nav.stacking', 'ticket'), core('/planner', 'nav.planner', 'chart')])}
        ${bootstrap ? html`${this.#group(t('nav.modules'), [...panels, core('/marketplace', 'nav.marketplace', 'store')])}
          ${this.#group(t('nav.manage'), [core('/imports', 'nav.imports', 'upload'), core('/audit', 'nav.audit', 'list'), ...(['owner', 'operator'].includes(bootstrap?.staff.role ?? '') ? [core('/privacy', 'nav.privacy', 'lock')] : []), core('/system', 'nav.system', 'pulse'), core('/settings', 'nav.settings', 'gear')])}` : nothing}
      </nav>
      <div class="foot" ?hidden=${!bootstrap}>
        ${bootstrap?.storefrontUrl ? html`<a href=${bootstrap.storefrontUrl} target="_blank" rel="noopener"><gx-icon name="external"></gx-icon><span>${t('nav.storefront')}</span></a>` : nothing}
        <button type="button" lang=${uiLocale() === 'en' ? 'zh-CN' : 'en'} @click=${() => this.fire('gx-language')}><gx-icon name="globe"></gx-icon>${uiLocale() === 'en' ? '中文' : 'English'}</button>
        <button type="button" @click=${() => this.fire('gx-theme')}><gx-icon name=${isDark() ? 'sun' : 'moon'}></gx-icon>${t(isDark() ? 'nav.light' : 'nav.dark')}</button>
        <button type="button" @click=${() => this.fire('gx-sign-out')}><gx-icon name="logout"></gx-icon>${t('nav.signOut')}</button>
      </div>`;
  }
}
