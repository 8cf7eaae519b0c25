import { bearer, call, setBearer, signIn } from './api.js';
import { byId, el, settle } from './dom.js';
import { showHeld } from './held.js';
import { day, link, locale, money, text } from './page-texts.js';
import { explainPoints } from './points.js';
import { showStatement } from './statement.js';
import { picture } from './sums.js';

interface Order { readonly id: string; readonly number: string; readonly placedAt: number; readonly deliveredAt: number | null; readonly total: number; readonly refundedTotal: number; readonly lines: readonly { readonly imageUrl: string }[] }
interface Account {
  readonly customer: { readonly name: string | null; readonly email: string | null };
  readonly orders: readonly Order[];
  readonly codes: readonly { readonly code: string; readonly label: string; readonly state: string; readonly expiresAt: number }[];
}
interface Points { readonly points: { readonly available: number; readonly pending: number; readonly expiring: readonly { readonly amount: number; readonly at: number }[] } }

const count = (n: number): string => new Intl.NumberFormat(locale).format(n);

async function copy(code: string, button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(code);
  button.textContent = text('copied');
}

function codeRow(found: Account['codes'][number]): HTMLElement {
  const coupon = el('span', { class: 'coupon' }, el('strong', {}, found.label), el('code', {}, found.code));
  if (found.state !== 'active') return el('li', { class: 'done' }, coupon, text(found.state === 'reserved' ? 'inCheckout' : 'used'));
  return el('li', {}, coupon, el('span', { class: 'small muted' }, text('validUntil', { date: day(found.expiresAt) })),
    el('button', { type: 'button', class: 'link', 'aria-label': `${text('copy')} ${found.code}`, click: (event) => { void copy(found.code, event.currentTarget as HTMLElement); } }, text('copy')));
}

const orderRow = (order: Order): HTMLElement => el('li', {}, el('a', { href: link(`/demo/orders/${encodeURIComponent(order.id)}`) }, el('strong', {}, order.number), el('span', { class: 'muted' }, day(order.placedAt)),
  el('span', { class: 'pictures' }, ...order.lines.slice(0, 4).map((line) => picture(line.imageUrl))),
  el('span', { class: 'price' }, money(order.total), ' ', el('span', { class: 'tag' }, order.refundedTotal ? text('refunded', { amount: money(order.refundedTotal) }) : text(order.deliveredAt === null ? 'underway' : 'delivered')))));

async function showPoints(): Promise<void> {
  const [{ points }, { name, worth }] = await Promise.all([call<Points>('/api/storefront/me'), call<{ readonly name: string; readonly worth: number }>('/api/storefront/points')]);
  byId('points-title').textContent = name;
  byId('worth').textContent = text('pointsWorth', { amount: money(Math.floor((points.available * worth) / 100)) });
  byId('available').textContent = count(points.available);
  byId('pending').textContent = count(points.pending);
  const next = points.expiring[0];
  byId('expiring').textContent = next ? text('expiring', { n: count(next.amount), date: day(next.at) }) : '';
}

async function showMember(account: Account): Promise<void> {
  byId('hello').textContent = text('hello', { name: account.customer.name ?? account.customer.email ?? text('friend') });
  byId('orders').replaceChildren(...(account.orders.length ? account.orders.slice(0, 8).map(orderRow) : [el('li', { class: 'plain' }, text('noOrders'))]));
  byId('codes').replaceChildren(...(account.codes.length ? account.codes.map(codeRow) : [el('li', { class: 'plain' }, text('noCodes'))]));
  byId('in').hidden = false;
  byId('out').hidden = true;
  await Promise.all([showPoints(), explainPoints(), showStatement(), showHeld()]).catch(() => { byId('expiring').textContent = text('failed'); });
}

async function enter(path: string, wish: Readonly<Record<string, string>>): Promise<void> {
  byId('said').textContent = '';
  try {
    await signIn((await call<{ bearer: string }>(path, wish)).bearer);
    const next = new URLSearchParams(location.search).get('next');
    if (next === '/demo/checkout') { location.assign(link(next)); return; }
    await show();
    byId('main').focus();
    scrollTo(0, 0);
  } catch (error) { byId('said').textContent = (error as Error).message; }
}

async function showStranger(): Promise<void> {
  const { items } = await call<{ items: readonly { customerId: string; name: string; orders: number }[] }>('/demo/api/members');
  byId('members').replaceChildren(...items.map((member) => el('li', {}, el('button', { type: 'button', click: () => { void enter('/demo/api/sign-in', { customerId: member.customerId }); } },
    el('span', { class: 'face', 'aria-hidden': 'true' }, [...member.name][0] ?? ''), el('strong', {}, member.name), el('span', { class: 'small' }, text('ordersOf', { n: member.orders }))))));
  byId('in').hidden = true;
  byId('out').hidden = false;
}

/** A guest's bearer is no account: guests see the way in. */
async function show(): Promise<void> {
  const account = bearer() ? await call<Account>('/demo/api/account').catch(() => undefined) : undefined;
  if (account) await showMember(account);
  else await showStranger().catch((error: unknown) => { byId('out').hidden = false; byId('said').textContent = (error as Error).message; });
  settle('account');
}

byId('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  const email = byId<HTMLInputElement>('email').value.trim(), name = byId<HTMLInputElement>('name').value.trim();
  void enter('/demo/api/shoppers', { email, ...(name ? { name } : {}) });
});
byId('leave').addEventListener('click', () => { setBearer(undefined); void show(); });
// Whatever changes the balance on this page: the page itself, or a widget.
for (const event of ['points', 'interaction-games.checked-in', 'membership.task-done', 'coupon-exchange.redeemed']) addEventListener(`guanxi:${event}`, () => { if (!byId('in').hidden) void Promise.all([showPoints(), explainPoints(), showStatement()]).catch(() => undefined); });
// What was turned into a code, or put back, stands among the codes as well.
addEventListener('guanxi:store-credit.changed', () => { void show(); });
void show();
