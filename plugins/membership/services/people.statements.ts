import { personPath, statement } from 'guanxi/plugin';

const P = 'plg_membership';

export const MOVE_PURCHASES = statement(`UPDATE ${P}_purchase SET person_id = :into WHERE shop_id = :shop AND person_id = :person`);
export const MOVE_GROWTH = statement(`UPDATE ${P}_growth SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person
  AND NOT EXISTS (SELECT 1 FROM ${P}_growth other WHERE other.shop_id = :shop AND other.person_id = :into AND other.source = ${P}_growth.source AND other.cause_ref = ${P}_growth.cause_ref)`);
/** Who was given for a year on one account is not given for it again. */
export const MOVE_GIFTS = statement(`UPDATE ${P}_birthday_gift SET ${personPath.leaves} WHERE shop_id = :shop AND person_id = :person
  AND NOT EXISTS (SELECT 1 FROM ${P}_birthday_gift other WHERE other.shop_id = :shop AND other.person_id = :into AND other.year = ${P}_birthday_gift.year)`);
export const GROWTH_BACK = statement(`UPDATE ${P}_growth SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()}`);
export const GIFTS_BACK = statement(`UPDATE ${P}_birthday_gift SET ${personPath.returns} WHERE shop_id = :shop AND ${personPath.theirs()}`);
/** Keeps what somebody told apart while they are another person; `filled` names what the other took over. */
export const SET_AWAY = statement(`UPDATE ${P}_profile SET away = :away, filled = :filled WHERE shop_id = :shop AND person_id = :person`);
export const SET_TOLD = statement(`UPDATE ${P}_profile SET birthday = :birthday, birth_year = :birth_year, birthday_set_on = :birthday_set_on, guarded = :guarded, followed_at = :followed_at, nickname = :nickname, gender = :gender, interests = :interests,
  updated_at = :now WHERE shop_id = :shop AND person_id = :person`);
export const DROP_MOVES = statement(`DELETE FROM ${P}_move WHERE shop_id = :shop AND person_id = :person`);

export interface ProfileRow {
  readonly birthday: string | null; readonly birth_year: number | null; readonly birthday_set_on: string | null; readonly guarded: number; readonly nickname: string | null; readonly gender: string | null; readonly interests: string; readonly followed_at: number | null;
  readonly away: number; readonly filled: string | null;
}
const TOLD = 'birthday, birth_year, birthday_set_on, guarded, nickname, gender, interests, followed_at, away, filled';
export const PROFILE_OF = statement<ProfileRow>(`SELECT ${TOLD} FROM ${P}_profile WHERE shop_id = :shop AND person_id = :person`);
/** Makes the row where there is none, and holds it until the unit ends. */
export const HOLD_PROFILE = statement<ProfileRow>(`INSERT INTO ${P}_profile (shop_id, id, person_id, interests, created_at, updated_at) VALUES (:shop, :id, :person, '[]', :now, :now)
  ON CONFLICT (shop_id, person_id) DO UPDATE SET updated_at = :now RETURNING ${TOLD}`);
export const SET_BIRTHDAY = statement(`UPDATE ${P}_profile SET birthday = :birthday, birth_year = :year, birthday_set_on = :today, guarded = :guarded WHERE shop_id = :shop AND person_id = :person`);
export const SET_FOLLOWED = statement(`UPDATE ${P}_profile SET followed_at = COALESCE(followed_at, :now) WHERE shop_id = :shop AND person_id = :person`);
export const SET_PROFILE = statement(`UPDATE ${P}_profile SET nickname = :nickname, gender = :gender, interests = :interests WHERE shop_id = :shop AND person_id = :person`);

export const BORN_ON = statement<{ person_id: string; birthday: string; birthday_set_on: string }>(`SELECT person_id, birthday, birthday_set_on FROM ${P}_profile
  WHERE shop_id = :shop AND away = 0 AND birthday IN (:one, :other) AND person_id > :after ORDER BY person_id LIMIT :limit`);
export const GUARDED = statement<{ guarded: number }>(`SELECT guarded FROM ${P}_profile WHERE shop_id = :shop AND person_id = :person AND guarded = 1`);
export const LAST_GIFT = statement<{ day: string; year: number }>(`SELECT day, year FROM ${P}_birthday_gift WHERE shop_id = :shop AND person_id = :person ORDER BY year DESC LIMIT 1`);
export const ADD_GIFT = statement(`INSERT INTO ${P}_birthday_gift (shop_id, id, person_id, year, day, amount, created_at, updated_at) VALUES (:shop, :id, :person, :year, :day, :amount, :now, :now) ON CONFLICT DO NOTHING`);

export const peopleStatements = [
  MOVE_PURCHASES, MOVE_GROWTH, MOVE_GIFTS, GROWTH_BACK, GIFTS_BACK, SET_AWAY, SET_TOLD, DROP_MOVES, PROFILE_OF, HOLD_PROFILE, SET_BIRTHDAY, SET_FOLLOWED, SET_PROFILE, BORN_ON, GUARDED, LAST_GIFT, ADD_GIFT,
];
