import { call } from './api.js';
import { byId, el } from './dom.js';
import { day, text } from './page-texts.js';
import { count, goods, noteText, reason, type Goods } from './points.js';

interface Line { readonly at: number; readonly kind: string; readonly available: number; readonly pending: number; readonly debt?: number; readonly source: string; readonly note: string | null; readonly goods?: readonly Goods[] }
interface Page { readonly items: readonly Line[]; readonly next?: string }

/** Kinds that say more than their source does. */
const BY_KIND: ReadonlySet<string> = new Set(['mature', 'expire', 'hold', 'release', 'reversal', 'spend-refund', 'debt', 'write-off', 'split']);
const signed = (n: number): string => `${n > 0 ? '+' : '−'}${count(Math.abs(n))}`;

function what({ kind, source, note, goods: back, available, pending, debt = 0 }: Line): string {
  if (back?.length) return back.map((each) => goods(count(Math.abs(available + pending - debt)), each)).join(' ');
  const why = reason(source, kind), moved = text(`why_${kind}`);
  return note ? noteText(note) : (BY_KIND.has(kind) && moved !== why ? text('reasonOf', { kind: moved, what: why }) : why);
}

function row(line: Line): HTMLElement {
  const { available, pending, debt = 0 } = line;
  const numbers = [...(available ? [signed(available)] : []), ...(pending ? [text('ledgerPending', { n: signed(pending) })] : []), ...(debt ? [text('ledgerDebt', { n: signed(debt) })] : [])];
  return el('li', {}, el('span', {}, what(line)), el('span', { class: 'small muted' }, `${day(line.at)} · ${numbers.join(' · ') || '0'}`));
}

/** Every movement of one's points, the newest first, ten more each time. */
export async function showStatement(): Promise<void> {
  const list = byId('statement'), more = byId<HTMLButtonElement>('earlier');
  const add = async (cursor?: string): Promise<void> => {
    const { items, next } = await call<Page>(`/api/storefront/me/points?limit=10${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    const rows = items.map(row);
    if (cursor === undefined) list.replaceChildren(...(rows.length ? rows : [el('li', { class: 'plain' }, text('statementNone'))]));
    else list.append(...rows);
    more.hidden = next === undefined;
    more.onclick = () => { void add(next); };
  };
  await add();
}
