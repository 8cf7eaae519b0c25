import { overQuota, type ShopName } from './over-quota.js';
import type { QuotaLimits } from './limits.js';

/** Bytes of a row while none has been measured. */
const UNMEASURED_ROW = 200;
export const MB = 1_000_000;
/** Share of a quota at which the operator is warned. */
const WARN_AT = 0.8;

/** What is known of one plugin's rows in one shop: the last count, and what this process added since. */
export class RowUse {
  #rows = 0;
  #bytes = 0;
  #since = 0;
  #warned = false;
  #exact = false;
  /** System time of the last count; 0 before the first. */
  countedAt = 0;
  /** System time at which a count last ended, also in failure. */
  lookedAt = 0;
  counting: Promise<void> | undefined;

  constructor(readonly plugin: string, readonly shop: ShopName, private readonly granted: QuotaLimits, private readonly warn: (use: RowUse, name: 'rowsPerShop' | 'storageMb') => void) {}

  get rows(): number { return Math.max(0, this.#rows + this.#since); }
  get bytes(): number { return Math.max(0, Math.round(this.#bytes + this.#since * (this.#rows > 0 ? this.#bytes / this.#rows : UNMEASURED_ROW))); }
  /** Whether nothing was added or removed since the count began. */
  get exact(): boolean { return this.#exact && this.#since === 0; }
  get full(): boolean { return this.rows >= this.granted.rowsPerShop || this.bytes >= this.granted.storageMb * MB; }

  /** @throws GX_QUOTA 429 when a unit that has added `added` rows may add no more. Nothing is refused before the first count. */
  assertRoom(added: number): void {
    if (this.countedAt === 0) return;
    if (this.rows + added >= this.granted.rowsPerShop) throw overQuota(this.plugin, this.shop, 'rowsPerShop', this.granted.rowsPerShop);
    if (this.bytes >= this.granted.storageMb * MB) throw overQuota(this.plugin, this.shop, 'storageMb', this.granted.storageMb);
  }

  added(rows: number): void {
    if (rows === 0) return;
    this.#since += rows;
    this.#look();
  }

  /** Whether it has to be counted before anybody relies on it. */
  due(now: number, ms: number): boolean { return !this.exact || now - this.lookedAt >= ms; }

  /** `sinceBefore` is what `since` was when the count began. What moved meanwhile is taken as counted, so that nobody is refused for a row that was counted twice. */
  counted(rows: number, bytes: number, at: number, sinceBefore: number): void {
    this.#rows = rows;
    this.#bytes = bytes;
    this.#exact = this.#since === sinceBefore;
    this.#since = 0;
    this.countedAt = at;
    this.#look();
  }

  get since(): number { return this.#since; }

  #look(): void {
    if (this.countedAt === 0) return;
    const name = this.rows >= WARN_AT * this.granted.rowsPerShop ? 'rowsPerShop' : this.bytes >= WARN_AT * this.granted.storageMb * MB ? 'storageMb' : undefined;
    if (name && !this.#warned) this.warn(this, name);
    this.#warned = name !== undefined;
  }
}
