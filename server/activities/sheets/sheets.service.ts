import { sql, type Activity, type ActivityChange, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import type { RegisteredType } from '../activity-types.js';
import { canonical, sha256 } from './canonical.js';
import { publicationSheet, type Organiser, type PublicationSheet } from './publication-sheet.js';
import { ADD_SHEET, LATEST_SHEET, ORGANISER, SAVE_ORGANISER, SHEETS } from './sheet.statements.js';

export interface StoredSheet {
  readonly version: number; readonly at: Instant;
  /** SHA-256 of `text`. */
  readonly hash: string;
  /** Canonical JSON, as it is downloaded. */
  readonly text: string;
  readonly sheet: PublicationSheet;
  /** What differs from the version before, in the shopper's favour. */
  readonly changes: readonly ActivityChange[];
}

/** What shoppers can rely on: published rules, version by version. Nothing here is ever changed or removed with a module. */
export class SheetsService {
  readonly steps = { publish: (ctx: ShopContext, activity: Activity, type: RegisteredType | undefined, changes: readonly ActivityChange[]): Unit<StoredSheet> => this.#publish(ctx, activity, type, changes) };

  constructor(private readonly db: Database, private readonly audit: AuditService) {}

  async organiser(ctx: ShopContext): Promise<Organiser | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(ORGANISER));
    return row && { legalName: row.legal_name, contact: row.contact, complaints: row.complaints };
  }
  saveOrganiser(ctx: ShopContext, organiser: Organiser): Promise<void> {
    return this.db.write(ctx, async (unit, inner) => {
      await unit.run(SAVE_ORGANISER, { ...organiser, now: inner.now });
      await unit.steps(this.audit.steps.record(inner, 'activity.organiser', `shop:${inner.shop.key}`, { legalName: organiser.legalName }));
    });
  }

  /** What would be published now. Errors: 422 `GX_SHEET_INCOMPLETE`. */
  async preview(ctx: ShopContext, activity: Activity, type: RegisteredType | undefined): Promise<StoredSheet> {
    const sheet = publicationSheet(ctx.shop, activity, type, await this.organiser(ctx), 1 + (await this.history(ctx, activity.id)).length);
    const text = canonical(sheet);
    return { version: sheet.version, at: ctx.now, hash: sha256(text), text, sheet, changes: [] };
  }

  /** Newest first; empty for what was never published. */
  async history(ctx: ShopContext, activityId: string): Promise<readonly StoredSheet[]> {
    const rows = await this.db.read(ctx, (q) => q.many(SHEETS, { activity: activityId }));
    return rows.map(({ version, at, hash, content, changes }) => ({ version, at, hash, text: content, sheet: JSON.parse(content) as PublicationSheet, changes: JSON.parse(changes) as ActivityChange[] }));
  }

  *#publish(ctx: ShopContext, activity: Activity, type: RegisteredType | undefined, changes: readonly ActivityChange[]): Unit<StoredSheet> {
    const row = yield* sql.one(ORGANISER);
    const latest = yield* sql.one(LATEST_SHEET, { activity: activity.id });
    const sheet = publicationSheet(ctx.shop, activity, type, row && { legalName: row.legal_name, contact: row.contact, complaints: row.complaints }, Number(latest?.version ?? 0) + 1);
    const text = canonical(sheet), hash = sha256(text);
    yield* sql.run(ADD_SHEET, { activity: activity.id, version: sheet.version, type: activity.type, at: ctx.now, hash, content: text, changes: JSON.stringify(changes) });
    return { version: sheet.version, at: ctx.now, hash, text, sheet, changes };
  }
}
