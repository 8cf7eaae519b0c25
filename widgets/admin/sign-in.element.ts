import { css, html, nothing } from 'lit';
import { KitElement } from '../kit/kit-element.js';
import { kitStyles } from '../kit/kit-styles.js';
import { uiLocale } from '../kit/locale.js';
import { t } from './texts.js';

/**
 * Asks for the token when there is no session, or the old one has ended.
 * @element gx-sign-in
 * @fires gx-token - `{ token }`
 * @fires gx-language - the other language was chosen
 */
export class SignInPage extends KitElement {
  static override properties = { expired: { type: Boolean }, problem: { type: String }, busy: { type: Boolean } };
  declare expired: boolean;
  declare problem: string;
  declare busy: boolean;

  static override styles = [kitStyles, css`
    :host { display: grid; place-items: center; min-block-size: 100dvh; padding: 24px 16px; box-sizing: border-box; }
    main { inline-size: min(420px, 100%); }
    .card { display: flex; flex-direction: column; gap: 16px; padding: 28px 24px; border: 1px solid var(--gx-border); border-radius: 14px; background: var(--gx-surface); box-shadow: var(--gx-shadow); }
    .mark { display: grid; place-items: center; inline-size: 40px; block-size: 40px; border-radius: 10px; background: var(--gx-accent); color: var(--gx-on-accent); font-weight: 600; font-size: 1.125rem; }
    h1 { font-size: var(--gx-font-h1); font-weight: 600; line-height: 1.35; }
    form { display: flex; flex-direction: column; gap: 12px; }
    code { font-size: .93em; padding: 1px 4px; border-radius: 4px; background: var(--gx-sunken); }
    .language { margin-block-start: 16px; text-align: center; }
  `];

  constructor() { super(); this.expired = false; this.problem = ''; this.busy = false; }

  #submit(event: Event): void {
    event.preventDefault();
    const typed = this.renderRoot.querySelector('wa-input')?.value?.trim() ?? '';
    // A whole admin link is what most people have in their clipboard.
    const token = /[#&]token=([^&\s]+)/.exec(typed)?.[1] ?? typed;
    if (!token) { this.problem = t('signIn.empty'); return; }
    this.fire('gx-token', { token });
  }

  protected override render(): unknown {
    return html`<main>
      <div class="card">
        <span class="mark" aria-hidden="true">${uiLocale() === 'zh-CN' ? '关' : 'G'}</span>
        <div><h1>${t(this.expired ? 'signIn.expired' : 'signIn.title')}</h1><p class="muted">${t('signIn.how')}</p></div>
        <form novalidate @submit=${this.#submit}>
          <wa-input label=${t('signIn.token')} type="password" password-toggle autocomplete="off" @keydown=${(event: KeyboardEvent) => { if (event.key === 'Enter') this.#submit(event); }}></wa-input>
          <div role="alert">${this.problem ? html`<p class="negative strong small">${this.problem}</p>` : nothing}</div>
          <wa-button variant="brand" ?loading=${this.busy} @click=${this.#submit}>${t('signIn.action')}</wa-button>
        </form>
      </div>
      <p class="language"><button type="button" class="link-button" lang=${uiLocale() === 'en' ? 'zh-CN' : 'en'} @click=${() => this.fire('gx-language')}>${uiLocale() === 'en' ? '中文' : 'English'}</button></p>
    </main>`;
  }
}
