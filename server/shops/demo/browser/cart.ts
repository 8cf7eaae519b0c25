import { bearer, call } from './api.js';
import { cartLines, LARGEST, setQuantity } from './cart-store.js';
import { byId, el, settle } from './dom.js';
import { link, text } from './page-texts.js';
import { linePrice, picture, showSums, type Quote, type QuotedLine } from './sums.js';
import { showBest } from './best.js';
import { showEarns } from './earns.js';
import { wish, wished } from './wishes.js';

let asked = 0;

function stepper(line: QuotedLine): HTMLElement {
  const change = (by: number) => (): void => { void update(line.sku, line.quantity + by); };
  return el('div', { class: 'stepper', role: 'group', 'aria-label': text('quantity') },
    el('button', { type: 'button', 'data-focus': `less ${line.sku}`, 'aria-label': `${text('less')}: ${line.title}`, click: change(-1) }, '−'),
    el('input', { type: 'number', inputmode: 'numeric', min: 0, max: LARGEST, value: line.quantity, 'data-focus': `number ${line.sku}`, 'aria-label': `${text('quantity')}: ${line.title}`, change: (event) => { void update(line.sku, Math.trunc(Number((event.target as HTMLInputElement).value) || 0)); } }),
    el('button', { type: 'button', 'data-focus': `more ${line.sku}`, 'aria-label': `${text('more')}: ${line.title}`, click: change(1) }, '+'));
}

const row = (line: QuotedLine): HTMLElement => el('div', { class: 'line' }, picture(line.imageUrl),
  el('div', { class: 'what' }, el('a', { href: link(`/demo/products/${line.sku}`) }, line.title), el('span', { class: 'detail' }, line.detail)),
  el('span', { class: 'sum price' }, ...linePrice(line)),
  el('div', { class: 'how' }, stepper(line), el('button', { type: 'button', class: 'link', 'aria-label': `${text('remove')}: ${line.title}`, click: () => { void update(line.sku, 0); } }, text('remove'))));

const nothing = (): HTMLElement => el('div', { class: 'empty' }, el('p', {}, text('cartEmpty')), el('p', { class: 'muted' }, text('cartEmptyHint')), el('a', { class: 'button', href: link('/demo') }, text('browse')));

async function update(sku: string, quantity: number): Promise<void> {
  setQuantity(sku, quantity);
  const focused = (document.activeElement as HTMLElement | null)?.dataset['focus'];
  await show();
  // The rows were drawn anew; whoever uses the keyboard stays where they were.
  if (focused) document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

async function show(): Promise<void> {
  const turn = ++asked;
  const lines = cartLines();
  const { codes, without, points } = wished();
  try {
    const quote = lines.length ? await call<Quote>('/demo/api/quote', { lines, ...(bearer() ? { codes, without, own: true, points } : {}) }) : undefined;
    if (turn !== asked) return;
    byId('lines').replaceChildren(...(quote ? quote.lines.map(row) : [nothing()]));
    byId('summary').hidden = !quote;
    if (quote) { showSums(byId('sums'), quote); showBest(byId('best'), quote); void showEarns(quote.lines); }
  } catch (error) {
    byId('lines').replaceChildren(el('p', { role: 'alert', class: 'danger' }, (error as Error).message));
  }
  settle('cart');
}

/** Whoever comes back from the checkout has left it; what it held is theirs again. */
async function leaveCheckout(): Promise<void> {
  const { checkout } = wished();
  if (checkout === undefined) return;
  wish({ checkout: undefined });
  await call(`/demo/api/checkouts/${encodeURIComponent(checkout)}/abandon`, {}).catch(() => undefined);
}

void leaveCheckout().then(show);
