import { failureText } from '../events/context-for.js';
import { DAY, newId, notFound, statement, type Database, type Instant, type ShopContext } from '../plugin-api/index.js';
import type { AuditService } from './audit.service.js';
import type { PersonExport } from './personal-data-source.js';
import type { PrivacyService } from './privacy.service.js';
import type { ShopRedactionService } from './shop-redaction.service.js';

export type PrivacyTopic = 'data_request' | 'redact' | 'shop_redact';
export interface PrivacyRequest {
  readonly id: string; readonly topic: PrivacyTopic; readonly externalRef: string; readonly personId: string | null; readonly state: 'open' | 'done' | 'failed';
  readonly receivedAt: Instant; readonly dueAt: Instant; readonly completedAt: Instant | null; readonly error: string | null; readonly receipt: unknown;
  /** Whether an export waits to be fetched. */
  readonly hasPackage: boolean;
  /** Whether the person has been erased since, by this request or another. */
  readonly personErased: boolean;
}
interface Row {
  readonly id: string; readonly topic: PrivacyTopic; readonly external_ref: string; readonly person_id: string | null; readonly state: PrivacyRequest['state'];
  readonly created_at: number; readonly due_at: number; readonly completed_at: number | null; readonly error: string | null; readonly receipt: string | null; readonly packed: number; readonly erased: number;
}

const COLUMNS = `id, topic, external_ref, person_id, state, created_at, due_at, completed_at, error, receipt, CASE WHEN package IS NULL THEN 0 ELSE 1 END AS packed,
  CASE WHEN EXISTS (SELECT 1 FROM person p WHERE p.shop_id = privacy_request.shop_id AND p.id = privacy_request.person_id AND p.erased_at IS NOT NULL) THEN 1 ELSE 0 END AS erased`;
const OPEN = statement(`INSERT INTO privacy_request (shop_id, id, topic, external_ref, person_id, state, due_at, attempts, created_at, updated_at)
  VALUES (:shop, :id, :topic, :ref, :person, 'open', :due_at, 0, :now, :now) ON CONFLICT (shop_id, topic, external_ref) DO NOTHING`);
const BY_REF = statement<Row>(`SELECT ${COLUMNS} FROM privacy_request WHERE shop_id = :shop AND topic = :topic AND external_ref = :ref`);
const BY_ID = statement<Row>(`SELECT ${COLUMNS} FROM privacy_request WHERE shop_id = :shop AND id = :id`);
const UNFINISHED = statement<Row>(`SELECT ${COLUMNS} FROM privacy_request WHERE shop_id = :shop AND state <> 'done' ORDER BY due_at, id LIMIT 500`);
const LIST = statement<Row>(`SELECT ${COLUMNS} FROM privacy_request WHERE shop_id = :shop ORDER BY created_at DESC, id DESC LIMIT 500`);
const DONE = statement(`UPDATE privacy_request SET state = 'done', receipt = :receipt, package = :package, error = NULL, attempts = attempts + 1, completed_at = :now, updated_at = :now WHERE shop_id = :shop AND id = :id`);
const FAILED = statement(`UPDATE privacy_request SET state = 'failed', error = :error, receipt = :receipt, attempts = attempts + 1, updated_at = :now WHERE shop_id = :shop AND id = :id`);
const PACKAGE = statement<{ package: string | null }>('SELECT package FROM privacy_request WHERE shop_id = :shop AND id = :id');
const FORGET_PACKAGES = statement('UPDATE privacy_request SET package = NULL WHERE shop_id = :shop AND package IS NOT NULL AND completed_at < :before');

const requestOf = (row: Row): PrivacyRequest => ({
  id: row.id, topic: row.topic, externalRef: row.external_ref, personId: row.person_id, state: row.state, receivedAt: row.created_at,
  dueAt: row.due_at, completedAt: row.completed_at, error: row.error, receipt: row.receipt === null ? null : JSON.parse(row.receipt) as unknown, hasPackage: row.packed === 1, personErased: row.erased === 1,
});

/** What a platform or a merchant must have answered by a date: hand over, erase, or forget a whole shop. */
export class PrivacyRequestsService {
  constructor(private readonly db: Database, private readonly privacy: PrivacyService, private readonly shops: ShopRedactionService, private readonly audit: AuditService) {}

