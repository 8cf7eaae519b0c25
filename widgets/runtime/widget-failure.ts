/** Where a widget failed: before download, while loading, against the contract, or while it was built or drawn. */
export type WidgetPhase = 'version' | 'import' | 'contract' | 'construct' | 'render';

/** A widget that could not be shown, or could no longer be. */
export class WidgetFailure extends Error {
  readonly phase: WidgetPhase;
  constructor(phase: WidgetPhase, message: string, cause?: unknown) {
    super(message, { cause });
    this.phase = phase;
  }
}

export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
