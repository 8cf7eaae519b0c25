import { statement } from 'guanxi/plugin';
import type { Hint } from '../entities/guess.entity.js';

const P = 'plg_interaction_games';

export interface RoundRow {
  readonly sku: string; readonly price: number; readonly currency: string; readonly nonce: string; readonly commitment: string; readonly guesses: number; readonly coupon: string | null;
  readonly list_price: number | null; readonly real_price: number | null; readonly decided_at: number | null;
}
const ROUND_COLUMNS = 'sku, price, currency, nonce, commitment, guesses, coupon, list_price, real_price, decided_at';
export const ROUND = statement<RoundRow>(`SELECT ${ROUND_COLUMNS} FROM ${P}_round WHERE shop_id = :shop AND activity_id = :activity`);
export const SAVE_ROUND = statement(`INSERT INTO ${P}_round (shop_id, activity_id, sku, price, currency, nonce, commitment, guesses, coupon, list_price) VALUES (:shop, :activity, :sku, :price, :currency, :nonce, :commitment, :guesses, :coupon, :listPrice)
  ON CONFLICT (shop_id, activity_id) DO UPDATE SET sku = :sku, price = :price, currency = :currency, nonce = :nonce, commitment = :commitment, guesses = :guesses, coupon = :coupon, list_price = :listPrice`);
export const DROP_ROUND = statement(`DELETE FROM ${P}_round WHERE shop_id = :shop AND activity_id = :activity`);
/** Holds the round until the unit ends, so that two who decide do it one after the other. */
export const DECIDE = statement<RoundRow>(`UPDATE ${P}_round SET decided_at = COALESCE(decided_at, :now) WHERE shop_id = :shop AND activity_id = :activity RETURNING ${ROUND_COLUMNS}`);
export const SET_REAL_PRICE = statement<RoundRow>(`UPDATE ${P}_round SET real_price = :price WHERE shop_id = :shop AND activity_id = :activity RETURNING ${ROUND_COLUMNS}`);

/** Writes the next guess of a person, or nothing when all are used or another guess took the number in this moment. */
export const ADD_GUESS = statement<{ guess_no: number }>(`INSERT INTO ${P}_guess (shop_id, id, activity_id, person_id, guess_no, amount, hint, business_date, at, created_at, updated_at)
  SELECT :shop, :id, :activity, :person, COALESCE(MAX(guess_no), 0) + 1, :amount, :hint, :day, :now, :now, :now FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person HAVING COUNT(*) < :most
  ON CONFLICT (shop_id, activity_id, person_id, guess_no) DO NOTHING RETURNING guess_no`);
export const GUESSES_OF = statement<{ guess_no: number; amount: number; hint: Hint | null; at: number }>(`SELECT guess_no, amount, hint, at FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person ORDER BY guess_no`);
export const NEIGHBOURS = statement<{ below: number | null; above: number | null }>(`SELECT MAX(CASE WHEN amount <= :price THEN amount END) AS below, MIN(CASE WHEN amount >= :price THEN amount END) AS above FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity`);
/** Everybody with a guess in a range wins, once. */
export const ADD_WINNERS = statement(`INSERT INTO ${P}_winner (shop_id, activity_id, person_id, amount, under, state, at)
  SELECT :shop, :activity, person_id, MAX(amount), :under, 'waiting', :now FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity AND amount >= :low AND amount <= :high GROUP BY person_id
  ON CONFLICT (shop_id, activity_id, person_id) DO NOTHING`);

