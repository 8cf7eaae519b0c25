import { html, nothing, render } from 'lit';
import { kitText } from './strings.js';

export interface ConfirmOptions {
  readonly title: string;
  /** What will happen, in one or two sentences. */
  readonly body?: string;
  /** The verb, e.g. “End activity”. */
  readonly action?: string;
  /** For what cannot be undone. */
  readonly danger?: boolean;
}

/** Asks before something that cannot be undone; answers whether the merchant agreed. The safe button has the focus. */
export function confirm(options: ConfirmOptions): Promise<boolean> {
  const host = document.createElement('div');
  document.body.append(host);
  return new Promise((resolve) => {
    let open = true;
    const close = (agreed: boolean): void => {
      if (!open) return;
      open = false;
      draw();
      resolve(agreed);
      host.addEventListener('wa-after-hide', () => host.remove());
    };
    const draw = (): void => { render(html`<gx-dialog label=${options.title} ?open=${open} @gx-close=${() => close(false)}>
      ${options.body ? html`<p class="gx-confirm-text">${options.body}</p>` : nothing}
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => close(false)}>${kitText('cancel')}</wa-button>
      <wa-button slot="footer" variant=${options.danger ? 'danger' : 'brand'} @click=${() => close(true)}>${options.action ?? kitText('confirm')}</wa-button>
    </gx-dialog>`, host); };
    draw();
  });
}
