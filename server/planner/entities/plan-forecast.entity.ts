import { choice, date, Field, flag, instant, integer, json, ShopEntity, Table, text, type BusinessDate, type Instant } from '../../plugin-api/index.js';
import type { WhatIf } from '../mix/what-if.js';
import type { Outcome } from '../simulation/plan.js';

export const FORECAST_STATES = ['running', 'done', 'failed', 'cancelled'] as const;
/** The three rows that every run compares. */
export interface ForecastOutcome { readonly now: Outcome; readonly tried: Outcome; readonly pack: Outcome }

/** One simulation: what was asked, how far it is, what came of it. Unless it is kept, newer ones push it out. */
@Table('plan_forecast')
export class PlanForecast extends ShopEntity {
  @Field(text({ max: 120 })) name!: string;
  @Field(choice(FORECAST_STATES)) state!: (typeof FORECAST_STATES)[number];
  @Field(flag()) kept!: boolean;
  /** Members done and to do, of all three plans together. */
  @Field(integer()) done!: number;
  @Field(integer()) total!: number;
  /** First business date of the forecast. */
  @Field(date()) fromDate!: BusinessDate;
  @Field(integer()) days!: number;
  @Field(integer()) members!: number;
  /** Whether the shop's own history was replayed, and whether drafts counted. */
  @Field(flag()) replayed!: boolean;
  @Field(flag()) drafts!: boolean;
  @Field(json()) whatIf!: WhatIf;
  /** SHA-256 of the mix; a forecast speaks for the mix it was made of and no other. */
  @Field(text({ max: 64 })) mixHash!: string;
  @Field(json({ nullable: true })) outcome!: ForecastOutcome | null;
  @Field(text({ max: 1_000, nullable: true })) error!: string | null;
  @Field(text({ max: 200 })) startedBy!: string;
  /** System time of the last sign of life of the process that runs it. */
  @Field(instant()) aliveAt!: Instant;
}
