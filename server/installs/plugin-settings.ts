import { GxError, settingsDefaults, settingsSchema, type SettingFields, type ShopContext } from '../plugin-api/index.js';
import { fieldMessages, fieldsOf } from '../plugin-api/field-messages.js';

/** Seals and opens secrets; given by the composition root. */
export interface Sealer { encrypt(place: string, clear: string): string; decrypt(place: string, sealed: string): string }

const place = (ctx: ShopContext, pluginId: string, name: string): string => `plugin_install|settings|${ctx.shop.id}|${pluginId}|${name}`;
const secretsOf = (fields: SettingFields): string[] => Object.entries(fields).filter(([, field]) => field.kind === 'secret').map(([name]) => name);

/** Validates what a merchant entered and seals its secrets. A secret left out keeps its stored value; null removes it. */
export function sealSettings(ctx: ShopContext, pluginId: string, fields: SettingFields, entered: Record<string, unknown>, stored: Record<string, unknown>, sealer: Sealer): Record<string, unknown> {
  const secrets = secretsOf(fields);
  const complete: Record<string, unknown> = { ...settingsDefaults(fields), ...entered };
  const parsed = settingsSchema(fields).safeParse(complete, fieldMessages[ctx.locale]);
  if (!parsed.success) {
    throw new GxError('GX_SETTINGS', 422, 'Some settings are not valid. Nothing was saved.', {
      plugin: pluginId, details: { fields: fieldsOf(parsed.error.issues, ctx.locale, '') },
    });
  }
  for (const name of secrets) {
    const value = entered[name];
    parsed.data[name] = value === undefined ? stored[name] ?? null : value === null ? null : sealer.encrypt(place(ctx, pluginId, name), String(value));
  }
  return parsed.data;
}

/** The values as the plugin sees them: secrets in clear, missing ones at their default. */
export function openSettings(ctx: ShopContext, pluginId: string, fields: SettingFields, stored: Record<string, unknown>, sealer: Sealer): Record<string, unknown> {
  const values: Record<string, unknown> = { ...settingsDefaults(fields), ...Object.fromEntries(Object.entries(stored).filter(([name]) => name in fields)) };
  for (const name of secretsOf(fields)) {
    const sealed = values[name];
    values[name] = typeof sealed === 'string' ? sealer.decrypt(place(ctx, pluginId, name), sealed) : null;
  }
  return values;
}

/** The values as a browser may see them: of a secret only whether it is set. */
export function showSettings(fields: SettingFields, stored: Record<string, unknown>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...settingsDefaults(fields), ...Object.fromEntries(Object.entries(stored).filter(([name]) => name in fields)) };
  for (const name of secretsOf(fields)) values[name] = { set: typeof values[name] === 'string' };
  return values;
}
