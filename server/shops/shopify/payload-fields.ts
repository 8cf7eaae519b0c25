import { decimalToMinor } from '../../commerce/decimal-amount.js';
import type { Instant } from '../../plugin-api/index.js';

/** Reads a parsed payload by name without trusting its shape: what is absent, null or of another type is undefined. */
export class Fields {
  private constructor(private readonly source: Readonly<Record<string, unknown>>) {}

  static of(value: unknown): Fields | undefined {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Fields(value as Record<string, unknown>) : undefined;
  }

  text(name: string): string | undefined {
    const value = this.source[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  flag(name: string): boolean { return this.source[name] === true; }
  count(name: string): number | undefined {
    const value = this.source[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
  }
  instant(name: string): Instant | undefined {
    const at = Date.parse(this.text(name) ?? '');
    return Number.isNaN(at) ? undefined : at;
  }
  object(name: string): Fields | undefined { return Fields.of(this.source[name]); }
  list(name: string): Fields[] {
    const value = this.source[name];
    return Array.isArray(value) ? value.flatMap((entry) => Fields.of(entry) ?? []) : [];
  }
  words(name: string): string[] {
    const value = this.source[name];
    return Array.isArray(value) ? value.flatMap((entry) => (typeof entry === 'string' || typeof entry === 'number' ? [String(entry)] : [])) : [];
  }
  /** Digits of a numeric id, whether it fits a number or came as text. */
  digits(name: string): string | undefined {
    const value = this.source[name];
    const digits = typeof value === 'number' ? String(value) : value;
    return typeof digits === 'string' && /^\d{1,20}$/.test(digits) ? digits : undefined;
  }
  /** The GraphQL id of this object: its own, or made from the number under `idName`. */
  gid(type: string, idName = 'id'): string | undefined {
    const own = idName === 'id' ? this.text('admin_graphql_api_id') : undefined;
    const digits = own === undefined ? this.digits(idName) : undefined;
    return own ?? (digits === undefined ? undefined : `gid://shopify/${type}/${digits}`);
  }
  /** Decimal text or number in the shop's currency → minor units; `<name>_set.shop_money` wins over `name`. */
  money(name: string, currency: string): number | undefined {
    const set = this.object(`${name}_set`)?.object('shop_money')?.source['amount'];
    return decimalToMinor(set ?? this.source[name], currency);
  }
}
