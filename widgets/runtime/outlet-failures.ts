import type { WidgetListing } from './listing.js';

/** After this many failures a widget stays off for the session. */
const LIMIT = 3;
const memory = new Map<string, number>();
const nameOf = (listing: WidgetListing): string => `gx-failed:${listing.url}`;

/** How often this build of a widget failed in this session; a new build starts at zero. */
export function failuresOf(listing: WidgetListing): number {
  try {
    return Number(sessionStorage.getItem(nameOf(listing)) ?? 0);
  } catch {
    return memory.get(nameOf(listing)) ?? 0;
  }
}
export function countFailure(listing: WidgetListing): void {
  const count = failuresOf(listing) + 1;
  memory.set(nameOf(listing), count);
  try {
    sessionStorage.setItem(nameOf(listing), String(count));
  } catch { /* Forbidden storage: the page's memory has to do. */ }
}
export const isOff = (listing: WidgetListing): boolean => failuresOf(listing) >= LIMIT;
