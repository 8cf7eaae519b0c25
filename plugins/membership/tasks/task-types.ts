import { z, type ActivityEconomy, type ActivityType } from 'guanxi/plugin';

/** What a member can do once for points. */
export const TASKS = ['follow', 'birthday', 'profile'] as const;
export type TaskName = (typeof TASKS)[number];
export const TASK_TITLES: Readonly<Record<TaskName, { readonly en: string; readonly 'zh-CN': string }>> = {
  follow: { en: 'Follow the shop', 'zh-CN': '关注店铺' }, birthday: { en: 'Tell your birthday', 'zh-CN': '生日登记' }, profile: { en: 'Complete the profile', 'zh-CN': '完善资料' },
};
export const TASK_POINTS: Readonly<Record<TaskName, number>> = { follow: 50, birthday: 60, profile: 60 };
export const typeOf = (task: TaskName): string => `membership.${task}`;

export const taskRules = z.strictObject({ points: z.number().int().min(1).max(10_000) });
export type TaskRules = z.infer<typeof taskRules>;

const economy = (task: TaskName) => ({ points }: TaskRules): ActivityEconomy => ({
  earns: { expected: points, worst: points, often: 'once' }, continuous: false, collects: task === 'follow' ? [] : [task], firstSession: points,
});
export const taskTypes: Readonly<Record<TaskName, ActivityType<TaskRules>>> = {
  follow: { config: taskRules, economy: economy('follow') }, birthday: { config: taskRules, economy: economy('birthday') }, profile: { config: taskRules, economy: economy('profile') },
};
