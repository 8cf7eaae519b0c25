import type { Instant, Orders, OrderSum, ShopContext } from 'guanxi/plugin';

const PAGE = 1_000;
/** No more orders than these, so that an answer takes a moment. */
const MOST = 100_000;

/** What the shop's orders were worth that were paid from `paidSince` on, page by page. */
export async function* walkOrders(orders: Pick<Orders, 'sums'>, ctx: ShopContext, paidSince: Instant, signal: AbortSignal): AsyncGenerator<readonly OrderSum[]> {
  let after: string | undefined;
  for (let read = 0; read < MOST && !signal.aborted; read += PAGE) {
    const page = await orders.sums(ctx, { after, limit: PAGE, paidSince });
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
