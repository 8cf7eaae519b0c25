import { failureText } from '../events/context-for.js';
import type { Outbox } from '../events/outbox.js';
import { conflict, notFound, sql, type Database, type ShopContext } from '../plugin-api/index.js';
import type { AuditService } from './audit.service.js';
import { ERASE_IDENTITIES, ERASE_PERSON, FAMILY, FORGET_PACKAGE, PERSON_OF_IDENTITY, SECTIONS } from './person.statements.js';
import type { PluginPersonalData } from './plugin-personal-data.service.js';
import type { ErasureReceipt, ExportRows, PersonalDataSource, PersonExport } from './personal-data-source.js';

/** A person and the guests who became them. */
type Family = readonly { readonly id: string }[];

/** Hands over and erases what is known of a person, in the core and in every plugin, and leaves a line in the audit each time. */
export class PrivacyService {
  readonly #sources = new Map<string, PersonalDataSource>();

  constructor(private readonly db: Database, private readonly audit: AuditService, private readonly outbox: Outbox, private readonly declared?: PluginPersonalData) {}

  /** For data that no manifest declares; a plugin's declared data needs no source. */
  registerSource(source: PersonalDataSource): void {
    if (this.#sources.has(source.owner)) throw conflict('GX_PRIVACY_SOURCE_TAKEN', `Personal data of "${source.owner}" has a source already.`);
    this.#sources.set(source.owner, source);
  }
  unregisterSource(owner: string): void { this.#sources.delete(owner); }

  /** Notes that a member of staff saw personal fields. `what` names the view, e.g. `customer.timeline`. */
  accessed(ctx: ShopContext, personId: string, what: string): Promise<void> {
    return this.audit.record(ctx, 'person.read', `person:${personId}`, { what });
  }

  /** The person behind a platform's customer, after merges; undefined when nobody is. */
  async personOf(ctx: ShopContext, platform: string, externalId: string): Promise<string | undefined> {
    return (await this.db.read(ctx, (q) => q.one(PERSON_OF_IDENTITY, { platform, external: externalId })))?.person_id;
  }

  /** Everything about a person, merged guests included. A source that fails is named, not hidden. Errors: 404. */
  async exportPerson(ctx: ShopContext, personId: string): Promise<PersonExport> {
    const family = await this.#family(ctx, personId);
    const core: Record<string, ExportRows> = {};
    for (const [section, statement] of Object.entries(SECTIONS)) {
      core[section] = (await Promise.all(family.map(({ id }) => this.db.read(ctx, (q) => q.many(statement, { person: id }))))).flat();
    }
    const data: Record<string, Record<string, ExportRows>> = { core };
    const missing: Record<string, string> = {};
    for (const source of await this.#owners()) {
      try {
        const merged: Record<string, ExportRows> = {};
        for (const { id } of family) for (const [section, rows] of Object.entries(await source.export(ctx, id))) merged[section] = [...(merged[section] ?? []), ...rows];
        data[source.owner] = merged;
      } catch (error) { missing[source.owner] = failureText(error); }
    }
    await this.audit.record(ctx, 'person.export', `person:${personId}`, { owners: Object.keys(data), missing: Object.keys(missing) });
    return { personId, exportedAt: ctx.now, data, missing };
  }

  /**
   * Removes name, addresses and identities; orders and the ledger stay under the bare id. Each owner's part is a unit of its own, so that
   * one failing plugin does not keep the rest: the receipt names it, and erasing again completes it. The core comes last, so that whoever
   * hears of `customer.erased` finds what plugins declared erased already. Errors: 404.
   */
  async erasePerson(ctx: ShopContext, personId: string): Promise<ErasureReceipt> {
    const family = await this.#family(ctx, personId);
    const erased: Record<string, Readonly<Record<string, number>>> = {};
    const failed: Record<string, string> = {};
    for (const source of await this.#owners()) {
      try { erased[source.owner] = await this.#eraseFrom(ctx, source, personId, family); } catch (error) { failed[source.owner] = failureText(error); }
    }
    erased['core'] = await this.#eraseFromCore(ctx, personId, family);
    return { personId, erasedAt: ctx.now, erased, failed };
  }

  #eraseFrom(ctx: ShopContext, source: PersonalDataSource, personId: string, family: Family): Promise<Record<string, number>> {
    return this.db.write(ctx, async (_unit, inner) => {
      const rows: Record<string, number> = {};
      for (const { id } of family) for (const [table, count] of Object.entries(await source.erase(inner, id))) rows[table] = (rows[table] ?? 0) + count;
      if (Object.values(rows).some((count) => count > 0)) await this.audit.record(inner, 'person.erase', `person:${personId}`, { owner: source.owner, ...rows });
      return rows;
    });
  }

  #eraseFromCore(ctx: ShopContext, personId: string, family: Family): Promise<Record<string, number>> {
    const { audit, outbox } = this;
    return this.db.hot(ctx, `person:${personId}`, function* (inner) {
      const rows = { person: 0, identity: 0 };
      for (const { id } of family) {
        rows.person += yield* sql.run(ERASE_PERSON, { person: id, now: inner.now });
        rows.identity += yield* sql.run(ERASE_IDENTITIES, { person: id });
        yield* sql.run(FORGET_PACKAGE, { person: id, now: inner.now });
      }
      yield* audit.steps.record(inner, 'person.erase', `person:${personId}`, { owner: 'core', ...rows });
      if (rows.person > 0) yield* outbox.steps.emit(inner, 'customer.erased', { personId });
      return rows;
    });
  }

  async #owners(): Promise<readonly PersonalDataSource[]> { return [...this.#sources.values(), ...await this.declared?.sources() ?? []]; }

  async #family(ctx: ShopContext, personId: string): Promise<Family> {
    const family = await this.db.read(ctx, (q) => q.many(FAMILY, { person: personId }));
    if (family.length === 0) throw notFound('person', personId);
    return family;
  }
}
