import type { LocalisedText, SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { RiskTexts } from './locales/en.js';
import { r } from './texts.js';

export interface RiskReason { readonly signal: string; readonly count: number; readonly weight: number }
export interface HeldReward {
  readonly id: string; readonly grantId: string; readonly personId: string; readonly name: string | null; readonly title: string; readonly cause: 'risk' | 'breaker'; readonly score: number; readonly reasons: readonly RiskReason[];
  readonly reward: { readonly kind: string; readonly amount: number; readonly title: string }; readonly source: string; readonly at: number; readonly until: number | null; readonly state: HeldState; readonly decidedAt: number | null; readonly decidedBy: string | null;
  readonly note: string | null; readonly appeal: string | null; readonly appealedAt: number | null; readonly clusterId: string | null; readonly people: number;
}
export type HeldState = 'held' | 'released' | 'refused';
export interface GrantStop { readonly id: string; readonly scope: string; readonly title: string; readonly rule: 'rate' | 'risk'; readonly grants: number; readonly usual: number; readonly risky: number; readonly at: number; readonly resumedAt: number | null; readonly resumedBy: string | null; readonly note: string | null; readonly held: number }
export interface RiskRules { readonly watching: boolean; readonly holdFrom: number; readonly reviewFrom: number; readonly holdHours: number }
export interface RiskAnswer { readonly waiting: number; readonly items: readonly Omit<HeldReward, 'id'>[]; readonly stops: readonly GrantStop[]; readonly rules: RiskRules }
export interface Member { readonly id: string; readonly personId: string; readonly name: string | null; readonly email: string | null; readonly since: number; readonly orders: number; readonly score: number; readonly reasons: readonly RiskReason[] }

/** Why, in whole sentences, the weightiest first. */
export const reasonsText = (reasons: readonly RiskReason[]): readonly string[] => reasons.map(({ signal, count }) => r(`reason.${signal}` as keyof RiskTexts, { n: count }));
/** 0 … 100, as people read it. */
export const scoreOf = (basisPoints: number): number => Math.round(basisPoints / 100);

const text = (en: string, zh: string): LocalisedText => ({ en, 'zh-CN': zh });
const OF_100 = text('of 100', '/ 100');
export const RULE_FIELDS: SettingFieldsJson = {
  watching: { kind: 'toggle', label: text('Check before giving', '发放前核查') },
  holdFrom: { kind: 'number', min: 1, max: 100, unit: OF_100, label: text('Rewards wait from a risk of', '风险达到此值时先保留'), visibleWhen: { field: 'watching', is: true } },
  holdHours: { kind: 'number', min: 1, max: 720, unit: text('hours', '小时'), label: text('They are given by themselves after', '保留多久后自动发放'), visibleWhen: { field: 'watching', is: true } },
  reviewFrom: { kind: 'number', min: 1, max: 100, unit: OF_100, label: text('Above this, staff decide', '高于此值时由员工决定'), help: text('What nobody has looked at for 90 days is given.', '90 天内无人处理的奖励会自动发放。'), visibleWhen: { field: 'watching', is: true } },
};
export const ruleValues = (rules: RiskRules): SettingValues => ({ ...rules, holdFrom: scoreOf(rules.holdFrom), reviewFrom: scoreOf(rules.reviewFrom) });
/** What the server takes. */
export const rulesOf = ({ watching, holdFrom, reviewFrom, holdHours }: SettingValues): RiskRules => ({ watching: watching === true, holdFrom: Number(holdFrom) * 100, reviewFrom: Number(reviewFrom) * 100, holdHours: Number(holdHours) });
