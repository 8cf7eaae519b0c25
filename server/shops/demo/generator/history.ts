import { DAY, HOUR, MINUTE, type Instant } from '../../../plugin-api/index.js';
import type { DemoOrder } from '../checkout/demo-order.js';
import { quote, type CartLine } from '../checkout/quote.js';
import { refundOf } from '../checkout/refund-arithmetic.js';
import type { DemoCustomer } from '../demo-customers.js';
import { FIRST_NUMBER } from '../demo-state.js';
import { random, type Random } from '../random.js';
import { basket, favourite } from './basket.js';
import { makeName } from './names.js';
import { DayPicker, momentOf, salesCalendar, type SalesDay } from './sales-calendar.js';

export interface DemoHistory { readonly anchor: Instant; readonly customers: readonly DemoCustomer[]; /** By time of purchase. */ readonly orders: readonly DemoOrder[] }

const DAYS = 730;
const REFUNDED = 0.044;
type Draft = Omit<DemoOrder, 'id' | 'number'>;

/** How often somebody buys in two years: most once or twice, a few dozens of times. */
const orderCount = (r: Random): number => (r.chance(0.04) ? 0 : Math.min(60, 1 + Math.floor(Math.exp(1.46 + 1.12 * r.normal()))));

function priced(lines: readonly CartLine[], festival: boolean): Pick<DemoOrder, 'subtotal' | 'discount' | 'shipping' | 'total'> & { readonly lines: DemoOrder['lines'] } {
  const plain = quote(lines, []);
  const offer = festival && plain.subtotal >= 19900;
  const { subtotal, discount, shipping, total, lines: quoted } = offer ? quote(lines, [{ code: 'FESTIVAL', ok: true, terms: { kind: 'percent', value: 1000, minimum: 0 } }]) : plain;
  return { subtotal, discount, shipping, total, lines: quoted.map((line) => ({ id: '', ...line })) };
}

function drafts(r: Random, customerId: string, days: readonly SalesDay[], picker: DayPicker, anchor: Instant): Draft[] {
  // The shop was open before the history begins: a sixth of its customers are there from the start.
  const first = r.chance(0.16) ? r.between(0, 120) : picker.pick(r, 0, days.length - 1);
  const planned = orderCount(r);
  const span = 90 + planned * r.between(22, 60);
  const last = Math.min(days.length - 1, first + span);
  const count = planned <= 1 ? planned : Math.max(1, Math.round((planned * (last - first)) / span));
  const liked = favourite(r);
  const found: Draft[] = [];
  for (let i = 0; i < count; i++) {
    const day = days[i === 0 ? first : picker.pick(r, Math.min(first + 3, last), last)];
    if (!day) continue;
    const placedAt = momentOf(r, day.start);
    const arrival = placedAt + r.between(2, 5) * DAY + r.between(-6, 6) * HOUR;
    const money = priced(basket(r, day.month, liked), day.festival);
    if (placedAt > anchor - 2 * MINUTE) continue;
    const deliveredAt = arrival <= anchor ? arrival : null;
    found.push({ customerId, placedAt, deliveredAt, updatedAt: deliveredAt ?? placedAt, codes: [], refunds: [], ...money });
  }
  return found;
}

/** Some buyers send something back within two weeks of delivery; a little over half of them keep the rest. */
function withRefund(r: Random, order: DemoOrder, anchor: Instant): DemoOrder {
  if (order.deliveredAt === null || !r.chance(REFUNDED)) return order;
  const at = order.deliveredAt + r.between(1, 13) * DAY + r.between(0, 10) * HOUR;
  const line = r.pick(order.lines);
  const quantity = r.between(1, line.quantity);
  const full = r.chance(0.45);
  if (at > anchor) return order;
  const refund = refundOf(order, full ? undefined : [{ lineId: line.id, quantity }], `ref_${order.id.slice(4)}`, at);
  return { ...order, refunds: [refund], updatedAt: Math.max(order.updatedAt, at) };
}

/**
 * Two years of a small shop, ending at `anchor`: the same anchor and size give the same history, to the byte.
 * 2,000 customers make about 9,000 orders.
 */
export function demoHistory(anchor: Instant, size = 2000): DemoHistory {
  const days = salesCalendar(anchor, DAYS);
  const picker = new DayPicker(days);
  const customers: DemoCustomer[] = [];
  const all: Draft[] = [];
  for (let i = 0; i < size; i++) {
    const r = random(`customer ${i}`);
    const locale = r.chance(0.68) ? 'zh-CN' : 'en';
    const { name, handle } = makeName(r, locale);
    const id = `cus_${String(i + 1).padStart(5, '0')}`;
    const bought = drafts(r, id, days, picker, anchor);
    const firstBuy = bought.reduce((least, order) => Math.min(least, order.placedAt), anchor);
    customers.push({ id, email: `${handle}${i + 1}@example.com`, name, locale, joinedAt: firstBuy - r.between(5, 4000) * MINUTE, personId: null });
    all.push(...bought);
  }
  all.sort((a, b) => a.placedAt - b.placedAt || (a.customerId < b.customerId ? -1 : 1));
  const r = random('refunds');
  const orders = all.map((draft, i) => {
    const id = `ord_${FIRST_NUMBER + i}`;
    return withRefund(r, { ...draft, id, number: `#${FIRST_NUMBER + i}`, lines: draft.lines.map((line, n) => ({ ...line, id: `${id}_${n + 1}` })) }, anchor);
  });
  return { anchor, customers, orders };
}
