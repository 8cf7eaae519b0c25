/** Where a widget failed: before download, while loading, against the contract, while it was built or first drawn, later on, or by not answering in time. */
export type WidgetPhase = 'version' | 'import' | 'contract' | 'construct' | 'render' | 'later' | 'timeout';

/** What the event `gx-outlet-failed` says; `brief` quotes nobody, see `briefly`. */
export interface WidgetFailed { readonly plugin: string; readonly widget: string; readonly phase: WidgetPhase; readonly message: string; readonly brief: string | undefined }

/** A widget that could not be shown, or could no longer be. */
export class WidgetFailure extends Error {
  constructor(readonly phase: WidgetPhase, tag: string, cause: unknown) {
    super(`${tag}: ${(cause as Partial<Error> | undefined)?.message ?? String(cause)}`, { cause });
  }
}
