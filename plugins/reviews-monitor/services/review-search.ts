import { GxError, likeAnywhere, oneOf, type Database, type Page, type ShopContext } from 'guanxi/plugin';
import { Review } from '../entities/review.entity.js';
import type { ReviewFilter } from './review-desk.service.js';
import { SEARCH } from './review.statements.js';

interface Position { readonly at: number; readonly id: string }
const START: Position = { at: Number.MAX_SAFE_INTEGER, id: '' };

const write = ({ at, id }: Position): string => Buffer.from(`search ${at} ${id}`).toString('base64url');
function read(cursor: string | undefined): Position {
  if (cursor === undefined) return START;
  const [, at, id] = /^search (\d{1,16}) ([\w-]{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (at === undefined || id === undefined) throw new GxError('GX_CURSOR', 400, 'The cursor does not belong to this list. Start again from the first page.');
  return { at: Number(at), id };
}

/** Reviews in which a text occurs. It reads every review of the shop in the worst case, so it runs beside the event loop. */
export function searchReviews(db: Database, ctx: ShopContext, filter: ReviewFilter & { readonly search: string }, waitingStars: number, page: { readonly limit?: number | undefined; readonly cursor?: string | undefined }): Promise<Page<Review>> {
  const { at, id: after } = read(page.cursor);
  const limit = page.limit ?? 50;
  return db.read(ctx, async (q) => {
    const found = await q.scan(SEARCH, { at, after, like: likeAnywhere(filter.search), stars: filter.stars ?? 0, sku: filter.sku ?? '', language: filter.language ?? '', queue: filter.queue ?? 'all', waiting: waitingStars, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const items = shown.length ? await q.find(Review, { id: oneOf(...shown.map(({ id }) => id)) }, { order: { writtenAt: 'desc', id: 'desc' }, limit }) : [];
    const last = shown.at(-1);
    return { items, ...(found.length > limit && last ? { next: write({ at: last.written_at, id: last.id }) } : {}) };
  });
}
