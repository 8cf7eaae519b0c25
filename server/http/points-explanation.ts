import { z } from '../plugin-api/index.js';
import type { Explanation } from '../economy/explaining/explain.service.js';

const goods = z.array(z.object({ title: z.string(), refunded: z.number(), of: z.number() }));
/** The answer to "why do I have 37 points?", the same for the merchant and the shopper. */
export const explanation = z.object({
  available: z.number(), pending: z.number(), held: z.number(), debt: z.number(),
  lots: z.array(z.object({
    id: z.string(), got: z.number(), left: z.number(), pending: z.boolean(), activatesAt: z.number(), expiresAt: z.number().nullable(), reopened: z.boolean(), kind: z.string(), source: z.string(), at: z.number(), note: z.string().nullable(),
    order: z.object({ id: z.string(), number: z.string(), title: z.string(), paid: z.number(), currency: z.string(), rule: z.number().nullable() }).nullable(),
    uses: z.array(z.object({ amount: z.number(), kind: z.string(), source: z.string(), at: z.number(), note: z.string().nullable(), goods })),
  })),
  holds: z.array(z.object({ amount: z.number(), source: z.string(), until: z.number() })),
  debts: z.array(z.object({ amount: z.number(), kind: z.string(), source: z.string(), at: z.number(), goods })),
  replay: z.object({ entries: z.number(), available: z.number(), agrees: z.boolean() }),
});

const copy = (each: readonly { readonly title: string; readonly refunded: number; readonly of: number }[]): { title: string; refunded: number; of: number }[] => each.map((one) => ({ ...one }));
/** As the schema wants it. */
export const explanationOf = ({ lots, holds, debts, replay, ...balance }: Explanation): z.infer<typeof explanation> => ({
  ...balance, lots: lots.map((lot) => ({ ...lot, order: lot.order && { ...lot.order }, uses: lot.uses.map((use) => ({ ...use, goods: copy(use.goods) })) })), holds: holds.map((hold) => ({ ...hold })),
  debts: debts.map((debt) => ({ ...debt, goods: copy(debt.goods) })), replay: { ...replay },
});
