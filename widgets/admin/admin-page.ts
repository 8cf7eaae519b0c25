import type { PropertyDeclarations } from 'lit';
import { KitElement } from '../kit/kit-element.js';
import { toast } from '../kit/toast.js';
import type { AdminSession } from './admin-session.js';
import { t } from './texts.js';

/** Base of the core's pages. The shell sets `session`, `params` and `query`, waits for `ready` and shows the page when nothing moves any more. */
export abstract class AdminPage extends KitElement {
  static override properties: PropertyDeclarations = { session: { attribute: false }, params: { attribute: false }, query: { attribute: false } };
  declare session: AdminSession;
  declare params: readonly string[];
  declare query: URLSearchParams;

  /** Resolves when what the page shows first is there. */
  get ready(): Promise<unknown> { return Promise.resolve(); }
  /** Title of the browser's tab; the navigation's name if empty. */
  get tabTitle(): string { return ''; }
  /** Whether leaving would lose something. */
  get dirty(): boolean { return this.renderRoot.querySelector('gx-schema-form')?.dirty ?? false; }

  /** Whether whoever is signed in may install, switch and look into modules. */
  protected get manages(): boolean { return ['owner', 'operator'].includes(this.session.bootstrap?.staff.role ?? ''); }

  /** Keeps a filter in the address, so that a reload and a link show the same list. */
  protected remember(values: Readonly<Record<string, string>>): void {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(values)) if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    history.replaceState(history.state, '', url);
  }

  /** Runs an action and says how it ended; answers whether it worked. */
  protected async attempt(act: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await act();
      if (done) toast(done, 'success');
      return true;
    } catch (error) {
      toast(error instanceof Error ? error.message : t('error.generic'), 'danger');
      return false;
    }
  }

  /** Saves a CSV list. */
  protected exportCsv(path: string, query?: Readonly<Record<string, string>>): Promise<boolean> { return this.attempt(() => this.session.download(path, query)); }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      this.fire('gx-page-error', { error });
    }
  }
}
