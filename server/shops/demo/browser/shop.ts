import { cartLines } from './cart-store.js';
import './device.js';
import { byId } from './dom.js';

/** The number on the cart; the link's name says it too. */
function showCount(): void {
  const count = cartLines().reduce((sum, line) => sum + line.quantity, 0);
  const link = byId('cart-link');
  byId('cart-count').textContent = count ? String(count) : '';
  link.setAttribute('aria-label', count ? `${link.dataset['label'] ?? ''}: ${count}` : link.dataset['label'] ?? '');
}

addEventListener('demo:cart', showCount);
addEventListener('storage', showCount);
showCount();
