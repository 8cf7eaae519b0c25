import { DAY, HOUR, type Instant } from '../../../plugin-api/index.js';
import type { ProductDesign } from '../catalogue/product-design.js';
import type { DemoOrder } from '../checkout/demo-order.js';
import type { DemoHistory } from '../generator/history.js';
import { random, type Random } from '../random.js';
import { ASPECTS_EN } from './aspects-en.js';
import { ASPECTS_ZH } from './aspects-zh.js';
import { GENERAL, type Mood } from './review-phrases.js';

export interface DemoReview {
  readonly sku: string; readonly orderExternalId: string; readonly customerExternalId: string;
  /** 1 … 5. */
  readonly stars: number;
  readonly title: string | null; readonly text: string; readonly locale: 'en' | 'zh-CN'; readonly at: Instant;
}

const WRITES = 0.099;
const TITLES: Readonly<Record<'en' | 'zh-CN', Readonly<Record<Mood, readonly string[]>>>> = {
  en: { good: ['Lovely', 'Worth it', 'Very happy', 'A small joy', 'Beautifully made'], fair: ['It is fine', 'Okay', 'Good, not great'], bad: ['Disappointing', 'Not for me', 'Could be better'] },
  'zh-CN': { good: ['很喜欢', '值得买', '超出预期', '用心的好物', '回购了'], fair: ['一般', '还可以', '有点小遗憾'], bad: ['失望', '不推荐', '有待改进'] },
};

function starsFor(r: Random, product: ProductDesign, sentBack: boolean): number {
  if (sentBack) return r.weighted([0.45, 0.35, 0.2]) + 1;
  const liking = product.liking ?? 0;
  return r.weighted([0.045 - liking * 0.08, 0.045 - liking * 0.06, 0.1 - liking * 0.1, 0.25, 0.56 + liking * 0.24].map((weight) => Math.max(0.01, weight))) + 1;
}

const moodOf = (stars: number): Mood => (stars >= 4 ? 'good' : stars === 3 ? 'fair' : 'bad');

function textFor(r: Random, product: ProductDesign, stars: number, locale: 'en' | 'zh-CN'): string {
  const mood = moodOf(stars);
  const aspects = (locale === 'en' ? ASPECTS_EN : ASPECTS_ZH)[product.category];
  const general = GENERAL[locale][mood];
  const said = [r.pick(general.open), r.pick(aspects[mood])];
  // Four stars praise with one reservation.
  if (stars === 4 && r.chance(0.55)) said.push(r.pick(aspects.fair));
  said.push(r.pick(general.close));
  const name = locale === 'en' ? product.title.en.toLowerCase() : product.title['zh-CN'];
  return said.filter(Boolean).join(locale === 'en' ? ' ' : '').replaceAll('{p}', name);
}

/**
 * What verified buyers wrote, in the order of the purchases: about one delivered line in ten, in the buyer's language, with words that fit
 * the stars and the kind of product. The same history gives the same reviews.
 */
export function* demoReviews(products: readonly ProductDesign[], orders: readonly DemoOrder[], about: Pick<DemoHistory, 'anchor' | 'customers'>): Generator<DemoReview> {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const locales = new Map(about.customers.map((customer) => [customer.id, customer.locale === 'en' ? 'en' as const : 'zh-CN' as const]));
  const written = new Set<string>();
  for (const order of orders) {
    if (order.deliveredAt === null) continue;
    const r = random(`reviews ${order.id}`);
    for (const line of order.lines) {
      const product = bySku.get(line.sku);
      const key = `${order.customerId} ${line.sku}`;
      if (!product || written.has(key) || !r.chance(WRITES)) continue;
      const locale = locales.get(order.customerId) ?? 'zh-CN';
      const back = order.refunds.find((refund) => refund.lines.some((refunded) => refunded.lineId === line.id));
      const stars = starsFor(r, product, back !== undefined);
      const text = textFor(r, product, stars, locale);
      const title = r.chance(0.4) ? r.pick(TITLES[locale][moodOf(stars)]) : null;
      const at = order.deliveredAt + r.between(1, 20) * DAY - r.between(0, 14) * HOUR;
      if (at > about.anchor) continue;
      written.add(key);
      yield { sku: line.sku, orderExternalId: order.id, customerExternalId: order.customerId, stars, title, text, locale, at };
    }
  }
}
