import { personPath, statement } from 'guanxi/plugin';

const P = 'plg_interaction_games';
/** Games are few and players many: a person's rows are looked up for each game, for the key begins with it. */
const DECKS = `activity_id IN (SELECT d.activity_id FROM ${P}_deck d WHERE d.shop_id = :shop)`;
const ROUNDS = `activity_id IN (SELECT r.activity_id FROM ${P}_round r WHERE r.shop_id = :shop)`;

/** Extra tries follow their person, so that nothing bought for points is lost. */
export const MOVE_GIVEN = statement(`UPDATE ${P}_extra SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person`);
export const GIVEN_BACK = statement(`UPDATE ${P}_extra SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()}`);
export interface TriesRow { readonly activity_id: string; readonly day: string; readonly tries: number; readonly extra: number }
/** The day's tries of who becomes another person count for that person; `SET_AWAY` lets a second telling add nothing. */
export const TRIES_TO_MOVE = statement<TriesRow>(`SELECT activity_id, day, day_plays AS tries, extra FROM ${P}_player WHERE shop_id = :shop AND person_id = :person AND ${DECKS} AND (day_plays > 0 OR extra > 0)`);
export const SET_AWAY = statement(`UPDATE ${P}_player SET away_plays = away_plays + day_plays, away_extra = away_extra + extra, day_plays = 0, extra = 0 WHERE shop_id = :shop AND person_id = :person AND ${DECKS}`);
export const ADD_DAY_TRIES = statement(`INSERT INTO ${P}_player AS player (shop_id, activity_id, person_id, plays, wins, day, day_plays)
  SELECT :shop, :activity, :person, COALESCE(MAX(play_no), 0), COUNT(CASE WHEN outcome = 'won' THEN 1 END), :day, COUNT(CASE WHEN business_date = :day THEN 1 END) + :tries FROM ${P}_play
  WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person
  ON CONFLICT (shop_id, activity_id, person_id) DO UPDATE SET day_plays = CASE WHEN player.day = :day THEN player.day_plays + :tries WHEN player.day < :day THEN :tries ELSE player.day_plays END,
    day = CASE WHEN player.day < :day THEN :day ELSE player.day END`);
export const TRIES_AWAY = statement<TriesRow>(`SELECT activity_id, day, away_plays AS tries, away_extra AS extra FROM ${P}_player WHERE shop_id = :shop AND person_id = :person AND ${DECKS} AND (away_plays > 0 OR away_extra > 0)`);
/** Holds a person's counter until the unit ends. */
export const HOLD_TRIES = statement<{ extra: number }>(`UPDATE ${P}_player SET plays = plays WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person RETURNING extra`);
export const LESS_TRIES = statement(`UPDATE ${P}_player SET extra = extra - :extra, day_plays = CASE WHEN day <> :day THEN day_plays WHEN day_plays > :tries THEN day_plays - :tries ELSE 0 END
  WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
export const TRIES_BACK = statement(`UPDATE ${P}_player SET extra = extra + :extra, day_plays = CASE WHEN day = :day THEN day_plays + :tries ELSE day_plays END, away_extra = 0, away_plays = 0
  WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);

/** The one who merges in brings only the dates the other lacks. */
export const MOVE_CHECK_INS = statement(`UPDATE ${P}_check_in SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person
  AND NOT EXISTS (SELECT 1 FROM ${P}_check_in other WHERE other.shop_id = :shop AND other.person_id = :into AND other.business_date = ${P}_check_in.business_date)`);
export const CHECK_INS_BACK = statement(`UPDATE ${P}_check_in SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()}
  AND NOT EXISTS (SELECT 1 FROM ${P}_check_in other WHERE other.shop_id = :shop AND other.person_id = :person AND other.business_date = ${P}_check_in.business_date)`);

const nextFor = (person: string): string => `guess_no = 1 + (SELECT COALESCE(MAX(o.guess_no), 0) FROM ${P}_guess o WHERE o.shop_id = :shop AND o.person_id = :${person} AND o.activity_id = ${P}_guess.activity_id)`;
/** Who becomes another person brings their guesses along, as far as the other has any left. */
export const GUESSES_TO_MOVE = statement<{ id: string }>(`SELECT id FROM ${P}_guess WHERE shop_id = :shop AND person_id = :person ORDER BY at, guess_no`);
export const MOVE_GUESS = statement(`UPDATE ${P}_guess SET ${personPath.leaves}, ${nextFor('into')} WHERE shop_id = :shop AND id = :id
  AND (SELECT COUNT(*) FROM ${P}_guess o WHERE o.shop_id = :shop AND o.person_id = :into AND o.activity_id = ${P}_guess.activity_id)
    < (SELECT r.guesses FROM ${P}_round r WHERE r.shop_id = :shop AND r.activity_id = ${P}_guess.activity_id)`);
export const DROP_GUESSES = statement(`DELETE FROM ${P}_guess WHERE shop_id = :shop AND person_id = :person`);
export const GUESSES_AWAY = statement<{ id: string }>(`SELECT id FROM ${P}_guess WHERE shop_id = :shop AND ${personPath.theirs()} ORDER BY at, guess_no`);
export const GUESS_BACK = statement(`UPDATE ${P}_guess SET ${personPath.returns}, ${nextFor('person')} WHERE shop_id = :shop AND id = :id`);
export const MOVE_WINNER = statement(`UPDATE ${P}_winner SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person AND ${ROUNDS}
  AND NOT EXISTS (SELECT 1 FROM ${P}_winner o WHERE o.shop_id = :shop AND o.activity_id = ${P}_winner.activity_id AND o.person_id = :into)`);
export const DROP_WAITING = statement(`DELETE FROM ${P}_winner WHERE shop_id = :shop AND person_id = :person AND ${ROUNDS} AND state = 'waiting'`);
export const WINNER_BACK = statement(`UPDATE ${P}_winner SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()} AND ${ROUNDS}
  AND NOT EXISTS (SELECT 1 FROM ${P}_winner o WHERE o.shop_id = :shop AND o.activity_id = ${P}_winner.activity_id AND o.person_id = :person)`);
export const MOVE_COUPON = statement(`UPDATE ${P}_sale_coupon SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person AND ${ROUNDS}`);
export const COUPON_BACK = statement(`UPDATE ${P}_sale_coupon SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()} AND ${ROUNDS}`);

export const peopleStatements = [
  MOVE_GIVEN, GIVEN_BACK, TRIES_TO_MOVE, SET_AWAY, ADD_DAY_TRIES, TRIES_AWAY, HOLD_TRIES, LESS_TRIES, TRIES_BACK, MOVE_CHECK_INS, CHECK_INS_BACK, GUESSES_TO_MOVE, MOVE_GUESS, DROP_GUESSES, GUESSES_AWAY, GUESS_BACK,
  MOVE_WINNER, DROP_WAITING, WINNER_BACK, MOVE_COUPON, COUPON_BACK,
];
