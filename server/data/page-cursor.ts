import { GxError, type Scalar } from '../plugin-api/index.js';

/** A position in an ordered list: the ordering value and the id of the last row seen. */
export interface Position { readonly at: Scalar; readonly id: string }

const invalid = (): GxError => new GxError('GX_CURSOR', 400, 'The cursor does not belong to this list. Start again from the first page.');

/** Opaque text for `position`; `order` names the list's order, so that a cursor of another list is refused. */
export const encodeCursor = (order: string, position: Position): string =>
  Buffer.from(JSON.stringify([order, position.at, position.id])).toString('base64url');

export function decodeCursor(order: string, cursor: string): Position {
  let parts: unknown;
  try { parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')); } catch { throw invalid(); }
  if (!Array.isArray(parts) || parts.length !== 3) throw invalid();
  const [name, at, id] = parts as unknown[];
  if (name !== order || typeof id !== 'string' || id.includes('\u0000')) throw invalid();
  if (at !== null && typeof at !== 'number' && (typeof at !== 'string' || at.includes('\u0000'))) throw invalid();
  return { at, id };
}
