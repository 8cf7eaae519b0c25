import { ACTIVITY_STATES, GIVERS, notFound, z, type Activities, type Activity, type AdminRoutes, type Grants, type ShopContext } from 'guanxi/plugin';
import { checkInRules } from '../activities/check-in-rules.js';
import { GUESS_TYPE, guessDraft, type GuessRules } from '../activities/guess-rules.js';
import { wheelRules } from '../activities/wheel-rules.js';
import { CHECKED } from '../entities/play.entity.js';
import type { Game, GameReports } from '../services/game-report.service.js';
import type { RoundDrafts } from '../services/round-drafts.service.js';

const totals = z.object({ plays: z.number(), players: z.number(), winners: z.number(), won: z.number(), spent: z.number(), given: z.number() });
const game = z.object({
  id: z.string(), type: z.string(), title: z.string(), state: z.enum(ACTIVITY_STATES), startsAt: z.number().nullable(), endsAt: z.number().nullable(), version: z.number(),
  config: z.record(z.string(), z.unknown()), createdAt: z.number(),
});
const line = z.object({ id: z.string(), at: z.number(), businessDate: z.string(), personId: z.string(), person: z.string().nullable(), outcome: z.string(), prize: z.number().nullable(), cost: z.number(), pointsWon: z.number(), note: z.string().nullable(), checked: z.enum(CHECKED).nullable() });
const shown = (each: Game): z.infer<typeof game> => ({ id: each.id, type: each.type, title: each.title, state: each.state, startsAt: each.startsAt, endsAt: each.endsAt, version: each.version, config: { ...each.config }, createdAt: each.createdAt });

const asGame = (round: Activity<GuessRules>): Game => round;

const dates = { startsAt: z.number().int().nullable().optional(), endsAt: z.number().int().nullable().optional() };
const title = z.string().trim().min(1).max(120);
const draft = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('wheel'), title, config: wheelRules, ...dates }),
  z.strictObject({ type: z.literal('check-in'), title, config: checkInRules, ...dates }),
  z.strictObject({ type: z.literal('guess-price'), title, config: guessDraft, ...dates }),
]);
const one = z.object({ id: z.string().min(1).max(200) });
const nothing = z.strictObject({}).optional();

export function adminRoutes(routes: AdminRoutes, activities: Activities, reports: GameReports, grants: Grants, rounds: RoundDrafts): void {
  const isRound = async (ctx: ShopContext, id: string): Promise<boolean> => (await activities.get(ctx, id))?.type === GUESS_TYPE;
  routes.route('get', '/games', { summary: 'Games with plays, winners and cost', reply: z.object({ items: z.array(game.extend({ totals })) }) },
    async (ctx) => ({ items: (await reports.games(ctx)).map((each) => ({ ...shown(each), totals: { ...each.totals } })) }));
  routes.route('post', '/games', { summary: 'A new draft', body: draft, reply: game, status: 201, roles: GIVERS }, async (ctx, { body }) => shown(body.type === 'guess-price' ? asGame(await rounds.create(ctx, { title: body.title, config: body.config, startsAt: body.startsAt ?? null, endsAt: body.endsAt ?? null })) : await activities.create(ctx, {
    type: `interaction-games.${body.type}`, title: body.title, config: body.config as Game['config'], startsAt: body.startsAt ?? null, endsAt: body.endsAt ?? null,
  })));
  routes.route('put', '/games/:id', { summary: 'Change a draft', params: one, body: draft, reply: game, roles: GIVERS }, async (ctx, { params, body }) => {
    const { title: name, startsAt = null, endsAt = null } = body;
    if (await isRound(ctx, params.id) !== (body.type === 'guess-price')) throw notFound('game', params.id);
    return shown(body.type === 'guess-price' ? asGame(await rounds.update(ctx, params.id, { title: name, config: body.config, startsAt, endsAt })) : await activities.update(ctx, params.id, { title: name, config: body.config as Game['config'], startsAt, endsAt }));
  });
  for (const action of ['publish', 'pause', 'resume', 'end'] as const) {
    routes.route('post', `/games/:id/${action}`, { summary: `${action} a game`, params: one, body: nothing, reply: game, roles: GIVERS }, async (ctx, { params }) => shown(await activities.transition(ctx, params.id, action) as Game));
  }
  routes.route('post', '/games/:id/duplicate', { summary: 'A draft with the same rules', params: one, body: nothing, reply: game, status: 201, roles: GIVERS }, async (ctx, { params }) => shown((await isRound(ctx, params.id) ? asGame(await rounds.duplicate(ctx, params.id)) : await activities.duplicate(ctx, params.id)) as Game));
  routes.route('delete', '/games/:id', { summary: 'Remove a draft', params: one, reply: z.null(), status: 204, roles: GIVERS }, async (ctx, { params }) => { await rounds.remove(ctx, params.id); return null; });
  routes.route('get', '/games/:id', {
    summary: 'One game: plays by day, prizes left, cost', params: one,
    reply: z.object({
      game, totals, byDay: z.array(z.object({ date: z.string(), plays: z.number(), won: z.number() })), prizes: z.array(z.object({ prize: z.number(), total: z.number(), remaining: z.number() })),
      deck: z.object({ size: z.number(), drawn: z.number(), reserve: z.number() }).nullable(),
    }),
  }, async (ctx, { params }) => {
    const report = await reports.report(ctx, params.id);
    return { ...report, game: shown(report.game), totals: { ...report.totals }, byDay: [...report.byDay], prizes: [...report.prizes] };
  });
  routes.route('get', '/games/:id/plays', {
    summary: 'Plays, newest first', params: one, query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() }), reply: z.object({ items: z.array(line), next: z.string().optional() }),
  }, async (ctx, { params, query }) => reports.plays(ctx, params.id, query));
  routes.csv('/plays.csv', { summary: 'Plays of one game as CSV', query: z.strictObject({ game: z.string().max(200) }), name: 'plays.csv', columns: ['id', 'at', 'business_date', 'person_id', 'person', 'outcome', 'prize', 'cost', 'points_won', 'note', 'checked'] },
    async function* (ctx, { query }) {
      let cursor: string | undefined;
      do {
        const page = await reports.plays(ctx, query.game, { limit: 200, cursor });
        for (const each of page.items) yield [each.id, new Date(each.at).toISOString(), each.businessDate, each.personId, each.person, each.outcome, each.prize, each.cost, each.pointsWon, each.note, each.checked];
        cursor = page.next;
      } while (cursor);
    });
  routes.route('get', '/reward-kinds', { summary: 'What a prize can be', reply: z.object({ items: z.array(z.object({ kind: z.string(), title: z.string(), options: z.array(z.object({ ref: z.string(), title: z.string() })) })) }) },
    async (ctx) => ({ items: (await grants.kinds(ctx)).filter(({ kind, options }) => kind === 'points' || options.length > 0).map((kind) => ({ ...kind, options: [...kind.options] })) }));
}
