import { statement } from 'guanxi/plugin';
import type { Checked, PLAY_OUTCOMES } from '../entities/play.entity.js';
import { BLOCK } from './deck.js';

const P = 'plg_interaction_games';

interface TryRow { readonly plays: number; readonly wins: number; readonly day_plays: number; readonly extra: number }
/** Counts a try of who has a counter. No row: they have none, or the day's tries are used up; `COUNT_TRY` knows. */
export const COUNT_NEXT_TRY = statement<TryRow>(`UPDATE ${P}_player SET plays = plays + 1, day_plays = CASE WHEN day = :day THEN day_plays + 1 ELSE 1 END, day = :day
  WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person AND (day <> :day OR day_plays < :most OR extra > 0) RETURNING plays, wins, day_plays, extra`);
/**
 * Counts a try, or changes nothing when the day's tries are used up. One statement, so that no crowd can slip through. The counter is a person's and goes with
 * them; the record of draws stays. Who has no counter (any more) goes on where the record ends, so that no number of a play comes twice.
 */
export const COUNT_TRY = statement<TryRow>(`INSERT INTO ${P}_player AS player (shop_id, activity_id, person_id, plays, wins, day, day_plays)
  SELECT :shop, :activity, :person, before.plays + 1, before.wins, :day, before.day_plays + 1 FROM (
    SELECT COALESCE(MAX(play_no), 0) AS plays, COUNT(CASE WHEN outcome = 'won' THEN 1 END) AS wins, COUNT(CASE WHEN business_date = :day THEN 1 END) AS day_plays FROM ${P}_play
    WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person
      AND NOT EXISTS (SELECT 1 FROM ${P}_player known WHERE known.shop_id = :shop AND known.activity_id = :activity AND known.person_id = :person)
  ) before WHERE before.day_plays < :most
  ON CONFLICT (shop_id, activity_id, person_id) DO UPDATE SET plays = player.plays + 1, day_plays = CASE WHEN player.day = :day THEN player.day_plays + 1 ELSE 1 END, day = :day
  WHERE player.day <> :day OR player.day_plays < :most OR player.extra > 0 RETURNING plays, wins, day_plays, extra`);
/** An extra try is none of the day's. */
export const USE_EXTRA = statement(`UPDATE ${P}_player SET extra = extra - 1, day_plays = day_plays - 1 WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person AND extra > 0`);
/** Somebody without a counter goes on where the record ends, as in `COUNT_TRY`. */
export const ADD_EXTRA = statement(`INSERT INTO ${P}_player AS player (shop_id, activity_id, person_id, plays, wins, day, day_plays, extra)
  SELECT :shop, :activity, :person, COALESCE(MAX(play_no), 0), COUNT(CASE WHEN outcome = 'won' THEN 1 END), :day, COUNT(CASE WHEN business_date = :day THEN 1 END), :extra FROM ${P}_play
  WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person
  ON CONFLICT (shop_id, activity_id, person_id) DO UPDATE SET extra = player.extra + :extra`);
