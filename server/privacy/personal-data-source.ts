import type { Scalar, ShopContext } from '../plugin-api/index.js';

/** Rows of one section of an export, ready for JSON and CSV alike. */
export type ExportRows = readonly Readonly<Record<string, Scalar>>[];

/** Personal data beyond the core's own tables, normally one source for each plugin, made by the host from its declarations. */
export interface PersonalDataSource {
  /** A plugin's id, or a part of the core. */
  readonly owner: string;
  /** Sections by name. */
  export(ctx: ShopContext, personId: string): Promise<Readonly<Record<string, ExportRows>>>;
  /** Idempotent. Answers how many rows it erased, by table. Joins `ctx.tx`. */
  erase(ctx: ShopContext, personId: string): Promise<Readonly<Record<string, number>>>;
}

export interface PersonExport {
  readonly personId: string;
  readonly exportedAt: number;
  /** `core` and each source, section by section. */
  readonly data: Readonly<Record<string, Readonly<Record<string, ExportRows>>>>;
  /** Owners whose data could not be read now, with the reason; ask again later. */
  readonly missing: Readonly<Record<string, string>>;
}

export interface ErasureReceipt {
  readonly personId: string;
  readonly erasedAt: number;
  /** Rows erased, by owner and table. */
  readonly erased: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Owners whose data could not be erased yet, with the reason; erasing again completes it. */
  readonly failed: Readonly<Record<string, string>>;
}
