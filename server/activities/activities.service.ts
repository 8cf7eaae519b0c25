import {
  conflict, newId, notFound, refused, sql, type Activities, type Activity, type ActivityAction, type ActivityChange, type ActivityState, type ActivityType, type Database, type Instant, type Localised, type ShopContext, type Unit, type WriteUnit,
} from '../plugin-api/index.js';
import type { AuditService } from '../privacy/audit.service.js';
import { moved } from './activity-moves.js';
import { changed, keepVersion } from './activity-record.js';
import { activityOf, stateAt, type ActivityRow, type StoredState } from './activity-row.js';
import { BY_ID, EDIT, INSERT, LIST, LIVE_BY_ID, REMOVE, REMOVE_VERSIONS, VERSIONS } from './activity.statements.js';
import { ActivityTypes, type RegisteredType } from './activity-types.js';
import { changesBetween, demandFavourable, type Rules } from './changes/live-change.js';
import { revised } from './changes/revised.js';
import { settled } from './settling/settle.js';
import { SheetsService } from './sheets/sheets.service.js';

export interface ActivityVersion {
  readonly version: number; readonly at: Instant; readonly actor: string; readonly change: string; readonly rulesHash: string; readonly snapshot: Activity;
}
interface Draft<C> { readonly type: string; readonly title: string; readonly config: C; readonly startsAt?: Instant | null; readonly endsAt?: Instant | null }
type Change<C> = Partial<Omit<Draft<C>, 'type'>>;

/** What speaks against publishing an activity, in both languages. */
export interface PublishBlocker { readonly code: string; readonly text: Localised }
/** Asked inside the unit that publishes. */
export type PublishGuard = (ctx: ShopContext, activityId: string) => Promise<readonly PublishBlocker[]>;

/** What can be stored for a state that a person sees. */
const STORED_FOR: Readonly<Record<ActivityState, StoredState | null>> = { draft: 'draft', checked: 'draft', scheduled: 'scheduled', live: 'scheduled', paused: 'paused', ended: null, settled: null, archived: null };

