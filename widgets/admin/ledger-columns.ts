import { html } from 'lit';
import { formatDateTime, formatNumber, formatSigned } from '../kit/format.js';
import type { Column } from '../kit/table-columns.js';
import type { AdminSession } from './admin-session.js';
import type { LedgerRow } from './api-types.js';
import { t, tWord } from './texts.js';

/** Why points moved, in words: what happened and who or what caused it. */
export function reasonText(session: AdminSession, row: Pick<LedgerRow, 'kind' | 'source'>): string {
  const [owner = '', word = ''] = row.source.split(/\.(.*)/s);
  const known = tWord('source', row.source, '');
  if (known) return known;
  if (owner === 'core') return tWord('kind', row.kind);
  return t('ledger.by', { plugin: session.pluginTitle(owner), what: tWord('sourceWord', word, word.replace(/-/g, ' ')) });
}
/** What was written to it: words of the platform in the reader's language, words of people as they are. */
export const noteText = (note: string): string => tWord('note', note, note);
/** Who moved them: `staff:Lin` → Lin; jobs and plugins in words. */
export function actorText(session: AdminSession, actor: string): string {
  const [kind = '', name = ''] = actor.split(/:(.*)/s);
  switch (kind) {
    case 'staff': return name;
    case 'plugin': return session.pluginTitle(name);
    case 'shopper': case 'guest': case 'visitor': return t(kind === 'shopper' ? 'actor.shopper' : 'actor.guest');
    case 'platform': return t('actor.platform');
    case 'job': return t('actor.job');
    default: return actor;
  }
}
const signed = (value: number): unknown => (value === 0 ? html`<span class="muted">–</span>` : html`<span class=${value > 0 ? 'positive' : 'negative'}>${formatSigned(value)}</span>`);

/** Whether the reason says already what happened. */
const sameWord = (session: AdminSession, row: LedgerRow): boolean => row.kind === 'adjust' || reasonText(session, row) === tWord('kind', row.kind);

/** Columns of a points statement; `person` adds whose it is. */
export function ledgerColumns(session: AdminSession, person?: (row: LedgerRow) => unknown): Column<LedgerRow>[] {
  return [
    { key: 'why', label: t('ledger.why'), primary: true, cell: (row) => html`<span class="stacked"><span>${reasonText(session, row)}${sameWord(session, row) ? '' : html` <span class="muted">· ${tWord('kind', row.kind)}</span>`}</span>${row.note ? html`<span class="muted small">${noteText(row.note)}</span>` : ''}${(row.goods ?? []).map((each) => html`<span class="muted small">${t('ledger.goods', { title: each.title, refunded: formatNumber(each.refunded), of: formatNumber(each.of) })}</span>`)}</span>` },
    ...(person ? [{ key: 'person', label: t('ledger.who'), cell: person }] : []),
    { key: 'available', label: t('ledger.available'), align: 'end', cell: (row) => (row.debt ? html`<span class="stacked">${row.available ? signed(row.available) : ''}<span class="muted small nowrap">${t('ledger.debt', { n: formatSigned(row.debt) })}</span></span>` : signed(row.available)) },
    { key: 'pending', label: t('ledger.pending'), align: 'end', cell: (row) => signed(row.pending) },
    { key: 'actor', label: t('ledger.actor'), wideOnly: true, cell: (row) => html`<span class="muted">${actorText(session, row.actor)}</span>` },
    { key: 'at', label: t('ledger.when'), align: 'end', cell: (row) => html`<span class="nowrap muted">${formatDateTime(row.at)}</span>` },
  ];
}
