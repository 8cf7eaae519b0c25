import { bearer, call, Refusal, setBearer } from './api.js';
import { cartLines, keepCart } from './cart-store.js';
import { byId, el, settle } from './dom.js';
import { link, locale, money, text, time } from './page-texts.js';
import { linePrice, picture, showSums, type Quote } from './sums.js';
import { lostText, showBest } from './best.js';
import { showEarns } from './earns.js';
import { wish, wished } from './wishes.js';

interface Me { readonly customer: { readonly name: string | null; readonly email: string | null } }
interface Checkout { readonly id: string; readonly until: number; readonly quote: Quote }

const email = byId<HTMLInputElement>('email');
const pay = byId<HTMLButtonElement>('pay');
const points = byId<HTMLInputElement>('use-points');
let member = false;

const why = (code: Quote['codes'][number]): string => text(`why_${code.reason ?? 'unknown'}`, { amount: money(code.minimum ?? 0) });

function drop(code: string): void {
  wish({ codes: wished().codes.filter((each) => each !== code), without: [...wished().without.filter((each) => each !== code), code] });
  byId('code-said').textContent = '';
  void price();
  byId('code').focus();
}

function draw(quote: Quote): void {
  byId('mini').replaceChildren(...quote.lines.map((line) => el('li', {}, picture(line.imageUrl), el('span', {}, line.title), el('span', { class: 'muted' }, `× ${line.quantity}`), el('span', { class: 'price' }, ...linePrice(line)))));
  showSums(byId('sums'), quote);
  showBest(byId('best'), quote);
  void showEarns(quote.lines);
  byId('codes').replaceChildren(...quote.codes.filter((code) => code.ok).map((code) => el('li', code.amount > 0 ? {} : { class: 'done' }, el('span', { class: 'coupon' }, el('strong', {}, code.label ?? ''), el('code', {}, code.code)), el('span', {}, code.amount > 0 ? `−${money(code.amount)}` : text('notUsed')),
    el('button', { type: 'button', class: 'link', 'aria-label': text('removeCode', { code: code.code }), click: () => { drop(code.code); } }, '✕'))));
  byId('points-row').hidden = !quote.points || quote.points.available === 0;
  if (quote.points) byId('points-hint').textContent = text('pointsHint', { n: new Intl.NumberFormat(locale).format(quote.points.available), amount: money(quote.points.value) });
  pay.textContent = text('pay', { amount: money(quote.total) });
}

let asked: Promise<unknown> = Promise.resolve();
let waiting = 0;
/** One question after the other, because each changes the same checkout; nobody pays while the price is being asked for. */
function price(): Promise<Quote> {
  waiting++;
  pay.disabled = true;
  const quote = asked.then(ask);
  asked = quote.catch(() => undefined).then(() => { pay.disabled = --waiting > 0; });
  return quote;
}

/** A member's checkout holds what it uses; a stranger's price is only shown. */
async function ask(): Promise<Quote> {
  const { codes, without, points: use, checkout } = wished();
  const cart = { lines: cartLines(), codes, without, own: true, points: use };
  let quote: Quote;
  if (member) {
    const open = await call<Checkout>('/demo/api/checkouts', { ...cart, ...(checkout === undefined ? {} : { checkout }) }).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 404 && checkout !== undefined) { wish({ checkout: undefined }); return call<Checkout>('/demo/api/checkouts', cart); }
      throw error;
    });
    wish({ checkout: open.id });
    byId('held').textContent = text('heldUntil', { time: time(open.until) });
    quote = open.quote;
  } else quote = await call<Quote>('/demo/api/quote', { lines: cart.lines, codes });
  draw(quote);
  return quote;
}

