import { bearer, call, Refusal } from './api.js';
import { byId, el } from './dom.js';
import { locale, money, text } from './page-texts.js';

interface Line { readonly id: string; readonly sku: string; readonly quantity: number; readonly refundable: number }
interface Mine { readonly id: string; readonly shipping: number; readonly lines: readonly Line[]; readonly refunds: readonly unknown[] }
interface Returning { readonly amount: number; readonly points: number; readonly notices: readonly { readonly code: string; readonly minimum: number; readonly kept: number; readonly policy: string; readonly shift: number }[] }

const place = byId('return');
const order = place.dataset['order'] ?? '';
/** What was given back before this page was drawn, so that two clicks return nothing twice. */
let refunds = 0;
let shipping = 0;
let asked = 0;
const count = (n: number): string => new Intl.NumberFormat(locale).format(n);
const chosen = (): { lineId: string; quantity: number }[] => [...place.querySelectorAll<HTMLSelectElement>('select')].map((field) => ({ lineId: field.name, quantity: Number(field.value) })).filter(({ quantity }) => quantity > 0);

/** What comes back, and what becomes of coupons, before anything is confirmed. */
async function preview(): Promise<void> {
  const turn = ++asked, lines = chosen(), said = byId('return-said');
  byId('return-confirm').hidden = true;
  if (!lines.length) { said.replaceChildren(); return; }
  try {
    const back = await call<Returning>(`/demo/api/orders/${encodeURIComponent(order)}/returning`, { lines });
    if (turn !== asked) return;
    said.replaceChildren(
      el('p', {}, el('strong', {}, text(back.points > 0 ? 'returnGivesPoints' : 'returnGives', { amount: money(back.amount), n: count(back.points) }))),
      ...back.notices.map((notice) => el('p', { class: 'muted' }, text(`returns_${notice.policy}`, { code: notice.code, minimum: money(notice.minimum), kept: money(notice.kept), amount: money(Math.abs(notice.shift)) }))),
    );
    if (shipping > 0 && [...place.querySelectorAll<HTMLSelectElement>('select')].every((field) => field.selectedIndex === field.length - 1)) said.append(el('p', { class: 'muted' }, text('returnShipping', { amount: money(shipping) })));
    byId('return-confirm').hidden = false;
  } catch (error) { said.replaceChildren(el('p', { class: 'danger' }, (error as Error).message)); }
}

async function confirm(): Promise<void> {
  const button = byId<HTMLButtonElement>('return-confirm');
  button.disabled = true;
  try { await call(`/demo/api/orders/${encodeURIComponent(order)}/return`, { lines: chosen(), after: refunds }); location.reload(); }
  catch (error) {
    byId('return-said').replaceChildren(el('p', { class: 'danger' }, (error as Error).message));
    button.disabled = false;
    // Another window returned something: what is left is drawn anew.
    if (error instanceof Refusal && error.code === 'GX_ORDER_CHANGED') setTimeout(() => { location.reload(); }, 2500);
  }
}

/** Only who bought sees that something can go back; the page itself is the same for everybody. */
async function start(): Promise<void> {
  if (!bearer() || place.dataset['over'] === 'true') return;
  const { orders } = await call<{ orders: readonly Mine[] }>('/demo/api/account');
  const mine = orders.find(({ id }) => id === order);
  if (!mine?.lines.some((line) => line.refundable > 0)) return;
  refunds = mine.refunds.length;
  shipping = mine.shipping;
  for (const line of mine.lines) {
    const field = place.querySelector<HTMLSelectElement>(`select[name="${CSS.escape(line.id)}"]`);
    field?.replaceChildren(...Array.from({ length: line.refundable + 1 }, (_, n) => el('option', { value: n }, count(n))));
    if (field) field.disabled = line.refundable === 0;
  }
  place.hidden = false;
}

place.addEventListener('change', () => { void preview(); });
byId('return-confirm').addEventListener('click', () => { void confirm(); });
start().catch(() => { /* Somebody else's order, or a session that is over: nothing to return here. */ });
