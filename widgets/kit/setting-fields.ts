/** Text in every language of the product. */
export interface LocalisedText { readonly en: string; readonly 'zh-CN': string }

/** One field of a plugin's settings as JSON, as `setting.*` of `guanxi/plugin` declares it. */
export interface SettingFieldJson {
  readonly kind: 'text' | 'number' | 'money' | 'toggle' | 'color' | 'choice' | 'secret';
  readonly label: LocalisedText;
  readonly help?: LocalisedText;
  readonly group?: LocalisedText;
  readonly default?: unknown;
  readonly max?: number;
  readonly min?: number;
  readonly multiline?: boolean;
  readonly unit?: LocalisedText;
  readonly options?: readonly { readonly value: string; readonly label: LocalisedText }[];
}
export type SettingFieldsJson = Readonly<Record<string, SettingFieldJson>>;
export type SettingValues = Readonly<Record<string, unknown>>;
