import { decodeCursor, encodeCursor, type Position } from '../data/page-cursor.js';
import { GxError, type Page, type PageRequest } from '../plugin-api/index.js';

/** The page size asked for: 1–200, 50 if not given. */
export const pageSize = (request: PageRequest): number => Math.min(Math.max(Math.trunc(request.limit ?? 50), 1), 200);

/** Where the page starts. A cursor of another list, or one whose value is not of the list's `type`, is refused with 400 `GX_CURSOR`. */
export function positionOf<T extends 'number' | 'string'>(order: string, request: PageRequest, type: T): { readonly at: T extends 'number' ? number : string; readonly id: string } | undefined {
  if (request.cursor === undefined) return undefined;
  const { at, id } = decodeCursor(order, request.cursor);
  if (typeof at !== type || (typeof at === 'number' && !Number.isSafeInteger(at))) throw new GxError('GX_CURSOR', 400, 'The cursor does not belong to this list. Start again from the first page.');
  return { at: at as T extends 'number' ? number : string, id };
}

/** Cuts `rows` (one more than the page was asked for) into a page. */
export function pageOf<R, T>(order: string, rows: readonly R[], size: number, position: (row: R) => Position, item: (row: R) => T): Page<T> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  const items = shown.map(item);
  return rows.length <= size || last === undefined ? { items } : { items, next: encodeCursor(order, position(last)) };
}
