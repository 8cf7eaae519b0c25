import { bearer, call, Refusal, signIn } from './api.js';
import { cartLines, keepCart } from './cart-store.js';
import { byId, el, settle } from './dom.js';
import { link, money, text } from './page-texts.js';
import { picture, showSums, type Quote } from './sums.js';

interface Me { readonly customer: { readonly name: string | null; readonly email: string | null } }

const codes = new Set<string>();
const email = byId<HTMLInputElement>('email');
const pay = byId<HTMLButtonElement>('pay');
let member = false;

const why = (code: Quote['codes'][number]): string => text(`why_${code.reason ?? 'unknown'}`, { amount: money(code.minimum ?? 0) });

function draw(quote: Quote): void {
  byId('mini').replaceChildren(...quote.lines.map((line) => el('li', {}, picture(line.imageUrl), el('span', {}, line.title), el('span', { class: 'muted' }, `× ${line.quantity}`), el('span', { class: 'price' }, money(line.unitPrice * line.quantity)))));
  showSums(byId('sums'), quote);
  byId('codes').replaceChildren(...quote.codes.filter((code) => code.ok).map((code) => el('li', {}, el('code', {}, code.code), el('span', {}, `−${money(code.amount)}`),
    el('button', { type: 'button', class: 'link', 'aria-label': text('removeCode', { code: code.code }), click: () => { codes.delete(code.code); byId('code-said').textContent = ''; void price(); byId('code').focus(); } }, '✕'))));
  pay.textContent = text('pay', { amount: money(quote.total) });
}

async function price(): Promise<Quote> {
  const quote = await call<Quote>('/demo/api/quote', { lines: cartLines(), codes: [...codes] });
  draw(quote);
  return quote;
}

async function apply(): Promise<void> {
  const field = byId<HTMLInputElement>('code');
  const code = field.value.trim().toUpperCase();
  if (!code) { field.focus(); return; }
  codes.add(code);
  try {
    const found = (await price()).codes.find((each) => each.code === code);
    if (found && !found.ok) codes.delete(code);
    byId('code-said').textContent = found?.ok ? text('codeOn', { code, amount: money(found.amount) }) : found ? why(found) : '';
    byId('code-said').classList.toggle('danger', !found?.ok);
    if (found?.ok) field.value = '';
  } catch (error) { codes.delete(code); byId('code-said').textContent = (error as Error).message; }
}

async function submit(): Promise<void> {
  if (!member && !email.checkValidity()) {
    email.setAttribute('aria-invalid', 'true');
    byId('email-said').textContent = text('emailNeeded');
    email.focus();
    return;
  }
  pay.disabled = true;
  byId('said').textContent = '';
  try {
    const name = byId<HTMLInputElement>('name').value.trim();
    const done = await call<{ order: { id: string }; bearer?: string }>('/demo/api/checkout', { lines: cartLines(), codes: [...codes], ...(member ? {} : { email: email.value.trim(), ...(name ? { name } : {}) }) });
    if (done.bearer) await signIn(done.bearer);
    keepCart([]);
    location.assign(link(`/demo/orders/${encodeURIComponent(done.order.id)}`));
  } catch (error) {
    const reason = error instanceof Refusal && error.code === 'GX_CODE_REFUSED' ? error.details['reason'] : undefined;
    byId('said').textContent = typeof reason === 'string' ? text(`why_${reason}`) : (error as Error).message;
    pay.disabled = false;
  }
}

async function start(): Promise<void> {
  if (!cartLines().length) { location.replace(link('/demo/cart')); return; }
  const me = bearer() ? await call<Me>('/demo/api/account').catch(() => undefined) : undefined;
  member = me !== undefined;
  byId('stranger').hidden = member;
  byId('who').hidden = !member;
  if (me) byId('who').textContent = text('signedInAs', { name: me.customer.name ?? me.customer.email ?? text('friend') });
  try { await price(); } catch (error) { byId('said').textContent = (error as Error).message; }
  settle('checkout');
}

byId('apply').addEventListener('click', () => { void apply(); });
byId('code').addEventListener('keydown', (event) => { if ((event as KeyboardEvent).key === 'Enter') { event.preventDefault(); void apply(); } });
email.addEventListener('input', () => { email.removeAttribute('aria-invalid'); byId('email-said').textContent = ''; });
byId('checkout').addEventListener('submit', (event) => { event.preventDefault(); void submit(); });
void start();
