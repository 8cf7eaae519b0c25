import { createHmac } from 'node:crypto';

export type SignalKind = 'device' | 'email' | 'address' | 'payment';
/** Mail services that deliver `a.b@` and `ab@` to one mailbox. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);
const WORDS: Readonly<Record<string, string>> = { st: 'street', str: 'street', rd: 'road', ave: 'avenue', apt: '', apartment: '', unit: '', no: '', flat: '' };

/** The mailbox behind an address: no case, no `+tag`, no dots where they do not count. Undefined when it is none. */
export function normalEmail(email: string): string | undefined {
  const text = email.normalize('NFKC').trim().toLowerCase(), at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return undefined;
  const domain = text.slice(at + 1), local = text.slice(0, at).replace(/\+.*$/, '');
  if (local === '') return undefined;
  return DOTLESS.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

/** Addresses that differ in case, punctuation, order and common short forms are one; what is left of them in one text. */
export function normalAddress(address: string): string | undefined {
  const words = address.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u).map((word) => WORDS[word] ?? word).filter((word) => word !== '');
  return words.join('').length < 6 ? undefined : [...new Set(words)].sort().join(' ');
}

/** What is stored of a signal: it can be compared within its shop and read by nobody. `undefined` when there is nothing to compare. */
export function signalHash(key: Buffer, shopId: number, kind: SignalKind, value: string): string | undefined {
  const normal = kind === 'email' ? normalEmail(value) : kind === 'address' ? normalAddress(value) : value.trim();
  return normal === undefined || normal === '' ? undefined : createHmac('sha256', key).update(`${shopId}|${kind}|${normal}`).digest('base64url');
}
