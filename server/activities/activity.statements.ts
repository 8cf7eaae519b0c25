import { statement } from '../plugin-api/index.js';
import type { ActivityRow } from './activity-row.js';

const COLUMNS = 'id, type, title, state, starts_at, ends_at, version, config, published_at, rules_hash, created_at, checked_at, settled_at, archived_at, notice';

export const BY_ID = statement<ActivityRow>(`SELECT ${COLUMNS} FROM activity WHERE shop_id = :shop AND id = :id`);
export const LIVE_BY_ID = statement<ActivityRow>(`SELECT ${COLUMNS} FROM activity WHERE shop_id = :shop AND id = :id AND state = 'scheduled' AND starts_at <= :now AND (ends_at IS NULL OR ends_at > :now)`);
export const LIST = statement<ActivityRow>(`SELECT ${COLUMNS} FROM activity WHERE shop_id = :shop AND (CAST(:type AS TEXT) IS NULL OR type = :type)
  AND (CAST(:stored AS TEXT) IS NULL OR state = :stored) ORDER BY created_at DESC, id DESC LIMIT 1000`);

export const INSERT = statement(`INSERT INTO activity (shop_id, id, type, title, state, starts_at, ends_at, version, config, created_at, updated_at)
  VALUES (:shop, :id, :type, :title, 'draft', :starts_at, :ends_at, 1, :config, :now, :now)`);
/** Only the version that was read is changed; a second editor is told instead of overwritten. Whatever was checked is a draft again. */
export const EDIT = statement(`UPDATE activity SET title = :title, starts_at = :starts_at, ends_at = :ends_at, config = :config, checked_at = NULL, version = version + 1, updated_at = :now
  WHERE shop_id = :shop AND id = :id AND version = :version AND state = 'draft'`);
export const MOVE = statement(`UPDATE activity SET state = :state, starts_at = :starts_at, ends_at = :ends_at, config = :config, published_at = :published_at, rules_hash = :rules_hash,
  checked_at = :checked_at, settled_at = :settled_at, archived_at = :archived_at, notice = :notice, version = version + 1, updated_at = :now WHERE shop_id = :shop AND id = :id AND version = :version`);
export const REMOVE = statement(`DELETE FROM activity WHERE shop_id = :shop AND id = :id AND version = :version AND state = 'draft'`);
export const REMOVE_VERSIONS = statement('DELETE FROM activity_version WHERE shop_id = :shop AND activity_id = :id');

export const KEEP_VERSION = statement(`INSERT INTO activity_version (shop_id, activity_id, version, at, actor, change, rules_hash, snapshot)
  VALUES (:shop, :id, :version, :now, :actor, :change, :rules_hash, :snapshot)`);
export const VERSIONS = statement<{ version: number; at: number; actor: string; change: string; rules_hash: string; snapshot: string }>(
  'SELECT version, at, actor, change, rules_hash, snapshot FROM activity_version WHERE shop_id = :shop AND activity_id = :id ORDER BY version DESC');

export const OVER = statement<{ id: string; type: string }>(`SELECT id, type FROM activity WHERE shop_id = :shop AND state <> 'draft' AND settled_at IS NULL AND (state = 'ended' OR ends_at <= :now) ORDER BY ends_at, id LIMIT 200`);
export const LONG_SETTLED = statement<{ id: string }>('SELECT id FROM activity WHERE shop_id = :shop AND settled_at <= :before AND archived_at IS NULL ORDER BY settled_at, id LIMIT 200');
