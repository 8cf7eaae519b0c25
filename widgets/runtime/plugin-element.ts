import { LitElement, type PropertyDeclarations } from 'lit';
import { ApiProblem } from './api-problem.js';
import type { WidgetContext } from './context.js';
import { fill, type Params } from './strings.js';

/** Detail of a `gx-widget-error` event; it bubbles out of the widget up to its outlet. */
export interface WidgetErrorDetail { readonly error: unknown }

/**
 * Base class of every widget. A module default-exports its subclass and never defines it; the host defines `<plugin>-<widget>`
 * and sets `context` before the first render.
 *
 * @fires gx-widget-error - an update threw; the outlet puts its card in the widget's place
 */
export abstract class PluginElement extends LitElement {
  static override properties: PropertyDeclarations = { context: { attribute: false } };

  declare context: WidgetContext;

  /** The plugin's text for a key in the viewer's language; the key itself when it is missing. */
  t(key: string, params: Params = {}): string {
    return fill(this.context.strings[key] ?? key, params, this.context.locale);
  }

  /** A sentence for whatever was thrown: the plugin's own `error.<code>` text if there is one, else that of the problem. */
  explain(error: unknown): string {
    const { locale, strings } = this.context;
    if (error instanceof ApiProblem) return strings[`error.${error.code}`] ?? error.message;
    return locale === 'en' ? 'Something went wrong. Please try again.' : '出了点问题，请重试。';
  }

  /** Lit has no error boundary: an update that throws is told to the outlet instead of being lost in a rejected promise. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      this.dispatchEvent(new CustomEvent<WidgetErrorDetail>('gx-widget-error', { detail: { error }, bubbles: true, composed: true }));
    }
  }
}
