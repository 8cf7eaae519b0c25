import { DAY, GxError, type Instant, type Shop, type ShopContext } from '../../plugin-api/index.js';
import { LazySignal } from '../../events/deadlines.js';
import type { CoreServices } from '../core-services.js';
import type { DemoParts } from '../../shops/demo/demo-shop.js';
import { random } from '../../shops/demo/random.js';

const DAYS = 28;
const MEMBERS = 160;
/** Of what visitors redeemed so many coupons are used, a few days later. */
const USED = 10;
/** What the checkout of the demo takes, and how many days later. */
const TAKEN: ReadonlySet<string> = new Set(['amount', 'percent', 'free-shipping', 'product']);
const USE_DAYS = [1, 2, 2, 3, 4, 5, 6, 8, 11, 13];
const MOST_PIECES = 9;

interface Reward { readonly id: string; readonly kind: string; readonly cost: number; readonly minimum: number; readonly product: unknown }
interface Coupon { readonly personId: string; readonly code: string; readonly minimum: number; readonly at: Instant }

/** A refusal (no tries, too few points) is an answer too. */
async function unlessRefused<T>(act: () => Promise<T>): Promise<T | undefined> {
  try { return await act(); }
  catch (error) {
    if (error instanceof GxError && error.status < 500) return undefined;
    throw error;
  }
}

/** Calls a plugin's storefront route as one shopper at one moment, as the dispatcher would. */
async function visit<T>(services: CoreServices, shop: Shop, personId: string, now: Instant, plugin: string, method: string, path: string, body?: unknown): Promise<T | undefined> {
  const unit = services.host.unit(plugin);
  const match = unit?.storefront.match(method, path, 0);
  if (!unit || !match || match === 'method' || !services.installs.isEnabled(shop.id, plugin)) return undefined;
  const ctx: ShopContext = { shop, actor: { kind: 'shopper', personId, guest: false }, locale: shop.locale, now };
  const signal = new LazySignal();
  return unlessRefused(async () => await match.record.handler(ctx, { params: match.params, query: {}, body, get signal() { return signal.signal; } }) as T);
}

/** Some members of the demo play, check in and redeem over the last weeks, so that every chart has something to show on the first start. */
export async function sendVisitors(services: CoreServices, demo: Pick<DemoParts, 'checkout' | 'customers'>, shop: Shop, now: Instant): Promise<void> {
  const dice = random('visitors');
  const ctx: ShopContext = { shop, actor: { kind: 'job', name: 'demo.visitors' }, locale: shop.locale, now };
  const members = (await services.customers.list(ctx, { sort: 'points', kind: 'member' }, { limit: MEMBERS })).items;
  const games = await visit<{ items: { id: string }[] }>(services, shop, members[0]?.id ?? '', now, 'interaction-games', 'get', '/activities');
  const rewards = await visit<{ items: Reward[] }>(services, shop, members[0]?.id ?? '', now, 'coupon-exchange', 'get', '/rewards');
  const coupons: Coupon[] = [];
  const rounds = new Map<string, { readonly id: string; readonly price: number }>();
  for (let day = DAYS - 1; day >= 0; day--) {
    const open = await visit<{ items: { id: string; state: string; product: { sku: string } }[] }>(services, shop, members[0]?.id ?? '', now - day * DAY, 'interaction-games', 'get', '/rounds');
    const round = open?.items.find(({ state }) => state === 'open');
    if (round && !rounds.has(round.id)) rounds.set(round.id, { id: round.id, price: (await services.products.bySku(ctx, round.product.sku))?.price ?? 10_000 });
    const guessed = round && rounds.get(round.id);
    for (const [n, member] of members.entries()) {
      // Everybody has a habit of their own: a few come daily, most now and then.
      if (dice.next() > 0.05 + 0.6 / (1 + n / 12)) continue;
      const at = now - day * DAY - Math.floor(dice.next() * 8 * 3_600_000);
      await visit(services, shop, member.id, at, 'interaction-games', 'post', '/check-ins');
      const wheel = games?.items[0];
      for (let turn = 0; wheel && turn < 2 && dice.next() < 0.55; turn++) await visit(services, shop, member.id, at, 'interaction-games', 'post', `/activities/${wheel.id}/plays`);
      // Guesses lie around four fifths of what the product costs now.
      if (guessed && dice.next() < 0.12) await visit(services, shop, member.id, at, 'interaction-games', 'post', `/rounds/${guessed.id}/guesses`, { amount: Math.max(1, Math.round(guessed.price * (0.62 + 0.34 * dice.next()) / 100) * 100) });
      const affordable = rewards?.items.filter(({ cost }) => cost <= member.points) ?? [];
      const chosen = affordable[Math.floor(dice.next() * affordable.length)];
      if (!chosen || dice.next() >= 0.06) continue;
      await visit(services, shop, member.id, at, 'coupon-exchange', 'get', '/rewards');
      const redeemed = await visit<{ code: string }>(services, shop, member.id, at, 'coupon-exchange', 'post', '/redemptions', { rewardId: chosen.id });
      if (redeemed && TAKEN.has(chosen.kind) && chosen.product === null) coupons.push({ personId: member.id, code: redeemed.code, minimum: chosen.minimum, at });
    }
  }
  await useCoupons(services, demo, ctx, coupons);
  await services.settlements.settleDue(ctx);
}

/** Buys with some of the coupons what their minimum asks for, through the shop's own checkout. */
async function useCoupons(services: CoreServices, { checkout, customers }: Pick<DemoParts, 'checkout' | 'customers'>, ctx: ShopContext, coupons: readonly Coupon[]): Promise<void> {
  const goods = (await services.products.search(ctx, '', { limit: 20 })).items;
  const wishes = coupons.filter((_, n) => n % 2 === 0).slice(0, USED).flatMap((coupon, n) => {
    const product = goods[n % goods.length], days = USE_DAYS[n % USE_DAYS.length]!, at = coupon.at + days * DAY;
    return product && at < ctx.now ? [{ ...coupon, at, sku: product.sku, quantity: Math.min(MOST_PIECES, Math.max(1, Math.ceil(coupon.minimum / product.price))) }] : [];
  });
  await unlessRefused(() => services.store.write(ctx, async (_unit, inner) => {
    for (const { personId, code, at, sku, quantity } of wishes.toSorted((a, b) => a.at - b.at)) {
      const buyer = await customers.byPerson(inner, personId);
      if (buyer) await checkout.pay({ ...inner, now: at }, { ...buyer, personId }, { lines: [{ sku, quantity }], codes: [code] });
    }
  }));
}
