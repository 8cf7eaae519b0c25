import { DAY } from '../../../server/plugin-api/index.js';
import type { HttpClient, Shopper, TestServer } from '../../kit/index.js';

export const SHOP = '/api/storefront/plugins/membership';
export const ADMIN = '/api/admin/plugins/membership';
export interface Asked { readonly spend: number | null; readonly orders: number | null; readonly growth: number | null }
export interface Card {
  readonly who: string; readonly rank: number; readonly state: string; readonly termEnd: string | null; readonly graceEnd: string | null; readonly has: { readonly spend: number; readonly orders: number; readonly growth: number };
  readonly next: { readonly key: string; readonly missing: Asked } | null; readonly keep: Asked | null; readonly points: number | null; readonly saved: number; readonly tasks: readonly { readonly task: string; readonly points: number; readonly done: boolean }[];
  readonly tiers: readonly { readonly key: string; readonly discount: number }[]; readonly birthday: { readonly day: string } | null;
}
export interface Plan { readonly version: number; readonly startsOn: string; readonly rules: { window: unknown; graceDays: number; growth: Record<string, number>; tiers: Record<string, unknown>[] } }

export const card = (who: HttpClient): Promise<Card> => who.must<Card>('GET', `${SHOP}/card`);
export const available = async (who: Shopper): Promise<number> => (await who.must<{ points: { available: number } }>('GET', '/api/storefront/me')).points.available;
export const plan = async (server: TestServer): Promise<Plan> => (await server.admin()).must<Plan>('GET', `${ADMIN}/plan`);
/** Changes the plan that holds. */
export async function replan(server: TestServer, change: (rules: Plan['rules']) => void): Promise<Plan> {
  const { version, rules } = await plan(server);
  change(rules);
  return (await server.admin()).must<Plan>('PUT', `${ADMIN}/plan`, { rules, after: version });
}
/** Puts the three tasks up with what they give by themselves. */
export async function startTasks(server: TestServer): Promise<void> {
  const admin = await server.admin();
  for (const [task, points] of Object.entries({ follow: 50, birthday: 60, profile: 60 })) await admin.must('POST', `${ADMIN}/tasks/${task}/start`, { points });
}
/** Days pass while the server is off: the clock has moved on, and every job runs once when it is back. */
export async function jump(server: TestServer, days: number): Promise<void> {
  const { store, clock, scheduler } = server.services;
  const target = clock.now() + days * DAY;
  await store.notify('demo-clock', String(target - Date.now()));
  for (let tries = 0; clock.now() < target && tries < 200; tries++) await new Promise((resolve) => { setTimeout(resolve, 10); });
  await scheduler.runDue(clock.now());
  await server.drain();
}