export const TAKE_EXTRA = statement(`UPDATE ${P}_player SET extra = CASE WHEN extra > :extra THEN extra - :extra ELSE 0 END WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
export const GIVE_EXTRA = statement(`INSERT INTO ${P}_extra (shop_id, grant_id, activity_id, person_id, tries) VALUES (:shop, :grant, :activity, :person, :tries)`);
export const TAKE_GIVEN = statement<{ activity_id: string; person_id: string; tries: number }>(`DELETE FROM ${P}_extra WHERE shop_id = :shop AND grant_id = :grant RETURNING activity_id, person_id, tries`);
export const TRIES_OF = statement<{ used: number; extra: number }>(`SELECT CASE WHEN day = :day THEN day_plays ELSE 0 END AS used, extra FROM ${P}_player WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
export const COUNT_WIN = statement(`UPDATE ${P}_player SET wins = wins + 1 WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
/** How many are drawn with the next ticket, and its letter. No row: the deck is empty. */
export const DRAW = statement<{ drawn: number; letter: string | null }>(`UPDATE ${P}_deck SET drawn = drawn + 1 WHERE shop_id = :shop AND activity_id = :activity AND drawn < size
  RETURNING drawn, (SELECT SUBSTR(b.tickets, CAST((drawn - 1) % ${BLOCK} + 1 AS INTEGER), 1) FROM ${P}_block b WHERE b.shop_id = :shop AND b.activity_id = :activity AND b.block = (drawn - 1) / ${BLOCK}) AS letter`);
export const TAKE_RESERVE = statement(`UPDATE ${P}_deck SET reserve = reserve - 1 WHERE shop_id = :shop AND activity_id = :activity AND reserve > 0`);
export const TAKE_PRIZE = statement(`UPDATE ${P}_prize SET remaining = remaining - 1 WHERE shop_id = :shop AND activity_id = :activity AND prize = :prize AND remaining > 0`);
export const PUT_PRIZE_BACK = statement(`UPDATE ${P}_prize SET remaining = remaining + 1 WHERE shop_id = :shop AND activity_id = :activity AND prize = :prize`);
export const RECORD_PLAY = statement(`INSERT INTO ${P}_play (shop_id, id, activity_id, person_id, play_no, ticket, outcome, prize, cost, points_won, note, checked, business_date, at, created_at, updated_at)
  VALUES (:shop, :id, :activity, :person, :playNo, :ticket, :outcome, :prize, :cost, :pointsWon, :note, :checked, :day, :now, :now, :now)`);

/** Only once, while it is being checked. What can never be given any more makes it a turn with a consolation, if any; it was drawn, and is not drawn again. */
export const CHECK_PLAY = statement(`UPDATE ${P}_play SET checked = :decision, points_won = COALESCE(CAST(:points AS BIGINT), points_won), outcome = CASE WHEN CAST(:lost AS INTEGER) = 1 THEN 'fallback' ELSE outcome END, updated_at = :now
  WHERE shop_id = :shop AND id = :id AND checked = 'held'`);

export interface TurnRow { readonly id: string; readonly at: number; readonly outcome: (typeof PLAY_OUTCOMES)[number]; readonly prize: number | null; readonly points_won: number; readonly checked: Checked | null }
/** The latest turns of one person. */
export const OWN_TURNS = statement<TurnRow>(`SELECT id, at, outcome, prize, points_won, checked FROM ${P}_play WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person ORDER BY play_no DESC LIMIT 20`);

export const MAKE_DECK = statement(`INSERT INTO ${P}_deck (shop_id, activity_id, size, drawn, reserve) VALUES (:shop, :activity, :size, 0, :reserve)`);
export const MAKE_BLOCK = statement(`INSERT INTO ${P}_block (shop_id, activity_id, block, tickets) VALUES (:shop, :activity, :block, :tickets)`);
export const MAKE_PRIZE = statement(`INSERT INTO ${P}_prize (shop_id, activity_id, prize, total, remaining) VALUES (:shop, :activity, :prize, :total, :total)`);

export const ALL_BLOCKS = statement<{ tickets: string }>(`SELECT tickets FROM ${P}_block WHERE shop_id = :shop AND activity_id = :activity ORDER BY block`);
export const DROP_BLOCKS = statement(`DELETE FROM ${P}_block WHERE shop_id = :shop AND activity_id = :activity AND block >= :first`);
export const SET_DECK = statement(`UPDATE ${P}_deck SET size = :size, reserve = reserve + :more WHERE shop_id = :shop AND activity_id = :activity`);
export const MORE_PRIZE = statement(`UPDATE ${P}_prize SET total = total + :more, remaining = remaining + :more WHERE shop_id = :shop AND activity_id = :activity AND prize = :prize`);
/** Nothing is left to draw. */
export const CLOSE_DECK = statement(`UPDATE ${P}_deck SET size = drawn, reserve = 0 WHERE shop_id = :shop AND activity_id = :activity`);
export const CLEAR_PRIZES = statement(`UPDATE ${P}_prize SET remaining = 0 WHERE shop_id = :shop AND activity_id = :activity`);

export const PRIZES = statement<{ activity_id: string; prize: number; total: number; remaining: number }>(`SELECT activity_id, prize, total, remaining FROM ${P}_prize WHERE shop_id = :shop AND activity_id = :activity ORDER BY prize`);
/** Tries of one person on one business date, from the record of draws. */
export const PLAYED_ON = statement<{ plays: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS plays FROM ${P}_play WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person AND business_date = :day`);
/** The deck, held until the unit ends, so that no ticket is drawn while it is shuffled anew. */
export const HOLD_DECK = statement<{ size: number; drawn: number; reserve: number }>(`UPDATE ${P}_deck SET drawn = drawn WHERE shop_id = :shop AND activity_id = :activity RETURNING size, drawn, reserve`);
export const DECK = statement<{ size: number; drawn: number; reserve: number }>(`SELECT size, drawn, reserve FROM ${P}_deck WHERE shop_id = :shop AND activity_id = :activity`);

export const CHECK_IN = statement(`INSERT INTO ${P}_check_in (shop_id, id, activity_id, person_id, business_date, streak, earned, at, created_at, updated_at)
  VALUES (:shop, :id, :activity, :person, :day, :streak, :earned, :now, :now, :now) ON CONFLICT (shop_id, person_id, business_date) DO NOTHING`);
export const NO_POINTS = statement(`UPDATE ${P}_check_in SET earned = 0 WHERE shop_id = :shop AND id = :id`);
export const CHECK_IN_OF = statement<{ streak: number; earned: number }>(`SELECT streak, earned FROM ${P}_check_in WHERE shop_id = :shop AND person_id = :person AND business_date = :day`);
export const RECENT_DATES = statement<{ business_date: string }>(`SELECT business_date FROM ${P}_check_in WHERE shop_id = :shop AND person_id = :person AND business_date < :day ORDER BY business_date DESC LIMIT 400`);

export interface TotalsRow { readonly plays: number; readonly players: number; readonly winners: number; readonly won: number; readonly spent: number; readonly given: number }
export const WHEEL_TOTALS = statement<TotalsRow>(`SELECT CAST(COUNT(*) AS BIGINT) AS plays, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS players, CAST(COUNT(DISTINCT CASE WHEN outcome = 'won' THEN person_id END) AS BIGINT) AS winners,
  CAST(COALESCE(SUM(CASE WHEN outcome = 'won' THEN 1 ELSE 0 END), 0) AS BIGINT) AS won, CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS spent, CAST(COALESCE(SUM(points_won), 0) AS BIGINT) AS given
  FROM ${P}_play WHERE shop_id = :shop AND activity_id = :activity`);
export const CHECK_IN_TOTALS = statement<TotalsRow>(`SELECT CAST(COUNT(*) AS BIGINT) AS plays, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS players, CAST(COUNT(DISTINCT person_id) AS BIGINT) AS winners,
  CAST(COUNT(*) AS BIGINT) AS won, CAST(0 AS BIGINT) AS spent, CAST(COALESCE(SUM(earned), 0) AS BIGINT) AS given FROM ${P}_check_in WHERE shop_id = :shop AND activity_id = :activity`);
export const PLAYS_BY_DAY = statement<{ date: string; plays: number; won: number }>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS plays, CAST(SUM(CASE WHEN outcome = 'won' THEN 1 ELSE 0 END) AS BIGINT) AS won
  FROM ${P}_play WHERE shop_id = :shop AND activity_id = :activity GROUP BY business_date ORDER BY business_date`);
export const CHECK_INS_BY_DAY = statement<{ date: string; plays: number; won: number }>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS plays, CAST(COUNT(*) AS BIGINT) AS won
  FROM ${P}_check_in WHERE shop_id = :shop AND activity_id = :activity GROUP BY business_date ORDER BY business_date`);
