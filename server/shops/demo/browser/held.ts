import { call } from './api.js';
import { byId, el } from './dom.js';
import { day, locale, text } from './page-texts.js';

interface Held { readonly id: string; readonly kind: string; readonly amount: number; readonly state: 'held' | 'refused'; readonly until: number | null; readonly reason: string | null; readonly appealed: boolean }

const what = (held: Held): string => (held.kind === 'points' ? text('pointsOf', { n: new Intl.NumberFormat(locale).format(held.amount) }) : text('heldReward'));
const state = (held: Held): string => (held.state === 'refused' ? text('heldRefused', { reason: held.reason ?? '' }) : held.until === null ? text('heldReview') : text('checkedUntil', { date: day(held.until) }));

function appealForm(held: Held): HTMLElement {
  const field = el('textarea', { id: `appeal-${held.id}`, rows: '2', maxlength: '1000', required: '' }) as HTMLTextAreaElement;
  const said = el('p', { class: 'small', role: 'status' });
  const form = el('form', { class: 'stack' }, el('label', { for: field.id }, text('appealLabel')), field, el('button', { class: 'button quiet', type: 'submit' }, text('appealSend')), said);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    call(`/api/storefront/me/held/${encodeURIComponent(held.id)}/appeal`, { text: field.value }).then(() => { form.replaceChildren(el('p', { class: 'small', role: 'status' }, text('appealed'))); }, (error: unknown) => { said.textContent = (error as Error).message; });
  });
  return el('details', {}, el('summary', {}, text('appeal')), form);
}

const row = (held: Held): HTMLElement => el('li', {}, el('strong', {}, what(held)), el('span', {}, state(held)), held.appealed ? el('span', { class: 'small muted' }, text('appealed')) : appealForm(held));

/** Rewards that are being checked, or were taken back; the part is not there when there are none. */
export async function showHeld(): Promise<void> {
  const { items } = await call<{ items: readonly Held[] }>('/api/storefront/me/held');
  byId('held').replaceChildren(...items.map(row));
  byId('held-part').hidden = items.length === 0;
}
