import { businessDate, DAY, newId, type Database, type ShopContext } from 'guanxi/plugin';
import { createHash } from 'node:crypto';
import { languageOf } from './language.js';
import { insertOnce, type ReviewValues } from './review.statements.js';

export interface ImportRow { readonly row: number; readonly values: Readonly<Record<string, string | undefined>> }
export interface ImportOutcome { readonly taken: number; readonly unchanged: number; readonly skipped: { readonly row: number; readonly reason: string }[] }

const EARLIEST = Date.UTC(1990, 0, 1);

/** Columns that are understood without a mapping. */
export const importFields = [
  { name: 'body', label: { en: 'Review text', 'zh-CN': '评价内容' }, required: true, aliases: ['review', 'review text', 'reviewtext', 'body', 'content', 'text', 'comment', '评价', '评价内容'] },
  { name: 'stars', label: { en: 'Stars (1–5)', 'zh-CN': '星级（1–5）' }, required: false, aliases: ['rating', 'stars', 'score', 'review rating', '评分', '星级'] },
  { name: 'label', label: { en: 'Good (1) or bad (0)', 'zh-CN': '好评（1）或差评（0）' }, required: false, aliases: ['label', 'sentiment', 'positive'] },
  { name: 'title', label: { en: 'Title', 'zh-CN': '标题' }, required: false, aliases: ['title', 'review title', 'headline', 'summary', '标题'] },
  { name: 'sku', label: { en: 'Product (SKU or handle)', 'zh-CN': '商品（SKU 或标识）' }, required: false, aliases: ['sku', 'clothing id', 'product_id', 'product id', 'product_handle', 'product handle', 'handle', 'productid'] },
  { name: 'product', label: { en: 'Product title or category', 'zh-CN': '商品名称或类目' }, required: false, aliases: ['cat', 'category', 'class name', 'product', 'product title', 'product_title', '商品', '类目'] },
  { name: 'author', label: { en: 'Author', 'zh-CN': '作者' }, required: false, aliases: ['author', 'reviewer', 'reviewer_name', 'name', 'nickname', '用户'] },
  { name: 'externalId', label: { en: 'Id', 'zh-CN': '编号' }, required: false, aliases: ['id', 'review id', 'review_id', 'external id', '编号'] },
  { name: 'writtenAt', label: { en: 'Date', 'zh-CN': '日期' }, required: false, aliases: ['date', 'review_date', 'created_at', 'created at', 'time', '日期', '时间'] },
  { name: 'reply', label: { en: 'Reply', 'zh-CN': '回复' }, required: false, aliases: ['reply', 'response', '回复'] },
] as const;

/**
 * What makes a row the same row next time: its own id, and what it says. Files of different systems number their rows alike, so the id
 * alone would lose reviews; a date that the file lacks must not count, it would be another one tomorrow.
 */
function keyOf(values: ImportRow['values'], body: string): string {
  const said = createHash('sha256').update(JSON.stringify([values['sku'], values['product'], values['author'], values['writtenAt'], body])).digest('base64url');
  const id = values['externalId']?.trim();
  return id ? `${id.slice(0, 150)}:${said.slice(0, 16)}` : said;
}

/** Takes reviews from files. The same row under the same source changes nothing the second time. */
export class ReviewImport {
  constructor(private readonly db: Database) {}

  async take(ctx: ShopContext, rows: readonly ImportRow[], source = 'import'): Promise<ImportOutcome> {
    const skipped: { row: number; reason: string }[] = [];
    const ready: ReviewValues[] = [];
    for (const { row, values: given } of rows) {
      // No database takes a zero byte; one of them must not keep 499 other reviews out.
      const values: ImportRow['values'] = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, text?.replaceAll('\u0000', '')]));
      const body = values['body']?.trim() ?? '';
      if (!body) { skipped.push({ row, reason: 'no review text' }); continue; }
      if (body.length > 20_000) { skipped.push({ row, reason: 'text longer than 20,000 characters' }); continue; }
      const stars = values['stars']?.trim() ? Number(values['stars']) : null;
      if (stars !== null && !(Number.isInteger(stars) && stars >= 1 && stars <= 5)) { skipped.push({ row, reason: `stars "${values['stars'] ?? ''}" are not 1 to 5` }); continue; }
      const label = values['label']?.trim();
      if (label && !/^(0|1|true|false|neg(ative)?|pos(itive)?)$/i.test(label)) { skipped.push({ row, reason: `mark "${label}" is neither 1 nor 0` }); continue; }
      const at = values['writtenAt']?.trim() ? Date.parse(values['writtenAt']) : ctx.now;
      if (!Number.isFinite(at)) { skipped.push({ row, reason: `date "${values['writtenAt'] ?? ''}" cannot be read` }); continue; }
      if (at < EARLIEST || at > ctx.now + DAY) { skipped.push({ row, reason: `date "${values['writtenAt'] ?? ''}" is not between 1990 and today` }); continue; }
      const positive = stars !== null ? stars >= 4 : label ? /^(1|true|pos)/i.test(label) : null;
      const reply = values['reply']?.trim().slice(0, 4000) || null;
      ready.push({
        id: newId(), source, sku: values['sku']?.trim().slice(0, 200) || null, productTitle: values['product']?.trim().slice(0, 500) || null, personId: values['personId'] ?? null,
        externalId: keyOf(values, body),
        authorName: values['author']?.trim().slice(0, 120) || null, stars, positive, mood: stars ?? (positive === null ? null : positive ? 5 : 1), title: values['title']?.trim().slice(0, 300) || null, body, language: languageOf(`${values['title'] ?? ''} ${body}`),
        orderId: values['orderId'] ?? null, state: 'visible', writtenAt: at, businessDate: businessDate(ctx.shop, at), reply, repliedAt: reply === null ? null : at,
      });
    }
    const taken = await this.db.hot(ctx, 'reviews:import', () => insertOnce(ready, ctx.now));
    return { taken, unchanged: ready.length - taken, skipped };
  }
}