async function apply(): Promise<void> {
  const field = byId<HTMLInputElement>('code');
  const code = field.value.trim().toUpperCase();
  if (!code) { field.focus(); return; }
  const forget = (): void => { wish({ codes: wished().codes.filter((each) => each !== code) }); };
  wish({ codes: [...wished().codes.filter((each) => each !== code), code], without: wished().without.filter((each) => each !== code) });
  try {
    const quote = await price();
    const found = quote.codes.find((each) => each.code === code);
    if (found && !found.ok) forget();
    const lost = quote.why.find((each) => each.id === code && !each.used);
    byId('code-said').textContent = lost ? lostText(quote, lost) : found?.ok ? text('codeOn', { code, amount: money(found.amount) }) : found ? why(found) : '';
    byId('code-said').classList.toggle('danger', !found?.ok);
    if (found?.ok) field.value = '';
  } catch (error) { forget(); byId('code-said').textContent = (error as Error).message; }
}

/** After half an hour, or when another window took over: what became of the coupons, and the best price now. */
async function over({ details }: Refusal): Promise<void> {
  wish({ checkout: undefined });
  const { because, was, now, lost } = details as { because?: string; was?: number; now?: number; lost?: readonly { code: string; reason?: string }[] };
  if (!cartLines().length) { location.replace(link('/demo/cart')); return; }
  await price();
  byId('said').textContent = [
    text(because === 'elsewhere' ? 'checkoutElsewhere' : 'checkoutOver'), ...(lost ?? []).map(({ code, reason }) => `${code}: ${text(`why_${reason ?? 'unknown'}`)}`),
    ...(typeof was === 'number' && typeof now === 'number' ? [text(now > was ? 'priceMore' : 'priceSame', { amount: money(now), more: money(now - was) })] : []),
  ].join(text('gap'));
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
    const { checkout } = wished();
    const card = byId<HTMLSelectElement>('card').value, delivery = { address: byId<HTMLTextAreaElement>('address').value.trim(), ...(card ? { card } : {}) };
    const done = member && checkout !== undefined ? await call<{ order: { id: string }; bearer?: string }>(`/demo/api/checkouts/${encodeURIComponent(checkout)}/pay`, delivery)
      : await call<{ order: { id: string }; bearer?: string }>('/demo/api/checkout', { lines: cartLines(), codes: wished().codes, email: email.value.trim(), ...(name ? { name } : {}), ...delivery });
    if (done.bearer) setBearer(done.bearer);
    keepCart([]);
    wish({ codes: [], without: [], points: false, checkout: undefined });
    location.assign(link(`/demo/orders/${encodeURIComponent(done.order.id)}`));
  } catch (error) {
    const reason = error instanceof Refusal && error.code === 'GX_CODE_REFUSED' ? error.details['reason'] : undefined;
    if (error instanceof Refusal && error.code === 'GX_CHECKOUT_OVER') await over(error);
    else byId('said').textContent = typeof reason === 'string' ? text(`why_${reason}`) : (error as Error).message;
    pay.disabled = false;
  }
}

const repriced = (): void => { price().catch((error: unknown) => { byId('said').textContent = (error as Error).message; }); };

async function start(): Promise<void> {
  if (!cartLines().length) { location.replace(link('/demo/cart')); return; }
  const me = bearer() ? await call<Me>('/demo/api/account').catch(() => undefined) : undefined;
  member = me !== undefined;
  byId('stranger').hidden = member;
  byId('who').hidden = !member;
  points.checked = wished().points;
  if (me) byId('who').textContent = text('signedInAs', { name: me.customer.name ?? me.customer.email ?? text('friend') });
  try { await price(); } catch (error) { byId('said').textContent = (error as Error).message; }
  settle('checkout');
}

byId('apply').addEventListener('click', () => { void apply(); });
byId('code').addEventListener('keydown', (event) => { if ((event as KeyboardEvent).key === 'Enter') { event.preventDefault(); void apply(); } });
points.addEventListener('change', () => { wish({ points: points.checked }); repriced(); });
email.addEventListener('input', () => { email.removeAttribute('aria-invalid'); byId('email-said').textContent = ''; });
byId('checkout').addEventListener('submit', (event) => { event.preventDefault(); void submit(); });
// Another window emptied or changed the cart, or the back button brought this page back as it was left.
addEventListener('storage', ({ key }) => { if (key === 'gx-demo-cart') void start(); });
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
void start();
