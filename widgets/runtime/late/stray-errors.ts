/** A refusal or a lost connection that a widget did not catch: what happened lies outside of it. */
const isProblem = (error: Error): boolean => 'status' in error && 'code' in error;

/**
 * Hears what widgets throw where nobody waits for it: in a listener, a timer, a promise. They stay in their places. `tell` hears of each
 * widget at most once per page, and after what hears at once and knows more, e.g. that it broke while it was connected.
 * @param urls - of the widgets' modules; an error is put to the one that its stack names, or else whose folder
 */
export function hearStrays(urls: () => readonly string[], tell: (url: string, error: Error) => void): void {
  const told = new Set<string>();
  const hear = (error: unknown): void => {
    if (!(error instanceof Error) || isProblem(error)) return;
    const { stack = '' } = error;
    const url = urls().find((each) => stack.includes(each)) ?? urls().find((each) => stack.includes(each.slice(0, each.lastIndexOf('/') + 1)));
    if (!url || told.has(url)) return;
    told.add(url);
    setTimeout(() => tell(url, error));
  };
  addEventListener('error', ({ error }: ErrorEvent) => hear(error));
  addEventListener('unhandledrejection', ({ reason }) => hear(reason));
}