  /** Notes a request; the same topic and reference is the same request. Due within a day unless `dueAt` says otherwise. */
  async open(ctx: ShopContext, request: { readonly topic: PrivacyTopic; readonly ref: string; readonly personId?: string | undefined; readonly dueAt?: Instant }): Promise<PrivacyRequest> {
    const { topic, ref } = request;
    return this.db.write(ctx, async (unit, inner) => {
      const rows = await unit.run(OPEN, { id: newId(), topic, ref, person: request.personId ?? null, due_at: request.dueAt ?? inner.now + DAY, now: inner.now });
      const row = await unit.one(BY_REF, { topic, ref });
      if (!row) throw notFound('privacy request', ref);
      if (rows > 0) await unit.steps(this.audit.steps.record(inner, 'privacy.request', `privacy:${row.id}`, { topic, person: request.personId ?? null }));
      return requestOf(row);
    });
  }

  /** Does what the request asks, once; a request about nobody we know is done with an empty receipt. Failures are kept and tried again by `fulfilAll`. */
  async fulfil(ctx: ShopContext, id: string): Promise<PrivacyRequest> {
    const row = await this.db.read(ctx, (q) => q.one(BY_ID, { id }));
    if (!row) throw notFound('privacy request', id);
    if (row.state === 'done') return requestOf(row);
    try {
      const { receipt, complete, pack } = await this.#answer(ctx, row);
      await this.db.write(ctx, (unit) => (complete
        ? unit.run(DONE, { id, receipt: JSON.stringify(receipt), package: pack ? JSON.stringify(pack) : null, now: ctx.now })
        : unit.run(FAILED, { id, receipt: JSON.stringify(receipt), error: 'Some owners could not answer; see the receipt.', now: ctx.now })));
    } catch (error) {
      await this.db.write(ctx, (unit) => unit.run(FAILED, { id, receipt: null, error: failureText(error), now: ctx.now }));
    }
    const after = await this.db.read(ctx, (q) => q.one(BY_ID, { id }));
    return requestOf(after ?? row);
  }

  /** Everything of a shop that is not done; answers how many were completed. */
  async fulfilAll(ctx: ShopContext): Promise<number> {
    let done = 0;
    for (const row of await this.db.read(ctx, (q) => q.many(UNFINISHED))) if ((await this.fulfil(ctx, row.id)).state === 'done') done += 1;
    return done;
  }

  /** Newest first, at most 500. */
  async list(ctx: ShopContext): Promise<readonly PrivacyRequest[]> { return (await this.db.read(ctx, (q) => q.many(LIST))).map(requestOf); }

  /** The package of a fulfilled data request, for 30 days; each look is a line in the audit. */
  async packageOf(ctx: ShopContext, id: string): Promise<PersonExport> {
    const row = await this.db.read(ctx, (q) => q.one(PACKAGE, { id }));
    if (!row?.package) throw notFound('package of a privacy request', id);
    await this.audit.record(ctx, 'privacy.package.read', `privacy:${id}`);
    return JSON.parse(row.package) as PersonExport;
  }

  /** Packages are forgotten after 30 days. */
  purge(ctx: ShopContext): Promise<number> { return this.db.write(ctx, (unit) => unit.run(FORGET_PACKAGES, { before: ctx.now - 30 * DAY })); }

  async #answer(ctx: ShopContext, row: Row): Promise<{ receipt: unknown; complete: boolean; pack?: PersonExport }> {
    if (row.topic === 'shop_redact') return { receipt: await this.shops.redactShop(ctx), complete: true };
    if (row.person_id === null) return { receipt: { nobody: true }, complete: true };
    if (row.topic === 'redact') {
      const receipt = await this.privacy.erasePerson(ctx, row.person_id);
      return { receipt, complete: Object.keys(receipt.failed).length === 0 };
    }
    const pack = await this.privacy.exportPerson(ctx, row.person_id);
    return { receipt: { owners: Object.keys(pack.data), missing: pack.missing }, complete: Object.keys(pack.missing).length === 0, pack };
  }
}
