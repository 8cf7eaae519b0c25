import type { Actor, ShopContext } from '../plugin-api/index.js';

/** Makes a context for work that no request caused; rejects when the shop does not exist. Given by the composition root. */
export type ContextFor = (shopId: number, actor: Actor) => Promise<ShopContext>;

/** System time in UTC milliseconds: leases and due times of retries, never anything a person sees. */
export type SystemTime = () => number;

/** Hears of failures that have nobody to be thrown at. */
export type Report = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/** What a failure says in at most 1,000 characters, for columns and logs. */
export const failureText = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
