import { decimalToMinor } from '../decimal-amount.js';
import { DAY, MINUTE, type Instant } from '../../plugin-api/index.js';

/** What a cell says, or why it cannot be read. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };
const fine = <T>(value: T): Parsed<T> => ({ ok: true, value });
const wrong = (reason: string): Parsed<never> => ({ ok: false, reason });
const shown = (text: string): string => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;

const zones = new Map<string, { format: Intl.DateTimeFormat; offsets: Map<number, number> }>();
const STEP = 15 * MINUTE;

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. Remembered per quarter of an hour: asking Intl per row is slow. */
function offsetAt(zone: string, at: Instant): number {
  if (zone === 'UTC') return 0;
  let known = zones.get(zone);
  if (!known) {
    known = { format: new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }), offsets: new Map() };
    zones.set(zone, known);
  }
  const slot = Math.floor(at / STEP);
  let offset = known.offsets.get(slot);
  if (offset === undefined) {
    const part = Object.fromEntries(known.format.formatToParts(slot * STEP).map(({ type, value }) => [type, Number(value)]));
    offset = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']) - slot * STEP;
    if (known.offsets.size > 20_000) known.offsets.clear();
    known.offsets.set(slot, offset);
  }
  return offset;
}

/** The instant at which a zone's wall clock shows a local time (given as if it were UTC); in a gap, the moment after it. */
export function localToInstant(local: number, zone: string): Instant {
  const first = local - offsetAt(zone, local);
  return local - offsetAt(zone, first);
}

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const CHINESE = /^(\d{4})年(\d{1,2})月(\d{1,2})日?\s*(?:(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2})秒?)?)?$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i;
const EARLIEST = Date.UTC(1970, 0, 1);

export interface DateOptions {
  readonly zone: string;
  /** Dates after tomorrow by this clock are refused. */
  readonly now: Instant;
  /** Whether 03/04/2026 is the third of April. */
  readonly dayFirst: boolean;
}

function zoneOffset(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE : 0;
}

const read = new WeakMap<DateOptions, Map<string, Parsed<Instant>>>();
const MOST_READ = 4_096;

/** A date or a date and time, in the shop's zone unless the text names one. A day without a time counts from its first moment. */
export function parseInstant(text: string, options: DateOptions): Parsed<Instant> {
  let known = read.get(options);
  if (!known) { known = new Map(); read.set(options, known); }
  let found = known.get(text);
  if (!found) {
    found = readInstant(text, options);
    // Thousands of orders share a day; files with seconds do not, and must not fill the memory.
    if (known.size >= MOST_READ) known.clear();
    known.set(text, found);
  }
  return found;
}

function readInstant(text: string, options: DateOptions): Parsed<Instant> {
  let parts: readonly (string | undefined)[] | undefined;
  let match = ISO.exec(text) ?? COMPACT.exec(text) ?? CHINESE.exec(text);
  if (match) parts = match.slice(1);
  else if ((match = DAY_FIRST.exec(text))) parts = [match[3], match[2], match[1], match[4], match[5], match[6]];
  else if ((match = SLASHED.exec(text))) {
    const dayFirst = Number(match[1]) > 12 || (options.dayFirst && Number(match[2]) <= 12);
    const hour = match[7] === undefined ? match[4] : String((Number(match[4]) % 12) + (match[7].toUpperCase() === 'PM' ? 12 : 0));
    parts = [match[3], dayFirst ? match[2] : match[1], dayFirst ? match[1] : match[2], hour, match[5], match[6]];
  } else if (/^\d{13}$/.test(text)) return bounded(Number(text), text, options);
  else if (/^\d{10}$/.test(text)) return bounded(Number(text) * 1000, text, options);
  if (!parts) return wrong(`${shown(text)} is not a date that can be read`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 6).map((part) => Number(part ?? 0));
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(local);
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return wrong(`${shown(text)} is a date that does not exist`);
  const offset = zoneOffset(parts[6]);
  return bounded(offset === undefined ? localToInstant(local, options.zone) : local - offset, text, options);
}

function bounded(at: Instant, text: string, options: DateOptions): Parsed<Instant> {
  if (at < EARLIEST) return wrong(`${shown(text)} lies before 1970`);
  return at > options.now + DAY ? wrong(`${shown(text)} lies in the future`) : fine(at);
}

/** An amount as people and programs write it (`1,234.56`, `1.234,56`, `¥29`, `-3.50`, `(3.50)`) → minor units of the currency. */
export function parseMoney(text: string, currency: string): Parsed<number> {
  let plain = text.replace(/[\s\u00a0'’]|[A-Z]{3}|[$€£¥￥₹元]/g, '');
  const bracketed = /^\((.*)\)$/.exec(plain);
  if (bracketed) plain = `-${bracketed[1]!}`;
  const comma = plain.lastIndexOf(','), dot = plain.lastIndexOf('.');
  if (comma >= 0 && dot >= 0) plain = comma > dot ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
  else if (comma >= 0) plain = /,\d{3}(?:,\d{3})*$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  if (plain.startsWith('.') || plain.startsWith('-.')) plain = plain.replace('.', '0.');
  const units = decimalToMinor(plain.replace(/\.$/, '').replace(/^\+/, ''), currency);
  return units === undefined ? wrong(`${shown(text)} is not an amount`) : fine(units);
}

/** A whole number; `3.0` counts as one. */
export function parseCount(text: string): Parsed<number> {
  const match = /^([+-]?\d{1,9})(?:[.,]0+)?$/.exec(text.trim());
  return match ? fine(Number(match[1])) : wrong(`${shown(text)} is not a whole number`);
}
