import { actorName, conflict, newId, notFound, refused, sql, type Database, type Instant, type ShopContext, type Unit } from '../../plugin-api/index.js';
import type { AuditService } from '../../privacy/audit.service.js';
import { earnCampaignOf, type EarnCampaign, type EarnCampaignDraft } from './earn-campaign.js';
import { earnRuleOf, earnRuleParams, firstRule, type EarnRule, type EarnRuleDraft, type EarnRuleVersion } from './earn-rule.js';
import { DELETE_EARN_CAMPAIGN, EARN_CAMPAIGN, EARN_CAMPAIGNS, EARN_RULE_USES, EARN_RULES, INSERT_EARN_RULE, STORE_EARN_CAMPAIGN } from './earning-statements.js';

/** What the merchant says of a new version; without a start it holds from now on. */
export type NewEarnRule = Omit<EarnRuleDraft, 'startsAt'> & { readonly startsAt: Instant | null };

/** The rules by which orders earn points, version by version, and the campaigns that multiply them. */
export class EarnRulesService {
  constructor(private readonly db: Database, private readonly audit: AuditService) {}

  /** Newest first; there is always version 1. */
  async versions(ctx: ShopContext): Promise<readonly EarnRuleVersion[]> {
    const rows = await this.db.read(ctx, (q) => q.many(EARN_RULES));
    return rows.length > 0 ? rows.map(earnRuleOf) : [{ ...firstRule(ctx.shop.currency), at: 0, actor: 'system:guanxi' }];
  }

  /** How many orders earned under which version. */
  async uses(ctx: ShopContext): Promise<ReadonlyMap<number, number>> {
    return new Map((await this.db.read(ctx, (q) => q.many(EARN_RULE_USES))).map(({ version, orders }) => [version, orders]));
  }

  /**
   * Makes a new version for orders paid from its start on; a start in the past is now. Orders keep the version they earned under.
   * Errors: 409 `GX_EARN_RULE_CHANGED` when somebody else saved meanwhile, 422 `GX_EARN_DATES`.
   */
  async save(ctx: ShopContext, basedOn: number, draft: NewEarnRule): Promise<EarnRule> {
    const startsAt = Math.max(draft.startsAt ?? ctx.now, ctx.now);
    if (draft.endsAt !== null && draft.endsAt <= startsAt) throw refused('GX_EARN_DATES', 'The rule would end before it begins. Choose a later end.', { fields: { endsAt: 'order' } });
    const rule: EarnRule = { ...draft, startsAt, version: basedOn + 1 };
    const actor = actorName(ctx.actor).slice(0, 300), { audit } = this;
    await this.db.hot(ctx, 'earn-rule', function* (inner): Unit<void> {
      yield* sql.run(INSERT_EARN_RULE, earnRuleParams(firstRule(inner.shop.currency), 0, 'system:guanxi'));
      const before = (yield* sql.many(EARN_RULES))[0];
      const written = before?.version === basedOn ? yield* sql.run(INSERT_EARN_RULE, earnRuleParams(rule, inner.now, actor)) : 0;
      if (written === 0) throw conflict('GX_EARN_RULE_CHANGED', 'Somebody else changed how orders earn points meanwhile. Reload the page and look at theirs first.', { latest: before?.version });
      yield* audit.steps.record(inner, 'points.earn-rule', `shop:${inner.shop.key}`, { before: before ? earnRuleOf(before) : null, after: rule });
    });
    return rule;
  }

  /** At most 200, those that end last first. */
  async campaigns(ctx: ShopContext): Promise<readonly EarnCampaign[]> {
    return (await this.db.read(ctx, (q) => q.many(EARN_CAMPAIGNS))).map(earnCampaignOf);
  }

  /**
   * Plans a campaign, or changes one. Before its start everything can change; while it runs, only its title and its end, since orders have
   * been paid under it; an end in the past is now. Errors: 404 `GX_NOT_FOUND`, 409 `GX_EARN_CAMPAIGN_RUNS`, 422 `GX_EARN_DATES`.
   */
  async saveCampaign(ctx: ShopContext, id: string | undefined, draft: EarnCampaignDraft): Promise<EarnCampaign> {
    const actor = actorName(ctx.actor).slice(0, 300), { audit } = this;
    return this.db.hot(ctx, 'earn-campaign', function* (inner): Unit<EarnCampaign> {
      const row = id === undefined ? undefined : yield* sql.one(EARN_CAMPAIGN, { id });
      if (id !== undefined && !row) throw notFound('campaign', id);
      const before = row && earnCampaignOf(row);
      const begun = before !== undefined && before.startsAt <= inner.now;
      if (begun) assertRunning(before, draft, inner.now);
      const campaign: EarnCampaign = begun
        ? { ...before, title: draft.title, endsAt: before.endsAt <= inner.now ? before.endsAt : Math.max(draft.endsAt, inner.now) }
        : { ...draft, id: id ?? newId(), startsAt: Math.max(draft.startsAt, inner.now) };
      if (campaign.endsAt <= campaign.startsAt) throw refused('GX_EARN_DATES', 'The campaign would be over before it begins. Choose a later end.', { fields: { endsAt: 'order' } });
      yield* sql.run(STORE_EARN_CAMPAIGN, {
        id: campaign.id, titleEn: campaign.title.en, titleZh: campaign.title['zh-CN'], basisPoints: campaign.basisPoints, startsAt: campaign.startsAt, endsAt: campaign.endsAt, goods: JSON.stringify(campaign.goods), at: inner.now, actor,
      });
      yield* audit.steps.record(inner, 'points.earn-campaign', `campaign:${campaign.id}`, { before: before ?? null, after: campaign });
      return campaign;
    });
  }

  /** Only before its start; a running one is ended by its date. Errors: 404 `GX_NOT_FOUND`, 409 `GX_EARN_CAMPAIGN_RUNS`. */
  async removeCampaign(ctx: ShopContext, id: string): Promise<void> {
    const { audit } = this;
    await this.db.hot(ctx, 'earn-campaign', function* (inner): Unit<void> {
      const row = yield* sql.one(EARN_CAMPAIGN, { id });
      if (!row) throw notFound('campaign', id);
      if (row.starts_at <= inner.now) throw conflict('GX_EARN_CAMPAIGN_RUNS', 'This campaign has begun, and orders may have earned under it. Let it end earlier instead.');
      yield* sql.run(DELETE_EARN_CAMPAIGN, { id });
      yield* audit.steps.record(inner, 'points.earn-campaign', `campaign:${id}`, { before: earnCampaignOf(row), after: null });
    });
  }
}

function assertRunning(before: EarnCampaign, after: EarnCampaignDraft, now: Instant): void {
  const kept = before.basisPoints === after.basisPoints && JSON.stringify(before.goods) === JSON.stringify(after.goods);
  if (kept && (before.endsAt > now || before.endsAt === after.endsAt)) return;
  throw conflict('GX_EARN_CAMPAIGN_RUNS', 'This campaign has begun, and orders have been paid under it: only its title and an end from now on can change. Plan another campaign for what should come next.');
}
