import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { GxError } from '../plugin-api/index.js';
import { SystemStatement, type DataStore } from '../data/data-store.js';

const FIND = new SystemStatement<{ secret: string }>('SELECT secret FROM host_secret WHERE name = :name');
const KEEP = new SystemStatement<{ secret: string }>('INSERT INTO host_secret (name, secret) VALUES (:name, :secret) ON CONFLICT (name) DO NOTHING RETURNING secret');

/**
 * The host's secret: from GUANXI_SECRET, or, in the demo, made once and kept beside the data. Nothing is signed or encrypted with it
 * directly; every purpose has its own key (HKDF, RFC 5869), so that a value made for one purpose is worth nothing for another.
 */
export class Secrets {
  readonly #keys = new Map<string, Buffer>();
  readonly #old: Secrets | undefined;

  /** `previous` opens what was sealed before the secret was changed. */
  constructor(private readonly root: string, previous?: string) { this.#old = previous === undefined || previous === root ? undefined : new Secrets(previous); }

  static async open(store: DataStore, given: string | undefined, previous?: string): Promise<Secrets> {
    if (given) return new Secrets(given, previous);
    await store.system.run(KEEP, { name: 'root', secret: randomBytes(48).toString('base64url') });
    const [row] = await store.system.many(FIND, { name: 'root' });
    return new Secrets(row!.secret);
  }

  /** 32 bytes for one purpose. */
  key(purpose: string): Buffer {
    let key = this.#keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.root, 'guanxi', purpose, 32));
      this.#keys.set(purpose, key);
    }
    return key;
  }

  /** AES-256-GCM. `place` (table|column|shop|row) is authenticated, so that a ciphertext cannot be moved to another row. */
  encrypt(place: string, clear: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key('encryption'), iv).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** @throws GX_SECRET_UNREADABLE when the text was changed, moved, or written with a secret that is neither the current nor the previous one. */
  decrypt(place: string, sealed: string): string {
    const clear = this.#opened(place, sealed) ?? (this.#old ? this.#old.#opened(place, sealed) : undefined);
    if (clear === undefined) throw new GxError('GX_SECRET_UNREADABLE', 500, 'A stored secret cannot be read. Was GUANXI_SECRET changed? Give the old one as GUANXI_SECRET_PREVIOUS, or enter the secret again.');
    return clear;
  }

  /** The same, sealed with the current secret. What cannot be read stays as it is. */
  renew(place: string, sealed: string): string {
    const clear = this.#old && this.#opened(place, sealed) === undefined ? this.#old.#opened(place, sealed) : undefined;
    return clear === undefined ? sealed : this.encrypt(place, clear);
  }

  #opened(place: string, sealed: string): string | undefined {
    try {
      const bytes = Buffer.from(sealed.slice(3), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key('encryption'), bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch { return undefined; }
  }
}