/** What runs between two dates: drafts are free, published rules stand, every change is a version and a line in the audit. */
export class ActivitiesService implements Activities {
  readonly types = new ActivityTypes();
  readonly steps = { live: <C>(ctx: ShopContext, id: string): Unit<Activity<C> | undefined> => this.#live<C>(ctx, id) };

  readonly sheets: SheetsService;
  #guard: PublishGuard | undefined;

  constructor(private readonly db: Database, private readonly audit: AuditService) { this.sheets = new SheetsService(db, audit); }

  /** Whom to ask before anything is published. */
  guardWith(guard: PublishGuard): void { this.#guard = guard; }

  // oxlint-disable-next-line typescript/no-explicit-any
  registerType(plugin: string, name: string, type: ActivityType<any>, title: Localised): void { this.types.register(plugin, name, type, title); }
  unregisterTypes(plugin: string): void { this.types.unregister(plugin); }
  registeredTypes(): readonly RegisteredType[] { return this.types.all(); }

  create<C>(ctx: ShopContext, draft: Draft<C>): Promise<Activity<C>> {
    const dates = { startsAt: draft.startsAt ?? null, endsAt: draft.endsAt ?? null };
    const checked = this.types.check(draft.type, ctx.locale, { ...draft, ...dates });
    return this.#insert<C>(ctx, { type: draft.type, ...checked, ...dates }, 'activity.create');
  }

  update<C>(ctx: ShopContext, id: string, change: Change<C>): Promise<Activity<C>> {
    return this.db.write(ctx, async (unit, inner) => {
      const row = await this.#row(unit, id);
      this.#onlyDraft(row, inner.now, 'edited');
      const startsAt = change.startsAt === undefined ? row.starts_at : change.startsAt;
      const endsAt = change.endsAt === undefined ? row.ends_at : change.endsAt;
      const checked = this.types.check(row.type, inner.locale, { title: change.title ?? row.title, config: change.config === undefined ? JSON.parse(row.config) : change.config, startsAt, endsAt });
      const rows = await unit.run(EDIT, { id, version: row.version, ...checked, starts_at: startsAt, ends_at: endsAt, now: inner.now });
      if (rows === 0) changed();
      await unit.steps(this.audit.steps.record(inner, 'activity.update', `activity:${id}`, { version: row.version + 1 }));
      return activityOf<C>({ ...row, ...checked, starts_at: startsAt, ends_at: endsAt, checked_at: null, version: row.version + 1 }, inner.now);
    });
  }

  async get<C>(ctx: ShopContext, id: string): Promise<Activity<C> | undefined> {
    const row = await this.db.read(ctx, (q) => q.one(BY_ID, { id }));
    return row && activityOf<C>(row, ctx.now);
  }

  /** Newest first, at most 1,000. */
  async list<C>(ctx: ShopContext, filter: { readonly type?: string; readonly state?: ActivityState } = {}): Promise<Activity<C>[]> {
    const rows = await this.db.read(ctx, (q) => q.many(LIST, { type: filter.type ?? null, stored: filter.state ? STORED_FOR[filter.state] : null }));
    return rows.map((row) => activityOf<C>(row, ctx.now)).filter((activity) => filter.state === undefined || activity.state === filter.state);
  }

  transition(ctx: ShopContext, id: string, action: ActivityAction, notice?: Localised): Promise<Activity> {
    return this.db.write(ctx, async (unit, inner) => {
      const row = await this.#row(unit, id);
      const next = moved(row, action, inner.now, inner.locale, notice);
      // Between the draft, or the check, and now the rules of type and planner may have become stricter.
      if (action === 'publish' || action === 'check') {
        this.types.check(row.type, inner.locale, { title: row.title, config: JSON.parse(row.config), startsAt: next.starts_at, endsAt: next.ends_at });
        await this.#cleared(inner, id);
      }
      const activity = await keepVersion(unit, this.audit, inner, row, { ...next, published_at: action === 'check' ? null : row.published_at ?? inner.now }, action);
      const type = this.types.find(row.type);
      if (action === 'publish' && type?.definition.publish) await unit.steps(type.definition.publish(inner, activity));
      if (action === 'publish' || next.ends_at !== row.ends_at) {
        const changes = action === 'publish' ? [] : changesBetween(type?.definition, { config: activity.config, endsAt: row.ends_at }, { config: activity.config, endsAt: next.ends_at }, inner.shop.zone);
        await unit.steps(this.sheets.steps.publish(inner, activity, type, changes));
      }
      if (action === 'settle') await unit.steps(settled(inner, activity, type));
      return activity;
    });
  }

  /** How published rules would change. Errors: 409 when it is not published or over, 422 when the rules are not valid. */
  async preview(ctx: ShopContext, id: string, change: Partial<Rules>): Promise<readonly ActivityChange[]> {
    const row = await this.db.read(ctx, (q) => q.one(BY_ID, { id }));
    if (!row) throw notFound('activity', id);
    return revised(ctx, row, change, this.types).changes;
  }

  revise<C>(ctx: ShopContext, id: string, change: Partial<Rules>): Promise<Activity<C>> {
    return this.db.write(ctx, async (unit, inner) => {
      const row = await this.#row(unit, id);
      const { changes, next } = revised(inner, row, change, this.types);
      demandFavourable(changes, inner.shop.key);
      const activity = await keepVersion(unit, this.audit, inner, row, next, 'revise', { fields: changes.map(({ field, before, after }) => ({ field, before: before.en, after: after.en })) });
      const type = this.types.find(row.type);
      if (type?.definition.revise && next.config !== row.config) await unit.steps(type.definition.revise(inner, activityOf(row, inner.now), activity));
      await unit.steps(this.sheets.steps.publish(inner, activity, type, changes));
      return activity as Activity<C>;
    });
  }

  async duplicate(ctx: ShopContext, id: string): Promise<Activity> {
    const row = await this.db.read(ctx, (q) => q.one(BY_ID, { id }));
    if (!row) throw notFound('activity', id);
    const suffix = ctx.locale === 'zh-CN' ? '（副本）' : ' (copy)';
    return this.#insert(ctx, { type: row.type, title: row.title.slice(0, 200 - suffix.length) + suffix, config: row.config, startsAt: null, endsAt: null }, 'activity.duplicate', { from: id });
  }

  remove(ctx: ShopContext, id: string): Promise<void> {
    return this.db.write(ctx, async (unit, inner) => {
      const row = await this.#row(unit, id);
      this.#onlyDraft(row, inner.now, 'removed');
      await unit.run(REMOVE_VERSIONS, { id });
      if (await unit.run(REMOVE, { id, version: row.version }) === 0) changed();
      await unit.steps(this.audit.steps.record(inner, 'activity.remove', `activity:${id}`, { type: row.type }));
    });
  }

  /** What it said at each change since it was published, newest first. */
  async versions(ctx: ShopContext, id: string): Promise<readonly ActivityVersion[]> {
    const rows = await this.db.read(ctx, (q) => q.many(VERSIONS, { id }));
    return rows.map((row) => ({ version: row.version, at: row.at, actor: row.actor, change: row.change, rulesHash: row.rules_hash, snapshot: JSON.parse(row.snapshot) as Activity }));
  }

  *#live<C>(ctx: ShopContext, id: string): Unit<Activity<C> | undefined> {
    const row = yield* sql.one(LIVE_BY_ID, { id, now: ctx.now });
    return row && activityOf<C>(row, ctx.now);
  }

  async #row(unit: WriteUnit, id: string): Promise<ActivityRow> {
    const row = await unit.one(BY_ID, { id });
    if (!row) throw notFound('activity', id);
    return row;
  }

  async #cleared(ctx: ShopContext, id: string): Promise<void> {
    const blockers = await this.#guard?.(ctx, id) ?? [];
    if (blockers.length) throw refused('GX_ACTIVITY_BLOCKED', `${ctx.locale === 'zh-CN' ? '暂时不能发布。' : 'This cannot be published yet. '}${blockers.map(({ text }) => text[ctx.locale]).join(' ')}`, { blockers: blockers.map(({ code, text }) => ({ code, text: { ...text } })) });
  }

  #onlyDraft(row: ActivityRow, now: Instant, verb: string): void {
    if (row.state !== 'draft') throw conflict('GX_ACTIVITY_FROZEN', `A published activity cannot be ${verb}: shoppers rely on its rules. Make a copy and change that.`, { state: stateAt(row, now) });
  }

  #insert<C>(ctx: ShopContext, draft: { type: string; title: string; config: string; startsAt: Instant | null; endsAt: Instant | null }, action: string, detail: Readonly<Record<string, unknown>> = {}): Promise<Activity<C>> {
    return this.db.write(ctx, async (unit, inner) => {
      const id = newId();
      await unit.run(INSERT, { id, type: draft.type, title: draft.title, config: draft.config, starts_at: draft.startsAt, ends_at: draft.endsAt, now: inner.now });
      await unit.steps(this.audit.steps.record(inner, action, `activity:${id}`, { type: draft.type, ...detail }));
      return activityOf<C>({ ...draft, id, state: 'draft', starts_at: draft.startsAt, ends_at: draft.endsAt, version: 1, published_at: null, rules_hash: null, created_at: inner.now, checked_at: null, settled_at: null, archived_at: null, notice: null }, inner.now);
    });
  }
}
