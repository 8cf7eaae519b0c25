import { AssertionError } from 'chai';

/** Fails with one line per breach; chai would cut a long list short. */
export function none(breaches: readonly string[], rule: string): void {
  if (breaches.length) throw new AssertionError(`${rule}:\n${breaches.join('\n')}`);
}
