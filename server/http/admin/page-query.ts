import { z } from '../../plugin-api/index.js';

/** The query of every list: a page and where it begins. */
export const pageQuery = { limit: z.coerce.number().int().min(1).max(200).optional(), cursor: z.string().max(500).optional() };
export const idParams = z.object({ id: z.string().min(1).max(200) });
export const pageOf = <T extends z.ZodType>(item: T): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodOptional<z.ZodString> }> => z.object({ items: z.array(item), next: z.string().optional() });
export const localisedText = z.object({ en: z.string(), 'zh-CN': z.string() });
