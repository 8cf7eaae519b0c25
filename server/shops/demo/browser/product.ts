import { call } from './api.js';
import { addToCart, LARGEST } from './cart-store.js';
import { byId, el } from './dom.js';
import { showEarns } from './earns.js';
import { link, moment, money, text } from './page-texts.js';

const form = byId<HTMLFormElement>('buy');
const quantity = form.elements.namedItem('quantity') as HTMLInputElement;
const pieces = (): number => Math.max(1, Math.min(LARGEST, Math.trunc(Number(quantity.value) || 1)));
/** What one costs whoever looks, if it is not the list price. */
let yours: number | undefined;
const earns = (): void => { void showEarns([{ sku: form.dataset['sku'] ?? '', quantity: pieces(), paid: yours === undefined ? undefined : yours * pieces() }]); };


for (const button of form.querySelectorAll<HTMLButtonElement>('[data-step]')) {
  button.addEventListener('click', () => { quantity.value = String(Math.max(1, Math.min(LARGEST, (Number(quantity.value) || 1) + Number(button.dataset['step'])))); earns(); });
}
quantity.addEventListener('change', earns);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  addToCart(form.dataset['sku'] ?? '', Math.max(1, Math.trunc(Number(quantity.value) || 1)));
  byId('added').replaceChildren(`${text('added')} `, el('a', { href: link('/demo/cart') }, text('viewCart')));
});

interface Opening { readonly open: boolean; readonly at: number; readonly forAll: number; readonly because: string | null; readonly first: { readonly at: number; readonly who: string } | null }
/** From when it can be bought: by this shopper, by everybody, and by those who come first. */
const openingText = ({ open, at, forAll, because, first }: Opening): HTMLElement[] => [
  el('strong', {}, open ? text('openForYou', { who: because ?? '' }) : because ? text('opensForYou', { who: because, date: moment(at) }) : text('opensAt', { date: moment(forAll) })),
  ...(open || because ? [el('span', {}, text('opensForAll', { date: moment(forAll) }))] : []), ...(!open && first ? [el('span', {}, text('opensFirst', { who: first.who, date: moment(first.at) }))] : []),
];

/** List price, the member's own and what it saves, so that the privilege is seen; and from when it can be bought. */
async function showMemberPrice(): Promise<void> {
  const { price, opening } = await call<{ price: { list: number; yours: number; label: string } | null; opening: Opening | null }>(`/demo/api/price/${encodeURIComponent(form.dataset['sku'] ?? '')}`);
  if (opening) byId('opening').replaceChildren(...openingText(opening));
  if (!price || price.yours >= price.list) return;
  yours = price.yours;
  byId('yours').replaceChildren(el('s', {}, money(price.list)), ' ', el('strong', {}, `${price.label} ${money(price.yours)}`), ' ', el('span', { class: 'saved' }, text('youSave', { amount: money(price.list - price.yours) })));
}
showMemberPrice().catch(() => { /* The list price stands above; nothing else is lost. */ }).finally(earns);
