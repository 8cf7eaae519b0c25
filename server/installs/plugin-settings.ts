import { GxError, settingsDefaults, settingsSchema, type SettingFields, type ShopContext } from '../plugin-api/index.js';
import { fieldMessages, fieldsOf } from '../plugin-api/field-messages.js';

/** Seals and opens secrets; given by the composition root. */
export interface Sealer {
  encrypt(place: string, clear: string): string;
  decrypt(place: string, sealed: string): string;
  /** The same with the current key, after the host's secret was changed. */
  renew(place: string, sealed: string): string;
}

const place = (ctx: ShopContext, pluginId: string, name: string): string => `plugin_install|settings|${ctx.shop.id}|${pluginId}|${name}`;
const SEALED = /^v\d+\.[\w-]{38,}$/;
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
    const kept = stored[name];
    parsed.data[name] = value === undefined ? (typeof kept === 'string' ? sealer.renew(place(ctx, pluginId, name), kept) : null) : value === null ? null : sealer.encrypt(place(ctx, pluginId, name), String(value));
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

/** The stored values with every secret sealed anew that was sealed with the host's previous secret. */
export const renewSettings = (ctx: ShopContext, pluginId: string, stored: Readonly<Record<string, unknown>>, sealer: Sealer): Record<string, unknown> =>
  Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, typeof value === 'string' && SEALED.test(value) ? sealer.renew(place(ctx, pluginId, name), value) : value]));

/** Values of an older version of the plugin, secrets in clear where they are ours to open. */
function openOlder(ctx: ShopContext, pluginId: string, stored: Readonly<Record<string, unknown>>, sealer: Sealer): Record<string, unknown> {
  return Object.fromEntries(Object.entries(stored).map(([name, value]) => {
    // Which of an older version's values were secrets is written nowhere but in the values themselves.
    if (typeof value !== 'string' || !SEALED.test(value)) return [name, value];
    try { return [name, sealer.decrypt(place(ctx, pluginId, name), value)]; } catch { return [name, value]; }
  }));
}

/**
 * Takes stored settings over to another version of the plugin: `migrate` reads them (secrets in clear), names that the new version does not know are
 * dropped, new ones get their default, secrets are sealed again.
 * @throws whatever `migrate` throws; GX_SETTINGS when what it answers is not valid
 */
export function migrateSettings(ctx: ShopContext, pluginId: string, fields: SettingFields, stored: Readonly<Record<string, unknown>>, migrate: (old: Readonly<Record<string, unknown>>) => Record<string, unknown>, sealer: Sealer): { readonly settings: Record<string, unknown>; readonly dropped: readonly string[] } {
  const migrated = migrate(openOlder(ctx, pluginId, stored, sealer));
  const dropped = [...new Set([...Object.keys(stored).filter((name) => !(name in migrated)), ...Object.keys(migrated)])].filter((name) => !(name in fields));
  const known = Object.fromEntries(Object.entries(migrated).filter(([name]) => name in fields));
  return { settings: sealSettings(ctx, pluginId, fields, known, {}, sealer), dropped };
}
