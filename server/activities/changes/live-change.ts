import { GxError, refused, type ActivityChange, type ActivityType, type Instant, type Localised } from '../../plugin-api/index.js';
import { canonical } from '../sheets/canonical.js';

export interface Rules { readonly config: unknown; readonly endsAt: Instant | null }

const END = { en: 'End', 'zh-CN': '结束时间' };

function when(at: Instant | null, zone: string): Localised {
  if (at === null) return { en: 'open', 'zh-CN': '长期' };
  const shown = (locale: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at);
  return { en: shown('en'), 'zh-CN': shown('zh-CN') };
}

/** How rules differ for shoppers. A difference that the type does not name is `unclear`, so nothing slips through. Pure. */
export function changesBetween(type: ActivityType | undefined, before: Rules, after: Rules, zone: string): readonly ActivityChange[] {
  const changes: ActivityChange[] = [];
  if (before.endsAt !== after.endsAt) {
    const later = after.endsAt === null || (before.endsAt !== null && after.endsAt > before.endsAt);
    changes.push({ field: 'endsAt', label: END, before: when(before.endsAt, zone), after: when(after.endsAt, zone), direction: later ? 'better' : 'worse' });
  }
  if (canonical(before.config) !== canonical(after.config)) {
    const named = type?.favours?.(before.config, after.config) ?? [];
    const rules = { en: 'Rules', 'zh-CN': '规则' };
    changes.push(...(named.length > 0 ? named : [{ field: 'config', label: rules, before: { en: 'as published', 'zh-CN': '已公示' }, after: { en: 'something else', 'zh-CN': '其他内容' }, direction: 'unclear' as const }]));
  }
  return changes;
}

/** Errors: 422 `GX_ACTIVITY_UNFAVOURABLE` naming each field with what it was, what it would be, and what to do; 422 `GX_ACTIVITY_UNCHANGED`. */
export function demandFavourable(changes: readonly ActivityChange[], shop: string): void {
  if (changes.length === 0) throw refused('GX_ACTIVITY_UNCHANGED', 'Nothing would change. Change a number or the end first.');
  const refusedChanges = changes.filter(({ direction }) => direction !== 'better');
  if (refusedChanges.length === 0) return;
  const said = refusedChanges.map(({ label, before, after, direction }) => `${label.en}: ${before.en} → ${after.en} (${direction === 'worse' ? 'worse for shoppers' : 'cannot be compared'})`).join('; ');
  throw new GxError('GX_ACTIVITY_UNFAVOURABLE', 422, `Published rules change only in the shopper's favour. ${said.slice(0, 800)}. Leave that as it was, or end this activity and publish a copy with other rules.`, { shop, details: { changes: refusedChanges } });
}
