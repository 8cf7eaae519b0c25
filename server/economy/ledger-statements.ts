import { statement, type Statement } from '../plugin-api/index.js';

/** What an account row says. */
export interface AccountRow {
  readonly person_id: string; readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly next_expiry_at: number;
}
export interface LotRow { readonly id: string; readonly remaining: number; readonly expires_at: number; readonly state: string; readonly source: string }
export interface TransactionRow {
  readonly id: string; readonly person_id: string; readonly kind: string; readonly source: string; readonly cause_ref: string | null; readonly at: number; readonly business_date: string;
  readonly available: number; readonly pending: number; readonly debt: number; readonly available_after: number; readonly note: string | null; readonly actor: string; readonly detail: string | null;
}
const ACCOUNT = 'person_id, available, pending, held, debt, next_expiry_at';
const LOT = 'id, remaining, expires_at, state, source';
const TRANSACTION = 'id, person_id, kind, source, cause_ref, at, business_date, available, pending, debt, available_after, note, actor, detail';
/** Whoever can hold points: not merged away, not erased. */
const LIVING = 'p.shop_id = :shop AND p.id = CAST(:person AS TEXT) AND p.merged_into IS NULL AND p.erased_at IS NULL';

/** Locks the account on PostgreSQL and reads it; makes it when it is missing. No row: there is no such living person, or it has just become another. */
export const OPEN_ACCOUNT = statement<AccountRow>(`
  INSERT INTO person_account (shop_id, person_id, changed_at)
  SELECT p.shop_id, p.id, CAST(:now AS BIGINT) FROM person p WHERE ${LIVING}
  ON CONFLICT (shop_id, person_id) DO UPDATE SET changed_at = excluded.changed_at WHERE person_account.closed = 0 RETURNING ${ACCOUNT}`);
export const CLOSE_ACCOUNT = statement(`
  UPDATE person_account SET available = :available, pending = :pending, held = :held, debt = :debt, next_expiry_at = :nextExpiryAt
  WHERE shop_id = :shop AND person_id = :person`);
export const READ_ACCOUNT = statement<AccountRow>(`SELECT ${ACCOUNT} FROM person_account WHERE shop_id = :shop AND person_id = :person`);

/** The guarded statement of a spend: members only, enough points, no debt to settle first, and nothing that should have expired before. */
export const TAKE_POINTS = statement<{ available: number }>(`
  UPDATE person_account SET available = available - :amount, changed_at = :now
  WHERE shop_id = :shop AND person_id = :person AND available >= :amount AND next_expiry_at > :now AND debt = 0
    AND EXISTS (SELECT 1 FROM person p WHERE ${LIVING} AND p.kind = 'member') RETURNING available`);
export const PUT_BACK_POINTS = statement('UPDATE person_account SET available = available + :amount WHERE shop_id = :shop AND person_id = :person');

/** The guarded statement of a grant: creates the account, keeps guests under their limit, adds the points. */
export const CREDIT_POINTS = statement<{ available: number; debt: number; guest_earned: number }>(`
  INSERT INTO person_account (shop_id, person_id, available, pending, guest_earned, next_expiry_at, changed_at)
  SELECT p.shop_id, p.id, CAST(:available AS BIGINT), CAST(:pending AS BIGINT),
    CASE p.kind WHEN 'guest' THEN CAST(:available AS BIGINT) + CAST(:pending AS BIGINT) ELSE 0 END,
    CASE p.kind WHEN 'guest' THEN CAST(:guestExpiryAt AS BIGINT) ELSE CAST(:nextExpiryAt AS BIGINT) END, CAST(:now AS BIGINT)
  FROM person p WHERE ${LIVING} AND (p.kind = 'member' OR CAST(:available AS BIGINT) + CAST(:pending AS BIGINT) <= CAST(:guestLimit AS BIGINT))
  ON CONFLICT (shop_id, person_id) DO UPDATE SET
    available = person_account.available + excluded.available, pending = person_account.pending + excluded.pending,
    guest_earned = person_account.guest_earned + excluded.guest_earned, changed_at = excluded.changed_at,
    next_expiry_at = CASE WHEN excluded.next_expiry_at < person_account.next_expiry_at THEN excluded.next_expiry_at ELSE person_account.next_expiry_at END
  WHERE person_account.closed = 0 AND (excluded.guest_earned = 0 OR person_account.guest_earned + excluded.guest_earned <= CAST(:guestLimit AS BIGINT))
  RETURNING available, debt, guest_earned`);

