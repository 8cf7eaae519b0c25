import { z } from '../../../plugin-api/index.js';

const line = z.strictObject({ sku: z.string().min(1).max(60), quantity: z.number().int().min(1).max(99) });
const refundLine = z.strictObject({ lineId: z.string().min(1).max(200).optional(), sku: z.string().min(1).max(60).optional(), quantity: z.number().int().min(1).max(99) })
  .refine((wish) => (wish.lineId === undefined) !== (wish.sku === undefined), { error: 'name the line by either lineId or sku', params: { 'zh-CN': '请用 lineId 或 sku 之一指明商品行' } });

export const lines = z.array(line).min(1).max(20);
export const refundLines = z.array(refundLine).min(1).max(20);
export const codes = z.array(z.string().trim().min(1).max(60)).max(6);
/** What a shopper asks of a cart: `own` takes their own coupons along, but those in `without`; `points` pays with points as far as they go. */
export const cart = { lines, codes: codes.optional(), own: z.boolean().optional(), without: z.array(z.string().min(1).max(60)).max(50).optional(), points: z.boolean().optional() };
export const email = z.email().max(200);
export const name = z.string().trim().min(1).max(80);
/** Where it goes and which of the demo's cards pays; neither is stored with the order. */
export const delivery = { address: z.string().trim().max(500).optional(), card: z.enum(['demo-4242', 'demo-1881', 'demo-0005']).optional() };
export const customerId = z.string().min(1).max(200);
export const orderId = z.strictObject({ id: z.string().min(1).max(200) });

const money = z.number().int();
export const order = z.object({
  id: z.string(), number: z.string(), customerId: z.string(), currency: z.string(), placedAt: z.number().int(), deliveredAt: z.number().int().nullable(),
  subtotal: money, discount: money, shipping: money, total: money, refundedTotal: money, codes: z.array(z.object({ code: z.string(), amount: money })), memberSaved: money, points: z.object({ used: z.number().int(), worth: money }).nullable(),
  lines: z.array(z.object({ id: z.string(), sku: z.string(), title: z.string(), imageUrl: z.string(), quantity: z.number().int(), refundable: z.number().int(), unitPrice: money, paid: money, pointsPaid: money })),
  refunds: z.array(z.object({ id: z.string(), at: z.number().int(), amount: money, points: z.number().int() })),
});
export const quote = z.object({
  lines: z.array(z.object({ sku: z.string(), title: z.string(), detail: z.string(), imageUrl: z.string(), quantity: z.number().int(), unitPrice: money, memberSaved: money, paid: money, pointsPaid: money })),
  subtotal: money, discount: money, shipping: money, total: money,
  codes: z.array(z.object({ code: z.string(), ok: z.boolean(), amount: money, label: z.string().optional(), reason: z.string().optional(), minimum: money.optional() })),
  member: z.object({ label: z.string(), basisPoints: z.number().int(), saved: money }).nullable(),
  points: z.object({ used: z.number().int(), worth: money, available: z.number().int(), value: money, most: z.number().int() }).nullable(),
  why: z.array(z.object({ id: z.string(), kind: z.enum(['code', 'member', 'points']), used: z.boolean(), amount: money, reason: z.string().optional(), with: z.array(z.string()), difference: money })),
});
export const checkout = z.object({ id: z.string(), until: z.number().int(), quote });
export const returning = z.object({
  amount: money, points: z.number().int(), lines: z.array(z.object({ lineId: z.string(), quantity: z.number().int(), amount: money })),
  notices: z.array(z.object({ code: z.string(), minimum: money, kept: money, policy: z.enum(['keep', 'prorate', 'deduct']), shift: money })),
});
export const bearer = z.object({ customerId: z.string(), bearer: z.string() });
/** A product that is not open to everybody; `because` names what lets this shopper in earlier, `first` who comes in before them. */
export const opening = z.object({ open: z.boolean(), at: z.number().int(), forAll: z.number().int(), because: z.string().nullable(), first: z.object({ at: z.number().int(), who: z.string() }).nullable() });
