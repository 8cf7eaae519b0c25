import { readStored, store } from '../browser-store.js';

/** An unanswered key is used again for a day, well below the week for which the server keeps answers. */
const LIFE_MS = 86_400_000;

/** 32-bit FNV-1a: names a request in storage without writing what the shopper typed there. */
function nameOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `gx-key:${(hash >>> 0).toString(36)}`;
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http addresses, where demo shops are tried from a phone. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');

/**
 * The key of a request: the same for the same request until `answered` is called, also after a reload, so that a press whose answer
 * was lost returns that answer in place of acting again.
 */
export function requestKey(request: string): { key: string; answered(): void } {
  const name = nameOf(request);
  const [known, since] = readStored(name)?.split('.') ?? [];
  const key = known && Date.now() - Number(since) < LIFE_MS ? known : newKey();
  if (key !== known) store(name, `${key}.${Date.now()}`);
  return { key, answered: () => store(name, undefined) };
}
