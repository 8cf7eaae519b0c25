import { shopperOf, z, type StorefrontRoutes } from '../../plugin-api/index.js';
import { programmeOf } from '../../economy/programme/programme.js';
import type { CoreServices } from '../core-services.js';

const MOST_LINES = 50;
const line = z.strictObject({ sku: z.string().min(1).max(200), quantity: z.number().int().min(1).max(1_000), paid: z.number().int().min(0).max(1_000_000_000).optional() });
/** `TEA-1:2,CUP:1:5900`: what is in a cart, URL-encoded SKUs with their number and, if discounts apply, what the line costs in minor units. */
const lines = z.string().max(4_000).transform((text, ctx): unknown => {
  const whole = (part: string | undefined): number | undefined => (part === undefined ? undefined : /^\d{1,10}$/.test(part) ? Number(part) : NaN);
  try {
    return text.split(',').map((each) => {
      const [sku = '', quantity, paid, ...rest] = each.split(':');
      if (rest.length) throw new SyntaxError(each);
      return { sku: decodeURIComponent(sku), quantity: whole(quantity), ...(paid === undefined ? {} : { paid: whole(paid) }) };
    });
  } catch { ctx.addIssue({ code: 'custom', message: 'Write each line as sku:quantity or sku:quantity:paid.' }); return z.NEVER; }
}).pipe(z.array(line).min(1).max(MOST_LINES));

/** What shoppers would earn. */
export function earningPreviewRoutes(routes: StorefrontRoutes, services: CoreServices): void {
  routes.route('get', '/points/preview', {
    summary: 'How many points a cart would earn me if I paid for it now', audience: 'visitor', perMinute: 120, query: z.strictObject({ lines }),
    reply: z.object({ points: z.number(), returnDays: z.number(), lines: z.array(z.object({ sku: z.string(), points: z.number() })), multipliers: z.array(z.object({ times: z.number(), label: z.string() })) }),
  }, async (ctx, { query }) => {
    const { points, lines: each, multipliers } = await services.earningPreview.of(ctx, shopperOf(ctx), query.lines);
    return { points, returnDays: programmeOf(ctx.shop).returnDays, lines: [...each], multipliers: multipliers.map(({ basisPoints, label }) => ({ times: basisPoints / 10_000, label: label[ctx.locale] })) };
  });
}
