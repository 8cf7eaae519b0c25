import { notFound, statement, type Activities, type Activity, type Database, type ShopContext } from '../plugin-api/index.js';
import type { ActivitiesService } from './activities.service.js';
import { invalid } from './activity-types.js';

const TYPE = statement<{ type: string }>('SELECT type FROM activity WHERE shop_id = :shop AND id = :id');

/** The capability as one plugin gets it: activities of other plugins do not exist for it. */
export function activitiesOf(plugin: string, activities: ActivitiesService, db: Database): Activities {
  const own = (type: string): boolean => type.startsWith(`${plugin}.`);
  const checked = async (ctx: ShopContext, id: string): Promise<void> => {
    const row = await db.read(ctx, (q) => q.one(TYPE, { id }));
    if (!row || !own(row.type)) throw notFound('activity', id);
  };
  return {
    create: async (ctx, draft) => {
      if (!own(draft.type)) throw invalid({ type: `Use a type of your own: ${plugin}.<name>.` });
      return activities.create(ctx, draft);
    },
    update: async (ctx, id, change) => { await checked(ctx, id); return activities.update(ctx, id, change); },
    get: async <C>(ctx: ShopContext, id: string): Promise<Activity<C> | undefined> => {
      const activity = await activities.get<C>(ctx, id);
      return activity && own(activity.type) ? activity : undefined;
    },
    list: async <C>(ctx: ShopContext, filter: Parameters<Activities['list']>[1]) => (await activities.list<C>(ctx, filter)).filter((activity) => own(activity.type)),
    transition: async (ctx, id, action, notice) => { await checked(ctx, id); return activities.transition(ctx, id, action, notice); },
    revise: async (ctx, id, change) => { await checked(ctx, id); return activities.revise(ctx, id, change); },
    duplicate: async (ctx, id) => { await checked(ctx, id); return activities.duplicate(ctx, id); },
    remove: async (ctx, id) => { await checked(ctx, id); return activities.remove(ctx, id); },
    steps: {
      *live<C>(ctx: ShopContext, id: string) {
        const activity = yield* activities.steps.live<C>(ctx, id);
        return activity && own(activity.type) ? activity : undefined;
      },
    },
  };
}
