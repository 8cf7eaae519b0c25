import { isSettingShown, type SettingFieldJson, type SettingFieldsJson, type SettingValues } from './setting-fields.js';
import { kitText } from './strings.js';

/** What is wrong with a value, in the page's language; undefined when nothing is. The server checks again. */
export function checkSetting(field: SettingFieldJson, value: unknown): string | undefined {
  switch (field.kind) {
    case 'text': return typeof value === 'string' && value.length <= (field.max ?? 500) ? undefined : kitText('tooLong', { max: field.max ?? 500 });
    case 'number':
      if (typeof value !== 'number' || !Number.isInteger(value)) return kitText('notNumber');
      return value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity) ? undefined : kitText('range', { min: field.min ?? 0, max: field.max ?? 0 });
    case 'money': return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000_000 ? undefined : kitText('notMoney');
    case 'color': return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? undefined : kitText('notColor');
    case 'choice': return field.options?.some((option) => option.value === value) ? undefined : kitText('required');
    case 'list': {
      const entries = Array.isArray(value) ? value.map(String) : [];
      if (entries.length > (field.max ?? 20)) return kitText('tooMany', { max: field.max ?? 20 });
      if (entries.some((entry) => !entry.trim())) return kitText('emptyEntry');
      return entries.some((entry) => entry.length > (field.maxLength ?? 200)) ? kitText('tooLong', { max: field.maxLength ?? 200 }) : undefined;
    }
    default: return undefined;
  }
}

/** Errors by field name; empty when everything is well. */
export const checkSettings = (fields: SettingFieldsJson, values: SettingValues): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => {
    const problem = isSettingShown(fields, values, name) ? checkSetting(field, values[name]) : undefined;
    return problem === undefined ? [] : [[name, problem]];
  }));
