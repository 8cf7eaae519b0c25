/** Where a widget failed: before download, while loading, against the contract, or while it was built or drawn. */
export type WidgetPhase = 'version' | 'import' | 'contract' | 'construct' | 'render';

/** What the event `gx-outlet-failed` says. */
export interface WidgetFailed { readonly plugin: string; readonly widget: string; readonly phase: WidgetPhase; readonly message: string }

/** A widget that could not be shown, or could no longer be. */
export class WidgetFailure extends Error {
  constructor(readonly phase: WidgetPhase, tag: string, cause: unknown) {
    super(`${tag}: ${(cause as Partial<Error> | undefined)?.message ?? String(cause)}`, { cause });
  }
}
