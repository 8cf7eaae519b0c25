import { LitElement } from 'lit';
import { onAppearanceChange } from './locale.js';

/** Base of the kit's elements: renders again when the page's language, direction or colour scheme changes. */
export class KitElement extends LitElement {
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onAppearanceChange(() => this.appearanceChanged());
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    super.disconnectedCallback();
  }

  /** Called after a change of language, direction or colour scheme. */
  protected appearanceChanged(): void { this.requestUpdate(); }

  /** Fires `gx-…` events that cross shadow roots, so that a page can listen wherever it stands. */
  protected fire(name: `gx-${string}`, detail?: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}
