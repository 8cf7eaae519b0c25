import { z } from 'zod';

/** Text in every language of the product; the widget and the form pick one. */
export interface Localised { readonly en: string; readonly 'zh-CN': string }

interface FieldBase<T> {
  readonly label: Localised;
  readonly help?: Localised;
  /** Fields of one group stand under one heading. */
  readonly group?: Localised;
  /** Asked only while a toggle or choice declared above it has this value; a hidden field is not checked and keeps its value or default. */
  readonly visibleWhen?: { readonly field: string; readonly is: string | boolean };
  /** The form shows the plugin's storefront widgets with what is being typed, if they are told of it (`shopper`). Of a colour or a text it does so unless this is false, of other kinds only if it is true. */
  readonly preview?: boolean;
  /** The plugin's storefront widgets are told of it, and so is whoever reads the shop's pages. Of other settings no shopper learns; a secret cannot have it. */
  readonly shopper?: boolean;
  readonly default: T;
}
export type SettingField =
  | (FieldBase<string> & { readonly kind: 'text'; readonly max?: number; readonly multiline?: boolean })
  | (FieldBase<number> & { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unit?: Localised })
  | (FieldBase<number> & { readonly kind: 'money' })
  | (FieldBase<boolean> & { readonly kind: 'toggle' })
  | (FieldBase<string> & { readonly kind: 'color' })
  | (FieldBase<string> & { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: Localised }[] })
  | (FieldBase<string | null> & { readonly kind: 'product' })
  | (FieldBase<readonly string[]> & { readonly kind: 'list'; /** Entries, 20 if not given. */ readonly max?: number; /** Characters of an entry, 200 if not given. */ readonly maxLength?: number })
  | (FieldBase<null> & { readonly kind: 'secret' });

export type SettingFields = Readonly<Record<string, SettingField>>;

type ValueOf<F extends SettingField> =
  F extends { kind: 'number' | 'money' } ? number : F extends { kind: 'toggle' } ? boolean : F extends { kind: 'list' } ? readonly string[] : F extends { kind: 'secret' | 'product' } ? string | null : string;

/** The values of a plugin's settings, inferred from its fields. */
export type SettingsOf<F extends SettingFields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** Field builders: one declaration gives type, validation, form, default and documentation. */
export const setting = {
  text: <const O extends Omit<Extract<SettingField, { kind: 'text' }>, 'kind'>>(options: O) => ({ kind: 'text' as const, ...options }),
  number: <const O extends Omit<Extract<SettingField, { kind: 'number' }>, 'kind'>>(options: O) => ({ kind: 'number' as const, ...options }),
  /** Minor units of the shop's currency. */
  money: <const O extends Omit<Extract<SettingField, { kind: 'money' }>, 'kind'>>(options: O) => ({ kind: 'money' as const, ...options }),
  toggle: <const O extends Omit<Extract<SettingField, { kind: 'toggle' }>, 'kind'>>(options: O) => ({ kind: 'toggle' as const, ...options }),
  color: <const O extends Omit<Extract<SettingField, { kind: 'color' }>, 'kind'>>(options: O) => ({ kind: 'color' as const, ...options }),
  choice: <const O extends Omit<Extract<SettingField, { kind: 'choice' }>, 'kind'>>(options: O) => ({ kind: 'choice' as const, ...options }),
  /** A SKU of the shop, or null for none. */
  product: <const O extends Omit<Extract<SettingField, { kind: 'product' }>, 'kind' | 'default'>>(options: O) => ({ kind: 'product' as const, default: null, ...options }),
  /** Short texts in the merchant's order. */
  list: <const O extends Omit<Extract<SettingField, { kind: 'list' }>, 'kind'>>(options: O) => ({ kind: 'list' as const, ...options }),
  /** Encrypted at rest, write-only: it never comes back to a browser. */
  secret: <const O extends Omit<Extract<SettingField, { kind: 'secret' }>, 'kind' | 'default'>>(options: O) => ({ kind: 'secret' as const, default: null, ...options }),
};

function fieldSchema(field: SettingField): z.ZodType {
  switch (field.kind) {
    case 'text': return z.string().max(field.max ?? 500);
    case 'number': return z.number().int().min(field.min).max(field.max);
    case 'money': return z.number().int().min(0).max(1_000_000_000);
    case 'toggle': return z.boolean();
    case 'color': return z.string().regex(/^#[0-9a-f]{6}$/i);
    case 'choice': return z.enum(field.options.map((option) => option.value) as [string, ...string[]]);
    case 'product': return z.string().min(1).max(200).nullable();
    case 'list': return z.array(z.string().trim().min(1).max(field.maxLength ?? 200)).max(field.max ?? 20);
    case 'secret': return z.string().max(4000).nullable();
  }
}

/** Whether a field is asked for, as the other values stand. */
export function isSettingShown(fields: SettingFields, values: Readonly<Record<string, unknown>>, name: string): boolean {
  const when = fields[name]?.visibleWhen;
  return !when || (values[when.field] === when.is && isSettingShown(fields, values, when.field));
}

/** Validates a whole settings document; unknown keys are an error, and what is not right in a hidden field becomes its default. */
export function settingsSchema(fields: SettingFields): z.ZodType<Record<string, unknown>> {
  const schemas = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));
  const calm = (given: unknown): unknown => {
    if (typeof given !== 'object' || given === null) return given;
    const values = given as Record<string, unknown>;
    return Object.fromEntries(Object.entries(values).map(([name, value]) =>
      [name, fields[name] && !isSettingShown(fields, values, name) && !schemas[name]?.safeParse(value).success ? fields[name].default : value]));
  };
  return z.preprocess(calm, z.strictObject(schemas));
}

export const settingsDefaults = (fields: SettingFields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
