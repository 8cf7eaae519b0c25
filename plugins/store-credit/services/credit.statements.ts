import { statement } from 'guanxi/plugin';
import type { EntryKind } from '../entities/entry.entity.js';
import type { USE_STATES } from '../entities/use.entity.js';

const P = 'plg_store_credit';

export interface AccountRow { readonly person_id: string; readonly balance: number; readonly into_id: string | null; readonly away: number; readonly closed: number }
const ACCOUNT = 'person_id, balance, into_id, away, closed';
/** Makes the account where there is none, and holds it until the unit ends. */
export const OPEN_ACCOUNT = statement<AccountRow>(`INSERT INTO ${P}_account AS account (shop_id, person_id, balance, away, closed, changed_at) VALUES (:shop, :person, 0, 0, 0, :now)
  ON CONFLICT (shop_id, person_id) DO UPDATE SET balance = account.balance RETURNING ${ACCOUNT}`);
export const HOLD_ACCOUNT = statement<AccountRow>(`UPDATE ${P}_account SET balance = balance WHERE shop_id = :shop AND person_id = :person RETURNING ${ACCOUNT}`);
/** The only way in which a balance changes: never below zero, never above `most`, never of a closed account. */
export const MOVE = statement<{ balance: number }>(`UPDATE ${P}_account SET balance = balance + :amount, changed_at = :now
  WHERE shop_id = :shop AND person_id = :person AND closed = 0 AND balance + :amount >= 0 AND balance + :amount <= CAST(:most AS BIGINT) RETURNING balance`);
export const INSERT_ENTRY = statement(`INSERT INTO ${P}_entry (shop_id, id, person_id, kind, amount, key, ref, reason, handled_by, line, at, business_date, created_at, updated_at)
  VALUES (:shop, :id, :person, :kind, :amount, :key, :ref, :reason, :by, :line, :now, :date, :now, :now)`);
export const ENTRY_BY_KEY = statement<{ id: string; person_id: string; amount: number }>(`SELECT id, person_id, amount FROM ${P}_entry WHERE shop_id = :shop AND key = :key`);
/** Changes what an account would get back if its merge were undone. */
export const MOVE_AWAY = statement(`UPDATE ${P}_account SET away = CASE WHEN away + :amount > 0 THEN away + :amount ELSE 0 END WHERE shop_id = :shop AND person_id = :person`);
export const JOIN = statement(`UPDATE ${P}_account SET into_id = :into, away = away + :amount WHERE shop_id = :shop AND person_id = :person`);
export const PART = statement(`UPDATE ${P}_account SET into_id = NULL, away = 0 WHERE shop_id = :shop AND person_id = :person`);
export const CLOSE = statement(`UPDATE ${P}_account SET closed = 1 WHERE shop_id = :shop AND person_id = :person`);

