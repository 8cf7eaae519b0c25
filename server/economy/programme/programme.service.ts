import { actorName, addDays, conflict, sql, startOfBusinessDate, type Database, type Instant, type PointsProgramme, type Shop, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { closeWallet, openWallet } from '../ledger-entry.js';
import { expiryOf, pointsDate } from '../points-calendar.js';
import { expireDueLots, payDebt } from '../wallet-moves.js';
import { BEGIN_EXPIRY, BEGIN_EXPIRY_OF_PENDING, DEBTORS_WITH_POINTS, END_EXPIRY, GUARD_EXPIRY, INSERT_VERSION, LAST_PENDING, VERSIONS } from './programme-statements.js';
import { programmeOf, programmeRow } from './programme.js';

export interface ProgrammeVersion extends PointsProgramme { readonly at: Instant; readonly actor: string }
export type ProgrammeDraft = Omit<PointsProgramme, 'version'>;

/** The merchant's rules for points, version by version. */
export class ProgrammeService {
  /** `changed` brings the shop's memory of its rules up to date, here and on other nodes. */
  constructor(private readonly db: Database, private readonly audit: AuditService, private readonly changed: (shop: Shop) => Promise<void>) {}

  /** The latest 50, newest first. */
  async versions(ctx: ShopContext): Promise<readonly ProgrammeVersion[]> {
    return (await this.db.read(ctx, (q) => q.many(VERSIONS))).map((row) => ({ ...programmeRow(row), at: row.at, actor: row.actor }));
  }

  /**
   * Makes a new version of `basedOn`. Switching expiry on gives all points one full period from now, switching it off keeps what has not expired.
   * Errors: 409 `GX_PROGRAMME_CHANGED` when somebody else saved meanwhile.
   */
  async save(ctx: ShopContext, basedOn: number, draft: ProgrammeDraft): Promise<PointsProgramme> {
    const before = programmeOf(ctx.shop);
    const programme: PointsProgramme = { ...draft, version: basedOn + 1 };
    const shop: Shop = { ...ctx.shop, points: programme };
    const { audit } = this;
    await this.db.hot(ctx, 'programme', function* (inner): Unit<void> {
      const latest = (yield* sql.many(VERSIONS))[0]?.version ?? 0;
      const written = latest === basedOn ? yield* sql.run(INSERT_VERSION, {
        version: programme.version, nameEn: draft.name.en, nameZh: draft.name['zh-CN'], worth: draft.worth, liveDays: draft.liveDays, returnDays: draft.returnDays, undeliveredDays: draft.undeliveredDays,
        debtPolicy: draft.debtPolicy, guestLimit: draft.guestLimit, guestDays: draft.guestDays, adjustmentLimit: draft.adjustmentLimit, at: inner.now, actor: actorName(inner.actor).slice(0, 300),
      }) : 0;
      if (written === 0) throw conflict('GX_PROGRAMME_CHANGED', 'Somebody else changed the rules for points meanwhile. Reload the page and look at theirs first.', { latest });
      if (before.liveDays === null && draft.liveDays !== null) yield* beginExpiry({ ...inner, shop });
      if (before.liveDays !== null && draft.liveDays === null) yield* sql.run(END_EXPIRY, { now: inner.now });
      yield* audit.steps.record(inner, 'points.programme', `shop:${shop.key}`, { version: programme.version, before: changesOf(before, programme), after: changesOf(programme, before) });
    });
    await this.changed(ctx.shop);
    if (before.debtPolicy === 'ask_at_next_redemption' && draft.debtPolicy !== 'ask_at_next_redemption') await this.#payDebts({ ...ctx, shop });
    return programme;
  }

  /** Nobody asks for these debts any more, so points pay them as everywhere. */
  async #payDebts(ctx: ShopContext): Promise<void> {
    for (const { person_id } of await this.db.read(ctx, (q) => q.scan(DEBTORS_WITH_POINTS))) {
      await this.db.hot(ctx, person_id, function* (inner) {
        const wallet = yield* openWallet(inner, person_id);
        if (!wallet) return;
        const under = { ...inner, shop: ctx.shop };
        yield* expireDueLots(under, wallet);
        yield* payDebt(under, wallet);
        yield* closeWallet(wallet);
      });
    }
  }
}

function* beginExpiry(ctx: ShopContext): Unit<void> {
  const expiresAt = expiryOf(ctx.shop, ctx.now);
  yield* sql.run(BEGIN_EXPIRY, { now: ctx.now, expiresAt });
  const last = (yield* sql.one(LAST_PENDING, { now: ctx.now }))?.at ?? null;
  // All points that open on one business date end on one.
  for (let from = ctx.now, date = pointsDate(ctx.shop, from); last !== null && from <= last;) {
    date = addDays(date, 1);
    const until = startOfBusinessDate(ctx.shop, date);
    yield* sql.run(BEGIN_EXPIRY_OF_PENDING, { from, until, now: ctx.now, expiresAt: expiryOf(ctx.shop, from) });
    from = until;
  }
  yield* sql.run(GUARD_EXPIRY, { expiresAt });
}

/** The fields of `of` that differ from `other`, for the audit. */
function changesOf(of: PointsProgramme, other: PointsProgramme): Record<string, unknown> {
  return Object.fromEntries(Object.entries(of).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(other[key as keyof PointsProgramme])));
}
