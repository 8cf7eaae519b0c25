import type { nothing, TemplateResult } from 'lit';
import type { PluginElement } from 'guanxi/widgets';

/** What this panel's dialogs share: about what they are, what is wrong, and that nothing is sent twice at once. */
export abstract class SubjectDialog<S> {
  protected subject: S | undefined;
  protected shown = false;
  protected problem = '';
  protected busy = false;

  constructor(protected readonly panel: PluginElement, protected readonly done: () => void) {}

  /** Begins anew, whatever was left from the last time. */
  protected abstract reset(subject: S): void;
  abstract render(): TemplateResult | typeof nothing;

  open(subject: S): void {
    this.subject = subject;
    this.shown = true;
    this.problem = '';
    this.reset(subject);
    this.panel.requestUpdate();
  }

  protected close(): void {
    this.shown = false;
    this.panel.requestUpdate();
  }

  /** Says what is wrong with what was entered, or does the work; what is refused stays open with the reason. */
  protected async submit(problem: string, work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.problem = problem;
    this.panel.requestUpdate();
    if (problem) return;
    this.busy = true;
    try { await work(); } catch (error) { this.problem = this.panel.explain(error); }
    this.busy = false;
    this.panel.requestUpdate();
  }
}
