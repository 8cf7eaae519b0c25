import { z } from '../../../plugin-api/index.js';

const line = z.strictObject({ sku: z.string().min(1).max(60), quantity: z.number().int().min(1).max(99) });
const refundLine = z.strictObject({ lineId: z.string().min(1).max(200).optional(), sku: z.string().min(1).max(60).optional(), quantity: z.number().int().min(1).max(99) })
  .refine((wish) => (wish.lineId === undefined) !== (wish.sku === undefined), { error: 'name the line by either lineId or sku', params: { 'zh-CN': '请用 lineId 或 sku 之一指明商品行' } });

export const lines = z.array(line).min(1).max(20);
export const refundLines = z.array(refundLine).min(1).max(20);
export const codes = z.array(z.string().trim().min(1).max(60)).max(5);
export const email = z.email().max(200);
export const name = z.string().trim().min(1).max(80);
export const customerId = z.string().min(1).max(200);
export const orderId = z.strictObject({ id: z.string().min(1).max(200) });

const money = z.number().int();
export const order = z.object({
  id: z.string(), number: z.string(), customerId: z.string(), currency: z.string(), placedAt: z.number().int(), deliveredAt: z.number().int().nullable(),
  subtotal: money, discount: money, shipping: money, total: money, refundedTotal: money, codes: z.array(z.object({ code: z.string(), amount: money })),
  lines: z.array(z.object({ id: z.string(), sku: z.string(), title: z.string(), imageUrl: z.string(), quantity: z.number().int(), refundable: z.number().int(), unitPrice: money, paid: money })),
  refunds: z.array(z.object({ id: z.string(), at: z.number().int(), amount: money })),
});
export const quote = z.object({
  lines: z.array(z.object({ sku: z.string(), title: z.string(), detail: z.string(), imageUrl: z.string(), quantity: z.number().int(), unitPrice: money, paid: money })),
  subtotal: money, discount: money, shipping: money, total: money,
  codes: z.array(z.object({ code: z.string(), ok: z.boolean(), amount: money, reason: z.string().optional(), minimum: money.optional() })),
});
export const bearer = z.object({ customerId: z.string(), bearer: z.string() });
