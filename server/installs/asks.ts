import { createHash } from 'node:crypto';
import { nextTime } from '../jobs/cron-times.js';
import { DAY, type Localised, type Manifest } from '../plugin-api/index.js';

/** What a plugin asks of a shop and what it will do there: everything a merchant agrees to, read from the manifest alone. Stored with the consent. */
export interface Asks {
  readonly id: string;
  readonly version: string;
  readonly capabilities: readonly { readonly name: string; readonly optional: boolean; readonly en: string; readonly zh: string }[];
  /** Outside addresses it may call. */
  readonly hosts: readonly string[];
  readonly personalData: readonly { readonly entity: string; readonly subject: string; readonly fields: readonly string[]; readonly onErase: string; /** Absent from what was shown by older versions. */ readonly titles?: Readonly<Record<string, Localised>> }[];
  readonly jobs: readonly { readonly name: string; readonly schedule: string }[];
  readonly widgets: readonly { readonly surface: string; readonly name: string; readonly slot: string }[];
  readonly events: { readonly emits: readonly string[]; readonly handles: readonly string[] };
  readonly limits: Readonly<Record<string, number>>;
  readonly requires: Readonly<Record<string, string>>;
  readonly pricing: string | null;
}

export const hostOf = (capability: string): string | undefined => (capability.startsWith('net:') ? capability.slice(4) : undefined);

export function asksOf(manifest: Manifest): Asks {
  return {
    id: manifest.id, version: manifest.version,
    capabilities: manifest.capabilities.map(({ name, optional, reason }) => ({ name, optional: optional ?? false, en: reason.en, zh: reason['zh-CN'] })),
    hosts: manifest.capabilities.flatMap(({ name }) => hostOf(name) ?? []),
    personalData: (manifest.personalData ?? []).map(({ entity, subject, fields, onErase, titles }) => ({ entity, subject, fields: [...fields], onErase, titles: { ...titles } })),
    jobs: manifest.jobs.map(({ name, schedule }) => ({ name, schedule })),
    widgets: manifest.widgets.map(({ surface, name, slot }) => ({ surface, name, slot })),
    events: { emits: [...manifest.events.emits], handles: [...manifest.events.handles] },
    limits: { ...manifest.limits } as Record<string, number>, requires: { ...manifest.requires?.plugins }, pricing: manifest.listing.pricing?.en ?? null,
  };
}

/** Names what was shown; another text, field or version makes another hash. 32 hexadecimal digits. */
export const hashOf = (asks: Asks): string => createHash('sha256').update(JSON.stringify(asks)).digest('hex').slice(0, 32);

/** Everything a consent has to cover, as words that can be compared: required capabilities, hosts, personal fields. */
const covered = (asks: Pick<Asks, 'capabilities' | 'personalData'>): readonly string[] => [
  ...asks.capabilities.filter(({ optional }) => !optional).map(({ name }) => name),
  ...asks.personalData.flatMap(({ entity, fields }) => fields.map((field) => `${entity}.${field}`)),
];

/**
 * What the code asks for beyond what the shop consented to; empty when nothing is. Optional capabilities never count: they stay declined.
 * `granted` covers capabilities, `before` the personal data; without a stored consent every personal field is new.
 */
export function beyond(now: Asks, granted: readonly string[], before: Asks | undefined): readonly string[] {
  const agreed = new Set([...granted, ...before ? covered(before) : []]);
  return covered(now).filter((each) => !agreed.has(each));
}

const counted = new Map<string, number>();
const runs = (schedule: string, days: number): number => {
  const from = Date.UTC(2026, 0, 5);
  let count = 0;
  for (let at = nextTime(schedule, 'UTC', from - 1); at < from + days * DAY; at = nextTime(schedule, 'UTC', at)) count++;
  return count;
};
/** Runs per day by a five-field cron, rounded to hundredths: counted over one day when there are many, over four weeks when there are few. */
export function perDay(schedule: string): number {
  let known = counted.get(schedule);
  if (known === undefined) {
    const today = runs(schedule, 1);
    counted.set(schedule, known = today > 24 ? today : Math.round(runs(schedule, 28) / 28 * 100) / 100);
  }
  return known;
}