export const INSERT_TRANSACTION = statement(`
  INSERT INTO ledger_transaction (shop_id, id, person_id, kind, source, cause_ref, at, business_date, available, pending, held, debt, available_after, note, actor, reverses, grant_id, entry_key)
  VALUES (:shop, :id, :person, :kind, :source, :causeRef, :at, :businessDate, :available, :pending, :held, :debt, :availableAfter, :note, :actor, :reverses, :grantId, :entryKey)
  ON CONFLICT DO NOTHING`);
export const SET_DETAIL = statement('UPDATE ledger_transaction SET detail = :detail WHERE shop_id = :shop AND id = :id');
export const TRANSACTION_BY_KEY = statement<TransactionRow>(`SELECT ${TRANSACTION} FROM ledger_transaction WHERE shop_id = :shop AND entry_key = :key`);
export const TRANSACTION_BY_ID = statement<TransactionRow>(`SELECT ${TRANSACTION} FROM ledger_transaction WHERE shop_id = :shop AND id = :id`);
const PAGE = `SELECT ${TRANSACTION} FROM ledger_transaction WHERE shop_id = :shop AND person_id = :person`;
export const FIRST_STATEMENT_PAGE = statement<TransactionRow>(`${PAGE} ORDER BY at DESC, id DESC LIMIT :limit`);
export const NEXT_STATEMENT_PAGE = statement<TransactionRow>(`${PAGE} AND (at < :after OR (at = :after AND id < :afterId)) ORDER BY at DESC, id DESC LIMIT :limit`);

export const INSERT_LOT = statement(`
  INSERT INTO lot (shop_id, id, person_id, transaction_id, quantity, remaining, state, activates_at, expires_at, source, order_line_id)
  VALUES (:shop, :id, :person, :transactionId, :quantity, :quantity, :state, :activatesAt, :expiresAt, :source, :orderLineId)`);
export const TAKE_FROM_LOT = statement('UPDATE lot SET remaining = remaining - :amount WHERE shop_id = :shop AND id = :id AND remaining >= :amount');
export const CLOSE_LOT = statement('UPDATE lot SET state = :state WHERE shop_id = :shop AND id = :id AND remaining = 0');
const SPENDABLE = `SELECT ${LOT} FROM lot WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state = 'active'`;
/** Most spends are smaller than the lot that expires soonest. No row: it holds less. */
export const TAKE_FROM_SOONEST = statement<{ id: string }>(`UPDATE lot SET remaining = remaining - :amount WHERE shop_id = :shop AND remaining >= :amount AND id = (
  SELECT s.id FROM lot s WHERE s.shop_id = :shop AND s.person_id = :person AND s.remaining > 0 AND s.state = 'active' ORDER BY s.expires_at, s.activates_at, s.id LIMIT 1) RETURNING id`);
/** A number and no parameter: SQLite plans a statement anew each time when its limit is one. */
export const LOTS_SOONEST_FIRST = statement<LotRow>(`${SPENDABLE} ORDER BY expires_at, activates_at, id LIMIT 40`);
export const LOTS_NEWEST_FIRST = statement<LotRow>(`${SPENDABLE} ORDER BY activates_at DESC, id DESC LIMIT 40`);
export const LOTS_DUE = statement<LotRow>(`${SPENDABLE} AND expires_at <= :now ORDER BY expires_at, activates_at, id LIMIT 200`);
export const LOTS_OF_LINE = statement<LotRow>(`
  SELECT ${LOT} FROM lot WHERE shop_id = :shop AND order_line_id = :line AND person_id = :person AND remaining > 0 AND state IN ('pending', 'active')
  ORDER BY CASE state WHEN 'pending' THEN 0 ELSE 1 END, activates_at DESC, id DESC`);
export const LOTS_OF_TRANSACTION = statement<LotRow>(`SELECT ${LOT} FROM lot WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state IN ('pending', 'active')
  AND (transaction_id = :transactionId OR origin_id IS NOT NULL AND EXISTS (SELECT 1 FROM lot o WHERE o.shop_id = lot.shop_id AND o.id = lot.origin_id AND o.person_id = CAST(:owner AS TEXT) AND o.transaction_id = :transactionId))`);
