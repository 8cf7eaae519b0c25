import { DEBT_POLICIES, z, type AdminRoutes, type PointsProgramme } from '../../plugin-api/index.js';
import { programmeOf } from '../../economy/programme/programme.js';
import type { CoreServices } from '../core-services.js';

const name = z.string().trim().min(1).max(40);
const programme = z.strictObject({
  name: z.strictObject({ en: name, 'zh-CN': name }), worth: z.number().int().min(1).max(1_000_000), liveDays: z.number().int().min(1).max(3650).nullable(), returnDays: z.number().int().min(0).max(365),
  undeliveredDays: z.number().int().min(0).max(365), debtPolicy: z.enum(DEBT_POLICIES), guestLimit: z.number().int().min(0).max(100_000), guestDays: z.number().int().min(1).max(365),
  adjustmentLimit: z.number().int().min(0).max(1_000_000),
});
const version = programme.extend({ version: z.number().int(), name: z.object({ en: z.string(), 'zh-CN': z.string() }) });
const plain = ({ name: named, ...rest }: PointsProgramme): z.infer<typeof version> => ({ ...rest, name: { ...named } });

/** The rules of points, and what staff do with points by hand. */
export function pointsRoutes(routes: AdminRoutes, services: CoreServices): void {
  routes.route('get', '/points/programme', {
    summary: 'The shop\'s rules for points and their versions',
    reply: z.object({ programme: version, currency: z.string(), versions: z.array(version.extend({ at: z.number(), actor: z.string() })) }),
  }, async (ctx) => ({ programme: plain(programmeOf(ctx.shop)), currency: ctx.shop.currency, versions: (await services.programme.versions(ctx)).map(({ at, actor, ...each }) => ({ ...plain(each), at, actor })) }));
  routes.route('put', '/points/programme', {
    summary: 'Save new rules for points; what was earned under the old ones keeps them', body: z.strictObject({ basedOn: z.number().int().min(0), programme }), reply: z.object({ programme: version }), roles: ['operator'],
  }, async (ctx, { body }) => ({ programme: plain(await services.programme.save(ctx, body.basedOn, body.programme)) }));
}
