import { SystemStatement } from '../data/data-store.js';
import { statement } from '../plugin-api/index.js';

export interface DueJob { readonly shop: number; readonly owner: string; readonly name: string; readonly schedule: string; readonly zone: string; readonly next_at: number }

const COLUMNS = 'shop_id AS shop, owner, name, schedule, zone, next_at';

export const SHOPS_WITH_JOBS = new SystemStatement<{ shop: number }>('SELECT DISTINCT shop_id AS shop FROM job_due WHERE next_at <= :now AND lease_until <= :system ORDER BY shop_id');
export const DUE_OF_SHOP = new SystemStatement<DueJob>(`SELECT ${COLUMNS} FROM job_due WHERE shop_id = :tenant AND next_at <= :now AND lease_until <= :system ORDER BY next_at, owner, name`);
export const DUE_UNTIL = new SystemStatement<DueJob>(`SELECT ${COLUMNS} FROM job_due WHERE next_at <= :now AND lease_until <= :system ORDER BY next_at, shop_id, owner, name`);

/** A changed schedule or zone counts from now on; the same ones leave what is due alone. */
export const ENROL = statement(`INSERT INTO job_due (shop_id, owner, name, schedule, zone, next_at, lease_until) VALUES (:shop, :owner, :name, :schedule, :zone, :next_at, 0)
  ON CONFLICT (shop_id, owner, name) DO UPDATE SET schedule = excluded.schedule, zone = excluded.zone, next_at = excluded.next_at
  WHERE job_due.schedule <> excluded.schedule OR job_due.zone <> excluded.zone`);

/** Exactly one of several nodes changes the row, because the due time it saw must still stand and no lease may be open. */
export const CLAIM_JOB = new SystemStatement<{ owner: string }>(`UPDATE job_due SET lease_until = :until, lease_owner = :holder
  WHERE shop_id = :tenant AND owner = :owner AND name = :name AND next_at = :due AND lease_until <= :system RETURNING owner`);

export const SETTLE_JOB = statement(`UPDATE job_due SET next_at = :next_at, lease_until = 0, lease_owner = NULL
  WHERE shop_id = :shop AND owner = :owner AND name = :name AND next_at = :due AND lease_owner = :holder`);
export const RELEASE_JOB = new SystemStatement(`UPDATE job_due SET next_at = :next_at, lease_until = 0, lease_owner = NULL
  WHERE shop_id = :tenant AND owner = :owner AND name = :name AND next_at = :due AND lease_owner = :holder RETURNING owner`);

export const RECORD_RUN = statement(`INSERT INTO job_run (shop_id, id, owner, name, due_at, started_at, ms, ok, error)
  VALUES (:shop, :id, :owner, :name, :due, :started_at, :ms, :ok, :error)`);
/** Keeps the last 50 runs of a job; ids sort by time. */
export const TRIM_RUNS = statement(`DELETE FROM job_run WHERE shop_id = :shop AND owner = :owner AND name = :name AND id <=
  (SELECT r.id FROM job_run r WHERE r.shop_id = :shop AND r.owner = :owner AND r.name = :name ORDER BY r.id DESC LIMIT 1 OFFSET 50)`);
export const RUNS = statement<{ owner: string; name: string; started_at: number; ms: number; ok: number; error: string | null }>(
  `SELECT owner, name, started_at, ms, ok, error FROM job_run WHERE shop_id = :shop AND (CAST(:owner AS TEXT) IS NULL OR owner = :owner) ORDER BY id DESC LIMIT 200`);
