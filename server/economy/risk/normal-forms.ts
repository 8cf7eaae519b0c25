import { createHmac } from 'node:crypto';

export type SignalKind = 'device' | 'email' | 'address' | 'payment';
/** Domains whose mailboxes are those of another. */
const SAME: Readonly<Record<string, string>> = {
  'googlemail.com': 'gmail.com', 'me.com': 'icloud.com', 'mac.com': 'icloud.com', 'protonmail.com': 'proton.me', 'protonmail.ch': 'proton.me', 'pm.me': 'proton.me',
  'ya.ru': 'yandex.ru', 'yandex.com': 'yandex.ru', 'yandex.by': 'yandex.ru', 'yandex.kz': 'yandex.ru', 'yandex.ua': 'yandex.ru',
};
/** Marks that do not count in the mailbox's name there: `a.b@` and `ab@` are one. */
const IGNORED: Readonly<Record<string, RegExp>> = { 'gmail.com': /\./g, 'proton.me': /[._-]/g, 'yandex.ru': /[.-]/g };
const WORDS: Readonly<Record<string, string>> = { st: 'street', str: 'street', rd: 'road', ave: 'avenue', apt: '', apartment: '', unit: '', no: '', flat: '' };

/** The mailbox behind an address: no case, no `+tag`, one of several names of a service, no dots where they do not count. Undefined when it is none. */
export function normalEmail(email: string): string | undefined {
  const text = email.normalize('NFKC').trim().toLowerCase(), at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) return undefined;
  const named = text.slice(at + 1).replace(/\.$/, ''), domain = SAME[named] ?? named;
  const plain = text.slice(0, at).replace(/\+.*$/, ''), ignored = IGNORED[domain], local = ignored ? plain.replace(ignored, '') : plain;
  return local === '' || domain === '' ? undefined : `${local}@${domain}`;
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