/** `fallback`: points in its place; `over`: it could never be given any more, and nothing took its place; `refused`: staff took it back while it was checked. */
export const WINNER_STATES = ['waiting', 'held', 'given', 'fallback', 'over', 'refused'] as const;
export type WinnerState = (typeof WINNER_STATES)[number];
/** `note`: why the prize waits; of one that is checked, until when (ISO 8601), or null until staff decide. */
export interface WinnerRow { readonly person_id: string; readonly amount: number; readonly under: 'sealed' | 'real'; readonly state: WinnerState; readonly note: string | null; readonly outcome: string | null; readonly at: number }
/** Winners whose prize was not tried since `before`. */
export const UNPAID = statement<{ person_id: string }>(`SELECT person_id FROM ${P}_winner WHERE shop_id = :shop AND activity_id = :activity AND state = 'waiting' AND (tried_at IS NULL OR tried_at < :before) ORDER BY person_id LIMIT :limit`);
export const TRY_WINNER = statement<{ amount: number }>(`UPDATE ${P}_winner SET tried_at = :now WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person AND state = 'waiting' RETURNING amount`);
export const SET_WINNER = statement(`UPDATE ${P}_winner SET state = :state, note = :note, outcome = :outcome, grant_id = :grant WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
/** Found by the grant: whoever won may be another person by now. Winners from before this column have none; they are found by `CHECKED_BEFORE`. */
export const CHECKED_WINNER = statement(`UPDATE ${P}_winner SET state = :state, note = NULL, outcome = :outcome WHERE shop_id = :shop AND grant_id = :grant AND state = 'held'`);
export const CHECKED_BEFORE = statement(`UPDATE ${P}_winner SET state = :state, note = NULL, outcome = :outcome WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person AND grant_id IS NULL AND state = 'held'`);
export const WINNER_OF = statement<WinnerRow>(`SELECT person_id, amount, under, state, note, outcome, at FROM ${P}_winner WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
export const WINNERS = statement<WinnerRow>(`SELECT person_id, amount, under, state, note, outcome, at FROM ${P}_winner WHERE shop_id = :shop AND activity_id = :activity AND person_id > :after ORDER BY person_id LIMIT :limit`);
export const ROUND_TOTALS = statement<{ guesses: number; players: number; lowest: number | null; highest: number | null; mean: number | null }>(`SELECT CAST(COUNT(*) AS BIGINT) AS guesses, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS players, MIN(amount) AS lowest, MAX(amount) AS highest, CAST(AVG(amount) AS BIGINT) AS mean
  FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity`);
export const WINNER_TOTALS = statement<{ winners: number; given: number; real: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS winners, CAST(COALESCE(SUM(CASE WHEN state IN ('given', 'fallback') THEN 1 ELSE 0 END), 0) AS BIGINT) AS given, CAST(COALESCE(SUM(CASE WHEN under = 'real' THEN 1 ELSE 0 END), 0) AS BIGINT) AS real
  FROM ${P}_winner WHERE shop_id = :shop AND activity_id = :activity`);
/** The same numbers as a wheel's, for the list of games; `given` counts points only. */
export const GUESS_TOTALS = statement<{ plays: number; players: number; winners: number; won: number; spent: number; given: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS plays, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS players,
  (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_winner w WHERE w.shop_id = :shop AND w.activity_id = :activity) AS winners, (SELECT CAST(COUNT(*) AS BIGINT) FROM ${P}_winner w WHERE w.shop_id = :shop AND w.activity_id = :activity) AS won,
  CAST(0 AS BIGINT) AS spent, CAST(0 AS BIGINT) AS given FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity`);
export const GUESSES_BY_DAY = statement<{ date: string; plays: number; won: number }>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS plays, CAST(0 AS BIGINT) AS won FROM ${P}_guess WHERE shop_id = :shop AND activity_id = :activity GROUP BY business_date ORDER BY business_date`);

export const KEEP_COUPON = statement(`INSERT INTO ${P}_sale_coupon (shop_id, grant_id, activity_id, person_id, code, expires_at) VALUES (:shop, :grant, :activity, :person, :code, :expiresAt)`);
export const TAKE_COUPON = statement<{ code: string }>(`DELETE FROM ${P}_sale_coupon WHERE shop_id = :shop AND grant_id = :grant RETURNING code`);
export const COUPON_OF = statement<{ code: string; expires_at: number }>(`SELECT code, expires_at FROM ${P}_sale_coupon WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person ORDER BY expires_at DESC LIMIT 1`);

export const guessStatements = [
  ROUND, SAVE_ROUND, DROP_ROUND, DECIDE, SET_REAL_PRICE, ADD_GUESS, GUESSES_OF, NEIGHBOURS, ADD_WINNERS, UNPAID, TRY_WINNER, SET_WINNER, CHECKED_WINNER, CHECKED_BEFORE, WINNER_OF, WINNERS, ROUND_TOTALS, WINNER_TOTALS, GUESS_TOTALS, GUESSES_BY_DAY,
  KEEP_COUPON, TAKE_COUPON, COUPON_OF,
];