/** What holds points and is not active is pending; said like this, SQLite walks the person's lots and not everybody's ripe ones. */
export const LOTS_TO_MATURE = statement<LotRow>(`
  SELECT ${LOT} FROM lot WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state <> 'active' AND activates_at <= :now ORDER BY activates_at, id LIMIT 200`);
export const ACTIVATE_LOT = statement("UPDATE lot SET state = 'active' WHERE shop_id = :shop AND id = :id AND state = 'pending'");
/** A lot that expired and may live on: for the first time, or `:again` is 1. */
const REOPENS = 'expires_at <= :now AND (reopened_at IS NULL OR CAST(:again AS INTEGER) = 1)';
export const REOPEN_LOT = statement(`
  UPDATE lot SET remaining = remaining + :amount, state = 'active',
    reopened_at = CASE WHEN ${REOPENS} THEN CAST(:now AS BIGINT) ELSE reopened_at END,
    expires_at = CASE WHEN ${REOPENS} THEN CAST(:reopenUntil AS BIGINT) ELSE expires_at END
  WHERE shop_id = :shop AND id = :id AND person_id = :person`);
/** What comes back to somebody whose lot moved here with them (two people became one): a new lot that lives as long as the old one would. */
export const RESTORE_ELSEWHERE = statement(`
  INSERT INTO lot (shop_id, id, person_id, transaction_id, quantity, remaining, state, activates_at, expires_at, source, order_line_id, origin_id, reopened_at)
  SELECT shop_id, :newId, :person, :transactionId, CAST(:amount AS BIGINT), CAST(:amount AS BIGINT), 'active', activates_at, CASE WHEN ${REOPENS} THEN CAST(:reopenUntil AS BIGINT) ELSE expires_at END, source,
    order_line_id, COALESCE(origin_id, id), CASE WHEN ${REOPENS} THEN CAST(:now AS BIGINT) ELSE reopened_at END
  FROM lot WHERE shop_id = :shop AND id = :id`);
export const SOONEST_EXPIRY = statement<{ at: number | null }>(
  "SELECT MIN(expires_at) AS at FROM lot WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state = 'active'");
export const ALLOCATIONS_OF = statement<{ lot_id: string; amount: number }>('SELECT lot_id, amount FROM allocation WHERE shop_id = :shop AND transaction_id = :transactionId ORDER BY lot_id');
/** Read for the balance: what is due already, and what expires soon. */
export const EXPIRING = statement<{ expires_at: number; amount: number }>(`
  SELECT expires_at, CAST(SUM(remaining) AS BIGINT) AS amount FROM lot
  WHERE shop_id = :shop AND person_id = :person AND remaining > 0 AND state = 'active' AND expires_at <= :until GROUP BY expires_at ORDER BY expires_at`);
export const PEOPLE_WITH_DUE_LOTS = statement<{ person_id: string }>("SELECT DISTINCT person_id FROM lot WHERE shop_id = :shop AND remaining > 0 AND state = 'active' AND expires_at <= :now");
export const PEOPLE_WITH_RIPE_LOTS = statement<{ person_id: string }>("SELECT DISTINCT person_id FROM lot WHERE shop_id = :shop AND remaining > 0 AND state = 'pending' AND activates_at <= :now");

const many = (head: string, row: (n: number) => string): ((count: number) => Statement) => {
  const made: Statement[] = [];
  return (count) => (made[count] ??= statement(`${head} VALUES ${Array.from({ length: count }, (_, n) => row(n)).join(', ')}`));
};
/** One statement for all postings of a transaction: parameters `account0`, `amount0`, … */
export const insertPostings = many('INSERT INTO posting (shop_id, transaction_id, account, amount)', (n) => `(:shop, :transactionId, :account${n}, :amount${n})`);
/** Parameters `lot0`, `amount0`, … */
export const insertAllocations = many('INSERT INTO allocation (shop_id, transaction_id, lot_id, amount)', (n) => `(:shop, :transactionId, :lot${n}, :amount${n})`);

export const PERSON_STATE = statement<{ kind: 'guest' | 'member'; merged_into: string | null; erased_at: number | null }>(
  'SELECT kind, merged_into, erased_at FROM person WHERE shop_id = :shop AND id = :id');
