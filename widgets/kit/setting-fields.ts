/** Text in every language of the product. */
export interface LocalisedText { readonly en: string; readonly 'zh-CN': string }

/** One field of a plugin's settings as JSON, as `setting.*` of `guanxi/plugin` declares it. */
export interface SettingFieldJson {
  readonly kind: 'text' | 'number' | 'money' | 'toggle' | 'color' | 'choice' | 'product' | 'list' | 'secret' | /** `YYYY-MM-DD` or an empty text; forms of the admin only. */ 'date';
  readonly label: LocalisedText;
  readonly help?: LocalisedText;
  readonly group?: LocalisedText;
  readonly visibleWhen?: { readonly field: string; readonly is: string | boolean };
  readonly preview?: boolean;
  readonly shopper?: boolean;
  readonly default?: unknown;
  readonly max?: number;
  readonly min?: number;
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly unit?: LocalisedText;
  readonly options?: readonly { readonly value: string; readonly label: LocalisedText }[];
}
export type SettingFieldsJson = Readonly<Record<string, SettingFieldJson>>;
export type SettingValues = Readonly<Record<string, unknown>>;

/** A product as a form names it. */
export interface ProductChoice { readonly sku: string; readonly title: string; readonly imageUrl?: string | null }
/** Where a form finds the shop's products. */
export interface ProductSource {
  search(text: string): Promise<readonly ProductChoice[]>;
  /** A product that is chosen already; undefined when the shop no longer has it. */
  bySku(sku: string): Promise<ProductChoice | undefined>;
}

/** Whether a field is asked for, as the other values stand. */
export function isSettingShown(fields: SettingFieldsJson, values: SettingValues, name: string): boolean {
  const when = fields[name]?.visibleWhen;
  return !when || (values[when.field] === when.is && isSettingShown(fields, values, when.field));
}
