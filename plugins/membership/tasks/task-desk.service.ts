import { conflict, type Activities, type Activity, type Audit, type PackPart, type ShopContext } from 'guanxi/plugin';
import { TASK_POINTS, TASK_TITLES, TASKS, typeOf, type TaskName, type TaskRules } from './task-types.js';

export interface TaskState { readonly task: TaskName; readonly points: number; readonly state: 'off' | 'draft' | 'scheduled' | 'live' | 'paused'; readonly activityId: string | null }

const SHOWN: Readonly<Record<string, TaskState['state']>> = { draft: 'draft', checked: 'draft', scheduled: 'scheduled', live: 'live', paused: 'paused' };

/** The merchant's one-off tasks: each is one activity, under the life cycle that all activities share. */
export class TaskDesk {
  constructor(private readonly activities: Activities, private readonly audit: Audit) {}

  async #latest(ctx: ShopContext, task: TaskName): Promise<Activity<TaskRules> | undefined> {
    return (await this.activities.list<TaskRules>(ctx, { type: typeOf(task) })).filter(({ state }) => SHOWN[state]).at(-1);
  }

  async live(ctx: ShopContext, task: TaskName): Promise<Activity<TaskRules> | undefined> {
    return (await this.activities.list<TaskRules>(ctx, { type: typeOf(task), state: 'live' })).at(-1);
  }

  list(ctx: ShopContext): Promise<readonly TaskState[]> {
    return Promise.all(TASKS.map(async (task): Promise<TaskState> => {
      const found = await this.#latest(ctx, task);
      return { task, points: found?.config.points ?? TASK_POINTS[task], state: (found && SHOWN[found.state]) ?? 'off', activityId: found?.id ?? null };
    }));
  }

  /** Puts a task up with so many points. One that runs with others is ended first: what was promised is never changed under way. */
  async start(ctx: ShopContext, task: TaskName, points: number): Promise<void> {
    const found = await this.#latest(ctx, task);
    if (found?.config.points === points && found.state === 'live') return;
    if (found?.config.points === points && found.state === 'paused') await this.activities.transition(ctx, found.id, 'resume');
    else {
      if (found && SHOWN[found.state] === 'draft') await this.activities.remove(ctx, found.id);
      else if (found) await this.activities.transition(ctx, found.id, 'end');
      const { id } = await this.activities.create<TaskRules>(ctx, { type: typeOf(task), title: TASK_TITLES[task][ctx.locale], config: { points } });
      await this.activities.transition(ctx, id, 'publish');
    }
    await this.audit.record(ctx, 'task.started', task, { points });
  }

  async stop(ctx: ShopContext, task: TaskName): Promise<void> {
    const found = await this.#latest(ctx, task);
    if (found?.state !== 'live') throw conflict('GX_TASK_NOT_LIVE', 'This task is not running, so it cannot be paused.', { task });
    await this.activities.transition(ctx, found.id, 'pause');
    await this.audit.record(ctx, 'task.paused', task);
  }

  /** What the planner's default mix takes from here. */
  packParts(): Readonly<Record<TaskName, PackPart>> {
    const part = (task: TaskName): PackPart => ({
      title: TASK_TITLES[task],
      present: async (ctx) => (await this.#latest(ctx, task)) !== undefined,
      create: async (ctx, live) => {
        const { id } = await this.activities.create<TaskRules>(ctx, { type: typeOf(task), title: TASK_TITLES[task][ctx.locale], config: { points: TASK_POINTS[task] } });
        if (live) await this.activities.transition(ctx, id, 'publish');
      },
    });
    return { follow: part('follow'), birthday: part('birthday'), profile: part('profile') };
  }
}
