import { call } from './api.js';
import { byId, el } from './dom.js';
import { day, locale, money, product, text } from './page-texts.js';

export interface Goods { readonly title: string; readonly refunded: number; readonly of: number }
interface Lot {
  readonly got: number; readonly left: number; readonly pending: boolean; readonly activatesAt: number; readonly expiresAt: number | null; readonly source: string; readonly note: string | null;
  readonly order: { readonly id: string; readonly number: string; readonly title: string; readonly paid: number } | null;
  readonly uses: readonly { readonly amount: number; readonly kind: string; readonly source: string; readonly note: string | null; readonly goods: readonly Goods[] }[];
}
interface Explanation {
  readonly lots: readonly Lot[]; readonly holds: readonly { readonly amount: number; readonly until: number }[];
  readonly available: number; readonly pending: number; readonly debt: number;
  readonly debts: readonly { readonly amount: number; readonly kind: string; readonly source: string; readonly at: number; readonly goods: readonly Goods[] }[];
}
interface Calendar { readonly items: readonly { readonly at: number; readonly amount: number }[] }

export const count = (n: number): string => new Intl.NumberFormat(locale).format(n);

/** What gave or took points, in a word or two; modules name their own reasons. */
export function reason(source: string, kind?: string): string {
  const known = [`why_${source}`, `why_${kind ?? ''}`].map((key) => [key, text(key)] as const).find(([key, found]) => found !== key);
  return known?.[1] ?? text('why_activity');
}

/** Words of the platform in the reader's language, words of people as they are. */
export function noteText(note: string): string {
  const known = text(`note_${note}`);
  return known === `note_${note}` ? note : known;
}
export const goods = (n: string, { title, refunded, of }: Goods): string => text('whyGoods', { n, title: product(title), refunded: count(refunded), of: count(of) });

function lotRow(lot: Lot): HTMLElement {
  const told = { left: count(lot.left), got: count(lot.got) };
  const uses = lot.uses.flatMap((use) => {
    const n = count(Math.abs(use.amount));
    return use.goods.length && use.amount < 0 ? use.goods.map((each) => goods(n, each)) : [text(use.amount < 0 ? 'whyTaken' : 'whyBack', { n, what: use.note ? noteText(use.note) : reason(use.source, use.kind) })];
  });
  const life = lot.pending ? text('whyPending', { date: day(lot.activatesAt) }) : lot.expiresAt === null ? '' : text('validUntil', { date: day(lot.expiresAt - 1) });
  return el('li', {}, el('span', {}, lot.order ? text('whyOrder', { ...told, title: product(lot.order.title), number: lot.order.number, amount: money(lot.order.paid) }) : text('whyOther', { ...told, what: lot.note ? noteText(lot.note) : reason(lot.source) })),
    el('span', { class: 'small muted' }, life), ...uses.map((use) => el('span', { class: 'small muted' }, use)));
}

/** How a debt came to be and what paid it, as long as something is owed. */
const debtStory = ({ debts }: Explanation): HTMLElement[] => debts.slice(0, 6).map(({ amount, kind, source, at, goods: each }) => el('li', { class: 'small muted' },
  amount < 0 ? text(kind === 'write-off' ? 'debtGivenUp' : 'debtPaid', { date: day(at), n: count(-amount) }) : text('debtSince', { date: day(at), n: count(amount), what: each.length ? each.map((one) => text('refundedOf', { title: one.title, refunded: count(one.refunded), of: count(one.of) })).join(', ') : reason(source, kind) })));

/** Where the shop asks before points are next spent, both stand side by side until the shopper agrees. */
function debtRow({ available, debt }: Explanation): HTMLElement {
  if (available === 0) return el('li', {}, text('whyDebt', { n: count(debt) }));
  const settle = async (): Promise<void> => { await call('/api/storefront/points/debt', {}); dispatchEvent(new Event('guanxi:points')); await explainPoints(); };
  return el('li', {}, text('owed', { n: count(debt) }), el('button', { type: 'button', class: 'button quiet', click: () => { void settle(); } }, text('settleDebt', { n: count(Math.min(available, debt)) })));
}

/** So many lots are told at once; the rest on demand, so that the list always adds up to what the person has. */
const AT_FIRST = 30;
function lotRows({ available, pending, lots }: Explanation): HTMLElement[] {
  const sum = (some: readonly Lot[]): number => some.reduce((total, { left }) => total + left, 0);
  const rest = lots.slice(AT_FIRST), untold = available + pending - sum(lots);
  const last = untold > 0 ? [el('li', { class: 'muted' }, text('whyUntold', { n: count(untold) }))] : [];
  if (rest.length === 0) return [...lots.map(lotRow), ...last];
  const more: HTMLElement = el('li', {}, el('button', { type: 'button', class: 'button quiet', click: () => { const rows = rest.map(lotRow); more.replaceWith(...rows); rows[0]!.tabIndex = -1; rows[0]!.focus(); } }, text('whyMore', { n: count(sum(rest)), entries: count(rest.length) })));
  return [...lots.slice(0, AT_FIRST).map(lotRow), more, ...last];
}

/** "Why do I have 37 points?", lot by lot, and when they go. */
export async function explainPoints(): Promise<void> {
  const [why, calendar] = await Promise.all([call<Explanation>('/api/storefront/points/explanation'), call<Calendar>('/api/storefront/points/calendar')]);
  const rows = [
    ...lotRows(why), ...why.holds.map((hold) => el('li', {}, text('whyHeld', { n: count(hold.amount) }))),
    ...(why.debt > 0 ? [debtRow(why), ...debtStory(why)] : []),
  ];
  byId('why').replaceChildren(...(rows.length ? rows : [el('li', { class: 'plain' }, text('whyNone'))]));
  byId('calendar').replaceChildren(...(calendar.items.length ? calendar.items.slice(0, 12).map((item) => el('li', {}, el('span', {}, day(item.at - 1)), el('strong', {}, text('pointsOf', { n: count(item.amount) })))) : [el('li', { class: 'plain' }, text('calendarNone'))]));
}
