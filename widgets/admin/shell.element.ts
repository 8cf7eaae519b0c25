import { html, nothing } from 'lit';
import { confirm } from '../kit/confirm.js';
import { KitElement } from '../kit/kit-element.js';
import { uiLocale } from '../kit/locale.js';
import { loadOverlays } from '../kit/overlays.js';
import { ApiProblem } from '../runtime/api-problem.js';
import type { WidgetFailed } from '../runtime/widget-failure.js';
import type { AdminSession } from './admin-session.js';
import { PageStage } from './page-stage.js';
import { applyTheme, isDark, keepLocale, keepTheme, preferredTheme } from './preferences.js';
import { BASE, href, placeOf, type Place } from './routes.js';
import { shellStyles } from './shell.styles.js';
import { loadTexts, t } from './texts.js';

type State = 'starting' | 'sign-in' | 'ready' | 'failed';

/**
 * The admin: signs in, shows the navigation, routes by the address and puts one page on the stage.
 * @element gx-admin
 */
export class AdminShell extends KitElement {
  static override properties = { state: { state: true }, trouble: { state: true }, path: { state: true }, drawer: { state: true }, drawerReady: { state: true }, problem: { state: true }, busy: { state: true }, expired: { state: true }, offline: { state: true }, announced: { state: true } };
  declare state: State;
  declare trouble: unknown;
  declare path: string;
  declare drawer: boolean;
  declare drawerReady: boolean;
  declare problem: string;
  declare busy: boolean;
  declare expired: boolean;
  declare offline: boolean;
  declare announced: string;
  #session: AdminSession | undefined;
  #stage: PageStage | undefined;
  #place: Place | undefined;
  /** Address of the page on the stage; after going back the browser shows another one already. */
  #address = '';
  #agreed = false;

  static override styles = shellStyles;

  constructor() {
    super();
    this.state = 'starting'; this.trouble = undefined; this.path = '/'; this.drawer = false; this.drawerReady = false; this.problem = ''; this.busy = false; this.expired = false; this.offline = false; this.announced = '';
  }

