import { decodeCursor, encodeCursor, type Position } from '../data/page-cursor.js';
import type { Page, PageRequest } from '../plugin-api/index.js';

/** The page size asked for: 1–200, 50 if not given. */
export const pageSize = (request: PageRequest): number => Math.min(Math.max(Math.trunc(request.limit ?? 50), 1), 200);

/** Where the page starts; a cursor of another list is refused with 400 `GX_CURSOR`. */
export const positionOf = (order: string, request: PageRequest): Position | undefined =>
  request.cursor === undefined ? undefined : decodeCursor(order, request.cursor);

/** Cuts `rows` (one more than the page was asked for) into a page. */
export function pageOf<R, T>(order: string, rows: readonly R[], size: number, position: (row: R) => Position, item: (row: R) => T): Page<T> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length <= size || last === undefined ? { items } : { items, next: encodeCursor(order, position(last)) };
}
