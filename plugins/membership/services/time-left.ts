/** What tells a long work to end at the next good place; an `AbortSignal` is one. */
export interface Stop { readonly aborted: boolean }

/** Ends with the signal, or after so many milliseconds of work; without a timer that would outlive it. */
export function within(signal: Stop, ms: number): Stop {
  const end = performance.now() + ms;
  return { get aborted() { return signal.aborted || performance.now() > end; } };
}