  /** Starts with a session; `token` is that of an admin link. */
  async start(session: AdminSession, token?: string): Promise<void> {
    this.#session = session;
    session.addEventListener('expired', () => { this.expired = true; this.#close(); });
    session.addEventListener('signed-out', () => { this.expired = false; this.#close(); });
    session.addEventListener('changed', () => this.requestUpdate());
    this.renderRoot.addEventListener('click', (event) => this.#follow(event as MouseEvent));
    this.renderRoot.addEventListener('gx-outlet-failed', (event) => { void session.widgetFailed((event as CustomEvent<WidgetFailed>).detail); });
    session.watchWidgets();
    addEventListener('popstate', () => { void this.#back(); });
    addEventListener('gx-navigate', (event) => { void this.navigate((event as CustomEvent<{ path: string }>).detail.path); });
    addEventListener('beforeunload', (event) => { if (this.#stage?.current?.dirty) event.preventDefault(); });
    for (const name of ['online', 'offline']) addEventListener(name, () => { this.offline = !navigator.onLine; });
    if (token !== undefined) await this.#signIn(token);
    else if (session.signedIn) await this.#open();
    else this.state = 'sign-in';
  }

  async #signIn(token: string): Promise<void> {
    this.busy = true; this.problem = '';
    try {
      await this.#session?.signIn(token);
      this.expired = false;
      await this.#open();
    } catch (error) {
      this.problem = error instanceof ApiProblem && error.status === 401 ? t('signIn.refused') : error instanceof Error ? error.message : t('error.generic');
      this.state = 'sign-in';
    }
    this.busy = false;
  }

  async #open(): Promise<void> {
    try {
      const bootstrap = await this.#session?.load();
      if (bootstrap?.shop.platform === 'shopify' && preferredTheme() === undefined) applyTheme('light');
    } catch (error) {
      if (this.#session?.signedIn) { this.trouble = error; this.state = 'failed'; } else this.state = 'sign-in';
      return;
    }
    this.state = 'ready';
    await this.updateComplete;
    await this.#go(new URL(location.href), true);
  }

  #close(): void {
    this.#stage?.clear();
    this.#stage = undefined;
    this.drawer = false;
    this.state = 'sign-in';
  }

  async #mayLeave(): Promise<boolean> {
    return !this.#stage?.current?.dirty || confirm({ title: t('leave.title'), body: t('leave.body'), action: t('leave.action'), danger: true });
  }

  /** Back or forward. The browser cannot be held, so unsaved work goes on top of the history again until the merchant has chosen. */
  async #back(): Promise<void> {
    if (this.#stage?.current?.dirty && !this.#agreed) {
      history.pushState(null, '', this.#address);
      this.#agreed = await this.#mayLeave();
      if (this.#agreed) history.back();
      return;
    }
    this.#agreed = false;
    await this.#go(new URL(location.href), true);
  }

  /** Opens a page of the admin, e.g. `/customers`. */
  async navigate(path: string): Promise<void> {
    if (!(await this.#mayLeave())) return;
    history.replaceState({ scroll: scrollY }, '');
    history.pushState(null, '', href(path));
    await this.#go(new URL(location.href), false);
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement && each.href !== '');
    if (!link || link.target === '_blank' || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !(url.pathname === BASE || url.pathname.startsWith(`${BASE}/`)) || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    void this.navigate(url.pathname + url.search);
  }

  async #go(url: URL, restored: boolean): Promise<void> {
    const place = placeOf(url);
    const first = this.#place === undefined;
    this.#place = place;
    this.path = url.pathname.slice(BASE.length).replace(/\/+$/, '') || '/';
    this.drawer = false; this.trouble = undefined;
    const root = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (!root || !this.#session) return;
    this.#stage ??= new PageStage(root, this.#session, (error) => { this.#stage?.clear(); this.trouble = error; });
    if (!(await this.#stage.show(place))) return;
    this.#address = url.href;
    const title = this.#stage.current?.tabTitle || t(place.route.title);
    document.title = `${title} · ${this.#session.bootstrap?.shop.name ?? 'Guanxi'}`;
    scrollTo(0, restored ? (history.state as { scroll?: number } | null)?.scroll ?? 0 : 0);
    if (first) return;
    this.announced = title;
    this.#stage.current?.renderRoot.querySelector('gx-page')?.focus();
  }

  async #language(): Promise<void> {
    const next = uiLocale() === 'en' ? 'zh-CN' : 'en';
    await loadTexts(next);
    keepLocale(next);
    document.documentElement.lang = next;
    this.drawer = false;
    if (this.state !== 'ready' || !this.#session) return;
    // The server answers titles and widgets' texts by language, so they are read again; the page is built anew from them.
    await this.#session.load().catch((error: unknown) => { this.trouble = error; });
    if (this.#place) { this.#place = undefined; await this.#go(new URL(location.href), true); }
  }

  #theme(): void {
    const next = isDark() ? 'light' : 'dark';
    keepTheme(next);
    applyTheme(next);
    this.requestUpdate();
  }

  async #openDrawer(): Promise<void> {
    await loadOverlays();
    this.drawerReady = true;
    await this.updateComplete;
    this.drawer = true;
  }

  #nav(): unknown {
    return html`<gx-admin-nav .session=${this.#session} .bootstrap=${this.#session?.bootstrap} current=${this.path}></gx-admin-nav>`;
  }

  #main(): unknown {
    if (this.state === 'failed') return html`<div class="trouble"><gx-error .error=${this.trouble} @gx-retry=${() => { this.state = 'starting'; void this.#open(); }}></gx-error></div>`;
    return html`${this.trouble ? html`<div class="trouble"><gx-error heading=${t('error.page')} .error=${this.trouble} @gx-retry=${() => { void this.#go(new URL(location.href), true); }}></gx-error></div>` : nothing}
      <div class="stage ${this.state === 'starting' ? 'waiting' : ''}"></div><gx-skeleton class="wait" shape="page"></gx-skeleton>`;
  }

  protected override render(): unknown {
    if (!this.#session) return html`<main><div class="stage waiting"></div><gx-skeleton class="wait" shape="page"></gx-skeleton></main>`;
    if (this.state === 'sign-in') return html`<gx-sign-in ?expired=${this.expired} ?busy=${this.busy} problem=${this.problem} @gx-language=${() => this.#language()} @gx-token=${(event: CustomEvent<{ token: string }>) => this.#signIn(event.detail.token)}></gx-sign-in>`;
    return html`<div role="region" aria-label=${t('nav.skip')}><a class="skip" href="#main" @click=${(event: Event) => { event.preventDefault(); this.renderRoot.querySelector<HTMLElement>('main')?.focus(); }}>${t('nav.skip')}</a></div>
      <div class="frame" @gx-language=${() => this.#language()} @gx-theme=${() => this.#theme()} @gx-sign-out=${() => this.#mayLeave().then((may) => { if (may) this.#session?.signOut(); })}>
        <header class="top"><button type="button" aria-label=${t('nav.open')} aria-expanded=${this.drawer ? 'true' : 'false'} @click=${() => this.#openDrawer()}><gx-icon name="menu"></gx-icon></button><strong>${this.#session.bootstrap?.shop.name ?? 'Guanxi'}</strong>
          <button type="button" class="text" lang=${uiLocale() === 'en' ? 'zh-CN' : 'en'} @click=${() => this.#language()}>${uiLocale() === 'en' ? '中文' : 'EN'}</button>
          <button type="button" aria-label=${t(isDark() ? 'nav.light' : 'nav.dark')} @click=${() => this.#theme()}><gx-icon name=${isDark() ? 'sun' : 'moon'}></gx-icon></button></header>
        <aside class="side" aria-label=${t('nav.side')}>${this.#nav()}</aside>
        <main id="main" tabindex="-1">${this.offline ? html`<div class="offline" role="status">${t('error.offline')}</div>` : nothing}${this.#main()}</main>
      </div>
      <div class="visually-hidden" role="status">${this.announced}</div>
      ${this.drawerReady ? html`<wa-drawer label=${t('nav.main')} placement="start" light-dismiss ?open=${this.drawer} @wa-hide=${(event: Event) => { if (event.target === event.currentTarget) this.drawer = false; }}>${this.#nav()}</wa-drawer>` : nothing}`;
  }
}