export interface UseRow { readonly id: string; readonly person_id: string; readonly code: string; readonly amount: number; readonly back: number; readonly state: (typeof USE_STATES)[number]; readonly expires_at: number; readonly order_id: string | null }
const USE = 'id, person_id, code, amount, back, state, expires_at, order_id';
export const INSERT_USE = statement(`INSERT INTO ${P}_use (shop_id, id, person_id, code, amount, back, state, at, expires_at, created_at, updated_at) VALUES (:shop, :id, :person, :code, :amount, 0, 'open', :now, :expiresAt, :now, :now)`);
export const HOLD_USE = statement<UseRow>(`UPDATE ${P}_use SET back = back WHERE shop_id = :shop AND id = :id RETURNING ${USE}`);
export const USE_BY_ID = statement<UseRow>(`SELECT ${USE} FROM ${P}_use WHERE shop_id = :shop AND id = :id`);
export const SETTLE_USE = statement(`UPDATE ${P}_use SET back = back + :amount, state = :state, order_id = COALESCE(:order, order_id), updated_at = :now WHERE shop_id = :shop AND id = :id`);
/** A person's, or of whoever became this person; a merge after a merge is one step more. */
const INTO = `SELECT a.person_id FROM ${P}_account a WHERE a.shop_id = :shop AND a.into_id = CAST(:person AS TEXT)`;
const THEIRS = `(person_id = :person OR person_id IN (${INTO}) OR person_id IN (SELECT b.person_id FROM ${P}_account b WHERE b.shop_id = :shop AND b.into_id IN (${INTO})))`;
export const OPEN_USE = statement<UseRow>(`SELECT ${USE} FROM ${P}_use WHERE shop_id = :shop AND state = 'open' AND ${THEIRS} ORDER BY at DESC, id DESC LIMIT 1`);
export const OWN_USE = statement<UseRow>(`SELECT ${USE} FROM ${P}_use WHERE shop_id = :shop AND id = :id AND ${THEIRS}`);
export const USES_OF_ORDER = statement<{ id: string; code: string }>(`SELECT id, code FROM ${P}_use WHERE shop_id = :shop AND order_id = :order`);
export const OVER = statement<UseRow>(`SELECT ${USE} FROM ${P}_use WHERE shop_id = :shop AND state = 'open' AND expires_at <= :end AND (expires_at > :after OR expires_at = :after AND id > :afterId) ORDER BY expires_at, id LIMIT 200`);

export const HISTORY = statement<{ id: string; kind: EntryKind; amount: number; at: number; reason: string | null }>(`SELECT id, kind, amount, at, reason FROM ${P}_entry
  WHERE shop_id = :shop AND person_id = :person AND amount <> 0 AND at < :before ORDER BY at DESC, id DESC LIMIT :limit`);
export const SUMS = statement<{ outstanding: number; accounts: number; held: number; codes: number }>(`SELECT (SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ${P}_account WHERE shop_id = :shop) AS outstanding,
  (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_account WHERE shop_id = :shop AND balance > 0) AS accounts,
  (SELECT CAST(COALESCE(SUM(amount - back), 0) AS BIGINT) FROM ${P}_use WHERE shop_id = :shop AND state = 'open') AS held, (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_use WHERE shop_id = :shop AND state = 'open') AS codes`);
export const BY_KIND = statement<{ kind: EntryKind; amount: number }>(`SELECT kind, CAST(SUM(amount) AS BIGINT) AS amount FROM ${P}_entry WHERE shop_id = :shop AND business_date >= :since GROUP BY kind`);
/** What orders took of codes that were made since, and kept. */
export const SPENT = statement<{ amount: number }>(`SELECT CAST(COALESCE(SUM(amount - back), 0) AS BIGINT) AS amount FROM ${P}_use WHERE shop_id = :shop AND state = 'used' AND at >= :since`);
export interface AccountLine { readonly person_id: string; readonly balance: number; readonly changed_at: number }
/** Whose money it is today, the richest first. */
export const ACCOUNTS = statement<AccountLine>(`SELECT person_id, balance, changed_at FROM ${P}_account WHERE shop_id = :shop AND closed = 0 AND into_id IS NULL
  AND (balance < :balance OR balance = :balance AND person_id > :after) ORDER BY balance DESC, person_id LIMIT :limit`);
export const ACCOUNT_OF = statement<AccountLine>(`SELECT person_id, balance, changed_at FROM ${P}_account WHERE shop_id = :shop AND person_id = :person`);

export const creditStatements = [
  OPEN_ACCOUNT, HOLD_ACCOUNT, MOVE, INSERT_ENTRY, ENTRY_BY_KEY, MOVE_AWAY, JOIN, PART, CLOSE, INSERT_USE, HOLD_USE, USE_BY_ID, SETTLE_USE, OPEN_USE, OWN_USE, USES_OF_ORDER, OVER, HISTORY, SUMS, BY_KIND, SPENT, ACCOUNTS, ACCOUNT_OF,
];
