import { addToCart, LARGEST } from './cart-store.js';
import { byId, el } from './dom.js';
import { link, text } from './page-texts.js';

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
