import { bearer, call } from './api.js';
import { addToCart, LARGEST } from './cart-store.js';
import { byId, el } from './dom.js';
import { link, money, text } from './page-texts.js';

const form = byId<HTMLFormElement>('buy');
const quantity = form.elements.namedItem('quantity') as HTMLInputElement;

for (const button of form.querySelectorAll<HTMLButtonElement>('[data-step]')) {
  button.addEventListener('click', () => { quantity.value = String(Math.max(1, Math.min(LARGEST, (Number(quantity.value) || 1) + Number(button.dataset['step'])))); });
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  addToCart(form.dataset['sku'] ?? '', Math.max(1, Math.trunc(Number(quantity.value) || 1)));
  byId('added').replaceChildren(`${text('added')} `, el('a', { href: link('/demo/cart') }, text('viewCart')));
});

/** List price, the member's own and what it saves, so that the privilege is seen. */
async function showMemberPrice(): Promise<void> {
  if (!bearer()) return;
  const { price } = await call<{ price: { list: number; yours: number; label: string } | null }>(`/demo/api/price/${encodeURIComponent(form.dataset['sku'] ?? '')}`);
  if (price && price.yours < price.list) byId('yours').replaceChildren(el('s', {}, money(price.list)), ' ', el('strong', {}, `${price.label} ${money(price.yours)}`), ' ', el('span', { class: 'saved' }, text('youSave', { amount: money(price.list - price.yours) })));
}
showMemberPrice().catch(() => { /* The list price stands above; nothing else is lost. */ });