export const PLAYED_SINCE = statement<{ date: string; plays: number }>(`SELECT business_date AS date, CAST(COUNT(*) AS BIGINT) AS plays FROM ${P}_play WHERE shop_id = :shop AND business_date >= :from GROUP BY business_date ORDER BY business_date`);

export const gameStatements = [
  COUNT_NEXT_TRY, COUNT_TRY, USE_EXTRA, ADD_EXTRA, TAKE_EXTRA, GIVE_EXTRA, TAKE_GIVEN, TRIES_OF, COUNT_WIN, DRAW, TAKE_RESERVE, TAKE_PRIZE, PUT_PRIZE_BACK, RECORD_PLAY, CHECK_PLAY, OWN_TURNS, MAKE_DECK, MAKE_BLOCK, MAKE_PRIZE, ALL_BLOCKS, DROP_BLOCKS, SET_DECK, MORE_PRIZE, CLOSE_DECK, CLEAR_PRIZES, PRIZES, PLAYED_ON, HOLD_DECK, DECK, CHECK_IN, NO_POINTS, CHECK_IN_OF, RECENT_DATES,
  WHEEL_TOTALS, CHECK_IN_TOTALS, PLAYS_BY_DAY, CHECK_INS_BY_DAY, PLAYED_SINCE,
];
