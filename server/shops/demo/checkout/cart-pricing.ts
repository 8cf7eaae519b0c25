import type { CodeGuessing } from '../../../commerce/code-guessing.js';
import { MOST_CODES, type DiscountCodesService } from '../../../commerce/discount-codes.service.js';
import type { ProductOpenings } from '../../../commerce/product-openings.js';
import type { MemberPrices } from '../../../commerce/stacking/member-prices.js';
import { floorOf } from '../../../commerce/stacking/price-floor.js';
import type { StackingService } from '../../../commerce/stacking/stacking.service.js';
import { MOST_POINTS_AT_ONCE } from '../../../economy/ledger-rules.js';
import { programmeOf } from '../../../economy/programme/programme.js';
import { conflict, type Localised, type Opening, type PointsRead, type ShopContext } from '../../../plugin-api/index.js';
import { productBySku } from '../catalogue/catalogue.js';
import { quote, type CartLine, type CodeVerdict, type Quote, type QuoteTerms } from './quote.js';

export interface Cart {
  readonly lines: readonly CartLine[];
  readonly codes: readonly string[];
  /** Those of the codes that nobody typed, because they are known to be the shopper's. */
  readonly own?: readonly string[] | undefined;
  readonly personId: string | undefined;
  /** Pay with points as far as they go. */
  readonly points?: boolean | undefined;
}
export interface PricingDeps {
  readonly codes: Pick<DiscountCodesService, 'evaluate' | 'ofPerson' | 'steps'>;
  readonly stacking: Pick<StackingService, 'rules' | 'floorsOf'>;
  readonly memberPrices: Pick<MemberPrices, 'best'>;
  readonly openings: Pick<ProductOpenings, 'of'>;
  readonly points: Pick<PointsRead, 'balance'>;
  readonly guessing: CodeGuessing;
}

const isGuest = (ctx: ShopContext): boolean => ctx.actor.kind === 'shopper' && ctx.actor.guest;
/** Looked up and not the shopper's: what somebody who guesses sees. */
const isMiss = (verdict: CodeVerdict): boolean => !verdict.ok && (verdict.reason === 'unknown' || verdict.reason === 'not-yours');

/** Prices carts: gathers the shop's rules, the person's member price, codes and points. */
export class CartPricing {
  constructor(private readonly deps: PricingDeps) {}

  /** What a cart would cost; codes that do not apply say why. Wrong codes are counted, so do not call it in a unit. @throws GX_SKU (422) */
  async price(ctx: ShopContext, cart: Cart, holder?: string): Promise<Quote> {
    const locked = await this.locked(ctx, cart);
    const priced = await this.priced(ctx, cart, await this.terms(ctx, cart), { holder, locked });
    await this.deps.guessing.missed(ctx, cart.personId, priced.codes.filter((code) => isMiss(code as CodeVerdict)).length);
    return priced;
  }

  /** Codes of the shopper's own that nobody typed: those the person has, without the declined ones. */
  async withOwn(ctx: ShopContext, cart: Cart, without: readonly string[], held: readonly string[] = []): Promise<Cart> {
    if (cart.personId === undefined) return cart;
    const typed = cart.codes.map((code) => code.trim().toUpperCase());
    const own = [...held, ...await this.deps.codes.ofPerson(ctx, cart.personId)].filter((code) => !without.includes(code) && !typed.includes(code));
    return { ...cart, codes: [...new Set([...typed, ...own])].slice(0, MOST_CODES), own };
  }

  /** Whether codes are looked up for this shopper at all. */
  async locked(ctx: ShopContext, cart: Cart): Promise<boolean> { return cart.codes.length > 0 && (await this.deps.guessing.lockedUntil(ctx, cart.personId)) !== undefined; }

  /** What bears on the price besides codes and points. */
  async terms(ctx: ShopContext, cart: Cart): Promise<QuoteTerms> {
    const [rules, floors, member] = await Promise.all([
      this.deps.stacking.rules(ctx), this.deps.stacking.floorsOf(ctx, cart.lines.map(({ sku }) => sku)), cart.personId === undefined ? undefined : this.deps.memberPrices.best(ctx, cart.personId),
    ]);
    return { rules, floors, member };
  }

  /** Within a unit or without; counts nothing. `holder`: the checkout for which codes may be held already, and `heldPoints`. */
  async priced(ctx: ShopContext, cart: Cart, terms: QuoteTerms, { holder, locked = false, heldPoints = 0 }: { readonly holder?: string | undefined; readonly locked?: boolean | undefined; readonly heldPoints?: number } = {}): Promise<Quote> {
    const codes = cart.codes.filter((code) => code.trim());
    const { subtotal } = quote(cart.lines, []);
    const open = locked ? codes.filter((code) => cart.own?.includes(code)) : codes;
    const known: readonly CodeVerdict[] = await this.deps.codes.evaluate(ctx, open, subtotal, cart.personId ?? null, holder);
    const verdicts: readonly CodeVerdict[] = [...known, ...codes.filter((code) => !open.includes(code)).map((code) => ({ code, ok: false, reason: 'locked' }) as const)];
    const points = cart.personId === undefined || isGuest(ctx) ? undefined
      : { available: Math.min(MOST_POINTS_AT_ONCE, (await this.deps.points.balance(ctx, cart.personId)).available + heldPoints), worth: programmeOf(ctx.shop).worth, use: cart.points === true };
    return quote(cart.lines, verdicts, { ...terms, points });
  }

  /** @throws GX_NOT_OPEN_YET (409) for the first product that this shopper cannot buy yet */
  async opened(ctx: ShopContext, cart: Cart): Promise<void> {
    const openings = await this.openings(ctx, cart.personId, cart.lines.map(({ sku }) => sku));
    const [closed] = [...openings].filter(([, { at }]) => at > ctx.now).sort(([, one], [, other]) => other.at - one.at);
    if (!closed) return;
    const title = productBySku(closed[0])?.title[ctx.locale] ?? closed[0];
    throw conflict('GX_NOT_OPEN_YET', `"${title}" can be bought from ${new Date(closed[1].at).toISOString()} on. Take it out of the cart, or come back then.`, { sku: closed[0], product: title, at: closed[1].at });
  }

  openings(ctx: ShopContext, personId: string | undefined, skus: readonly string[]): Promise<ReadonlyMap<string, Opening>> { return this.deps.openings.of(ctx, isGuest(ctx) ? undefined : personId, skus); }

  /** What one piece costs this person beside the list price; undefined for who has no member price. */
  async pieceOf(ctx: ShopContext, sku: string, personId: string | undefined): Promise<{ readonly list: number; readonly yours: number; readonly label: Localised } | undefined> {
    const list = productBySku(sku)?.price;
    const member = personId === undefined || list === undefined ? undefined : await this.deps.memberPrices.best(ctx, personId);
    if (!member || list === undefined) return undefined;
    const floor = floorOf((await this.deps.stacking.floorsOf(ctx, [sku])).get(sku), list);
    return { list, yours: Math.max(floor, list - Math.floor((list * member.basisPoints) / 10_000)), label: member.label };
  }
}
