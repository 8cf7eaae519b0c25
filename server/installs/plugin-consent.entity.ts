import { Field, instant, json, ShopEntity, Table, text, type Localised } from '../plugin-api/index.js';
import type { Asks } from './asks.js';

/** What was on the screen when somebody agreed. */
export interface Shown { readonly asks: Asks; /** Its name, for when the code is gone; early agreements lack it. */ readonly title?: Localised; readonly storefrontBytes: number; readonly tables: readonly string[] }

/** One agreement of a merchant; none is ever changed, the newest counts. */
@Table('plugin_consent')
export class PluginConsent extends ShopEntity {
  @Field(text({ max: 40 })) plugin!: string;
  @Field(text({ max: 40 })) version!: string;
  /** Of the preview that was shown. */
  @Field(text({ max: 64 })) hash!: string;
  @Field(json()) granted!: string[];
  /** Optional capabilities that were refused. */
  @Field(json()) declined!: string[];
  @Field(json()) shown!: Shown;
  @Field(text({ max: 300 })) actor!: string;
  @Field(instant()) at!: number;
}
