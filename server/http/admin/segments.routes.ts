import { notFound, z, type AdminRoutes } from '../../plugin-api/index.js';
import type { SegmentAttribute } from '../../commerce/segments/segment-attributes.js';
import type { CoreServices } from '../core-services.js';
import { idParams, localisedText } from './page-query.js';

const attribute = z.object({ name: z.string(), plugin: z.string(), title: localisedText, kind: z.enum(['number', 'flag', 'text']) });
const shown = ({ name, plugin, title, kind }: SegmentAttribute): z.infer<typeof attribute> => ({ name, plugin, title: { en: title.en, 'zh-CN': title['zh-CN'] }, kind });

/** What modules say of customers, to group them by. */
export function segmentRoutes(routes: AdminRoutes, { segments, customers }: CoreServices): void {
  routes.route('get', '/segment-attributes', { summary: 'What customers can be grouped by, from all modules that are switched on', reply: z.object({ items: z.array(attribute) }) },
    (ctx) => Promise.resolve({ items: segments.list(ctx).map(shown) }));

  routes.route('get', '/customers/:id/attributes', {
    summary: 'What modules say of one customer; `known` is false where a module could not tell', params: idParams,
    reply: z.object({ items: z.array(attribute.extend({ known: z.boolean(), value: z.union([z.number(), z.boolean(), z.string()]).nullable() })) }),
  }, async (ctx, { params }) => {
    const person = await customers.byId(ctx, params.id);
    if (!person) throw notFound('customer', params.id);
    const columns = await segments.values(ctx, [person.id]);
    return { items: columns.map((column) => ({ ...shown(column.attribute), known: column.values !== undefined, value: column.values?.get(person.id) ?? null })) };
  });
}
