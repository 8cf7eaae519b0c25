/** Where a widget failed: before download, while loading, against the contract, or while it was built or drawn. */
export type WidgetPhase = 'version' | 'import' | 'contract' | 'construct' | 'render';

/** A widget that could not be shown, or could no longer be. */
export class WidgetFailure extends Error {
  constructor(readonly phase: WidgetPhase, tag: string, cause: unknown) {
    super(`${tag}: ${(cause as Partial<Error> | undefined)?.message ?? String(cause)}`, { cause });
  }
}
