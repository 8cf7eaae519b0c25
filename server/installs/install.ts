import { SystemStatement } from '../data/data-store.js';
import { statement } from '../plugin-api/index.js';
import type { Hook, InstallState } from './lifecycle.js';
import type { Shown } from './plugin-consent.entity.js';

/** A shop's install of a plugin, as it stands in the database. */
export interface Install {
  readonly shopId: number; readonly plugin: string; readonly state: InstallState; readonly version: string; readonly granted: readonly string[];
  readonly settings: Record<string, unknown>; readonly settingsVersion: number; readonly revision: number; readonly installedAt: number; readonly purgeAfter: number | null;
  readonly lastError: string | null; readonly reason: string | null; readonly cause: string | null; readonly move: string | null; readonly pending: readonly Hook[]; readonly attempts: number;
}
export interface InstallRow {
  shop_id: number; id: string; state: InstallState; version: string; granted: string; settings: string; settings_version: number; revision: number; installed_at: number; purge_after: number | null;
  last_error: string | null; reason: string | null; cause: string | null; move: string | null; pending: string; attempts: number;
}
export interface Consent { readonly plugin: string; readonly version: string; readonly hash: string; readonly granted: readonly string[]; readonly declined: readonly string[]; readonly shown: Shown; readonly actor: string; readonly at: number }

const COLUMNS = 'shop_id, id, state, version, granted, settings, settings_version, revision, installed_at, purge_after, last_error, reason, cause, move, pending, attempts';
export const ALL = new SystemStatement<InstallRow>(`SELECT ${COLUMNS} FROM plugin_install`);
export const ONE_OF_ANY_SHOP = new SystemStatement<InstallRow>(`SELECT ${COLUMNS} FROM plugin_install WHERE shop_id = :tenant AND id = :plugin`);
/** Moves whenever a row is added, changed or removed. */
export const FINGERPRINT = new SystemStatement<{ total: number; revisions: number }>('SELECT CAST(COUNT(*) AS BIGINT) AS total, CAST(COALESCE(SUM(revision), 0) AS BIGINT) AS revisions FROM plugin_install');
export const ONE = statement<InstallRow>(`SELECT ${COLUMNS} FROM plugin_install WHERE shop_id = :shop AND id = :plugin`);

export const ADD = statement(`INSERT INTO plugin_install (shop_id, id, state, version, granted, settings, settings_version, installed_at, purge_after, last_error, reason, cause, move, pending, attempts, revision, created_at, updated_at)
  VALUES (:shop, :plugin, :state, :version, :granted, :settings, :settingsVersion, :installedAt, :purgeAfter, :lastError, :reason, :cause, :move, :pending, :attempts, 1, :now, :now) ON CONFLICT (shop_id, id) DO NOTHING`);
/** Changes the row that was read; another change meanwhile leaves no row to change. */
export const CHANGE = statement(`UPDATE plugin_install SET state = :state, version = :version, granted = :granted, settings = :settings, settings_version = :settingsVersion, installed_at = :installedAt,
    purge_after = :purgeAfter, last_error = :lastError, reason = :reason, cause = :cause, move = :move, pending = :pending, attempts = :attempts, revision = revision + 1, updated_at = :now
  WHERE shop_id = :shop AND id = :plugin AND revision = :revision`);

export const ADD_CONSENT = statement(`INSERT INTO plugin_consent (shop_id, id, plugin, version, hash, granted, declined, shown, actor, at, created_at, updated_at)
  VALUES (:shop, :id, :plugin, :version, :hash, :granted, :declined, :shown, :actor, :now, :now, :now)`);
export const LAST_CONSENT = statement<{ plugin: string; version: string; hash: string; granted: string; declined: string; shown: string; actor: string; at: number }>(
  'SELECT plugin, version, hash, granted, declined, shown, actor, at FROM plugin_consent WHERE shop_id = :shop AND plugin = :plugin ORDER BY id DESC LIMIT 1');

export const LAST_HASHES = new SystemStatement<{ shop_id: number; plugin: string; hash: string }>(
  'SELECT c.shop_id, c.plugin, c.hash FROM plugin_consent c JOIN (SELECT shop_id, MAX(id) AS id FROM plugin_consent GROUP BY shop_id, plugin) l ON l.shop_id = c.shop_id AND l.id = c.id');

export const readInstall = (row: InstallRow): Install => ({
  shopId: row.shop_id, plugin: row.id, state: row.state, version: row.version, granted: JSON.parse(row.granted) as string[], settings: JSON.parse(row.settings) as Record<string, unknown>,
  settingsVersion: row.settings_version, revision: row.revision, installedAt: row.installed_at, purgeAfter: row.purge_after, lastError: row.last_error, reason: row.reason, cause: row.cause,
  move: row.move, pending: JSON.parse(row.pending) as Hook[], attempts: row.attempts,
});

/** The columns of a row as parameters of `ADD` and `CHANGE`. */
export const writeInstall = (install: Omit<Install, 'shopId' | 'revision'>): Record<string, string | number | null> => ({
  plugin: install.plugin, state: install.state, version: install.version, granted: JSON.stringify(install.granted), settings: JSON.stringify(install.settings), settingsVersion: install.settingsVersion,
  installedAt: install.installedAt, purgeAfter: install.purgeAfter, lastError: install.lastError?.slice(0, 1000) ?? null, reason: install.reason?.slice(0, 500) ?? null, cause: install.cause,
  move: install.move, pending: JSON.stringify(install.pending), attempts: install.attempts,
});
