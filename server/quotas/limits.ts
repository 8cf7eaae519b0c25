import type { Manifest } from '../plugin-api/index.js';

/** What is counted per plugin and shop; the names are those of the manifest's `limits`. */
export type QuotaName = keyof NonNullable<Manifest['limits']>;
export type QuotaLimits = Readonly<Record<QuotaName, number>>;
const NAMES: readonly QuotaName[] = ['requestsPerMinute', 'jobMinutesPerDay', 'rowsPerShop', 'storageMb', 'outboundPerMinute'];

export const byName = (limit: (name: QuotaName) => number): QuotaLimits => Object.fromEntries(NAMES.map((name) => [name, limit(name)])) as QuotaLimits;

/** What a host grants at most when its operator says nothing else: enough for a busy shop, too little to take the machine from the others. */
export const HOST_MAXIMUM: QuotaLimits = { requestsPerMinute: 60_000, jobMinutesPerDay: 240, rowsPerShop: 5_000_000, storageMb: 5_000, outboundPerMinute: 300 };

/** What a plugin may use: what it asks for, or the host's maximum if it asks for nothing, and never more than that. */
export function granted(asked: Manifest['limits'], most: QuotaLimits): QuotaLimits {
  return byName((name) => Math.min(asked?.[name] ?? most[name], most[name]));
}

/** How much of one quota is used. `resetsAt` and its clock: system time for what is counted per minute, the shop's for what is counted per day. */
export interface QuotaUse {
  readonly name: QuotaName;
  readonly used: number;
  /** What the manifest asks for; the host's maximum if it asks for nothing. */
  readonly limit: number;
  readonly granted: number;
  /** Null when only deleting rows helps, or when nothing is counted yet. */
  readonly resetsAt: number | null;
  readonly estimated: boolean;
}
