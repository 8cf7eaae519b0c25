import type { Tone } from '../kit/badge.element.js';
import type { MarketItem } from './market/market-types.js';
import { t, tWord } from './texts.js';

/** The state of a module as a badge; undefined for one that is simply not installed. */
export function moduleState(item: Pick<MarketItem, 'state' | 'hostState' | 'hold'>): { readonly tone: Tone; readonly text: string } | undefined {
  if (item.hostState === 'absent' && (item.state === 'uninstalled' || item.state === 'purging')) return { tone: 'neutral', text: tWord('state', item.state) };
  if (['failed', 'blocked', 'rejected', 'absent'].includes(item.hostState)) return { tone: 'danger', text: tWord('hostState', item.hostState) };
  if (item.hostState === 'degraded') return { tone: 'warning', text: t('hostState.degraded') };
  switch (item.state) {
    case 'enabled': return item.hold ? { tone: 'warning', text: t('state.waiting') } : { tone: 'success', text: t('state.enabled') };
    case 'disabled': case 'uninstalled': return { tone: 'neutral', text: tWord('state', item.state) };
    case 'available': case 'purged': return undefined;
    case 'failed': case 'suspended': return { tone: 'danger', text: tWord('state', item.state) };
    case 'needs-consent': return { tone: 'warning', text: tWord('state', item.state) };
    default: return { tone: 'info', text: tWord('state', item.state) };
  }
}
