import { html, nothing, type TemplateResult } from 'lit';
import { formatDateTime } from '../../kit/format.js';
import type { AdminSession } from '../admin-session.js';
import { actorText } from '../ledger-columns.js';
import { t } from '../texts.js';
import type { MarketDetail } from './market-types.js';
import { capabilityWord, listed } from './module-words.js';

/** Who agreed to what, when and to which version, as it was written down then; nothing where nobody was asked. */
export function consentCard(session: AdminSession, { consent }: MarketDetail): TemplateResult | typeof nothing {
  if (!consent) return nothing;
  const words = (names: readonly string[], none: string): string => (names.length ? listed(names.map(capabilityWord)) : none);
  const { granted, declined } = consent;
  return html`<gx-card heading=${t('consent.title')}><dl class="definition">
    <dt>${t('consent.by')}</dt><dd>${consent.actor.startsWith('job:') ? t('consent.byHost') : actorText(session, consent.actor)}</dd>
    <dt>${t('consent.at')}</dt><dd>${formatDateTime(consent.at)}</dd>
    <dt>${t('consent.version')}</dt><dd class="num">${consent.version}</dd>
    <dt>${t('consent.granted')}</dt><dd>${words(granted, t(declined.length ? 'consent.nothing' : 'consent.nothingAsked'))}</dd>
    ${granted.length || declined.length ? html`<dt>${t('consent.declined')}</dt><dd>${words(declined, t('consent.nothing'))}</dd>` : nothing}</dl></gx-card>`;
}
