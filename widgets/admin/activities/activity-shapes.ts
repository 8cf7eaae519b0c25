import type { LocalisedText } from '../../kit/setting-fields.js';
import type { ActivityRow } from '../api-types.js';

export interface Change { readonly field: string; readonly label: LocalisedText; readonly before: LocalisedText; readonly after: LocalisedText; readonly direction: 'better' | 'worse' | 'unclear' }
export interface Sheet {
  readonly version: number; readonly at: number; readonly hash: string; readonly changes: readonly Change[];
  readonly sheet: {
    readonly rules: readonly { readonly label: LocalisedText; readonly text: LocalisedText }[]; readonly prizes: readonly { readonly title: LocalisedText; readonly quantity: number; readonly of: number }[];
    readonly cost: LocalisedText; readonly limits: LocalisedText; readonly delivery: LocalisedText; readonly data: LocalisedText;
    readonly organiser: { readonly legalName: string; readonly contact: string; readonly complaints: string };
  };
}
export interface Field { readonly field: string; readonly label: LocalisedText; readonly value: number }
export interface ActivityAnswer extends ActivityRow {
  readonly config: Readonly<Record<string, unknown>>; readonly notice?: LocalisedText;
  readonly versions: readonly { readonly version: number; readonly at: number; readonly actor: string; readonly change: string }[];
  readonly sheets: readonly Sheet[]; readonly adjustable: readonly Field[];
  readonly settlement: { readonly at: number; readonly figures: readonly { readonly name: string; readonly label: LocalisedText; readonly value: number; readonly text?: LocalisedText }[]; readonly returned: readonly { readonly unit: string; readonly amount: number; readonly spent: number }[] } | null;
}

/** A copy of the rules with other numbers at the paths of some fields. */
export function withValues(config: Readonly<Record<string, unknown>>, values: ReadonlyMap<string, number>): Record<string, unknown> {
  const copy = structuredClone(config) as Record<string, unknown>;
  for (const [path, value] of values) {
    const names = path.split('.');
    let at = copy;
    for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
    at[names.at(-1)!] = value;
  }
  return copy;
}
