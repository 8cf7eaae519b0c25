import { personPath, statement } from 'guanxi/plugin';
import type { RewardState } from '../entities/session.entity.js';

const SESSION = 'plg_questionnaires_session', ANSWER = 'plg_questionnaires_answer', APART = 'plg_questionnaires_apart';

export const MOVE_SESSION = statement(`UPDATE ${SESSION} SET ${personPath.leaves}, updated_at = :now WHERE shop_id = :shop AND id = :session`);
export const MOVE_ANSWERS = statement(`UPDATE ${ANSWER} SET person_id = :into, updated_at = :now WHERE shop_id = :shop AND session_id = :session`);
/** What came with somebody, unless they have a session of their own in that survey by now. */
export const SESSIONS_AWAY = statement<{ id: string }>(`SELECT id FROM ${SESSION} WHERE shop_id = :shop AND ${personPath.theirs()}
  AND NOT EXISTS (SELECT 1 FROM ${SESSION} o WHERE o.shop_id = :shop AND o.activity_id = ${SESSION}.activity_id AND o.person_id = :person) ORDER BY id || ''`);
export const SESSION_BACK = statement(`UPDATE ${SESSION} SET ${personPath.returns}, updated_at = :now WHERE shop_id = :shop AND id = :session`);

/** A session as it is kept while it is set aside, so that it can stand again as it was. */
export interface WholeSession {
  readonly id: string; readonly activity_id: string; readonly activity_version: number; readonly state: 'partial' | 'completed'; readonly answer_seq: number; readonly started_at: number; readonly completed_at: number | null;
  readonly completed_on: string | null; readonly reward_points: number; readonly reward_state: RewardState; readonly grant_id: string | null; readonly origin: string | null;
}
const WHOLE = 'id, activity_id, activity_version, state, answer_seq, started_at, completed_at, completed_on, reward_points, reward_state, grant_id, origin';
export const WHOLE_SESSION = statement<WholeSession>(`SELECT ${WHOLE} FROM ${SESSION} WHERE shop_id = :shop AND id = :session`);
export interface WholeAnswer { readonly id: string; readonly question_id: string; readonly kind: string; readonly seq: number; readonly content: string; readonly answered_at: number }
export const WHOLE_ANSWERS = statement<WholeAnswer>(`SELECT id, question_id, kind, seq, content, answered_at FROM ${ANSWER} WHERE shop_id = :shop AND session_id = :session ORDER BY seq`);
export const SET_ASIDE = statement(`INSERT INTO ${APART} (shop_id, id, person_id, from_id, into_id, reversed, content, created_at, updated_at) VALUES (:shop, :id, :owner, :person, :into, :reversed, :content, :now, :now)`);
export interface ApartRow { readonly id: string; readonly person_id: string; readonly reversed: number; readonly content: string }
export const TAKE_APART = statement<ApartRow>(`DELETE FROM ${APART} WHERE shop_id = :shop AND from_id = :person AND into_id = :into RETURNING id, person_id, reversed, content`);
/** Nothing where a session of theirs stands by now. */
export const STAND_AGAIN = statement(`INSERT INTO ${SESSION} (shop_id, person_id, source, ${WHOLE}, created_at, updated_at)
  VALUES (:shop, :owner, 'shopper', :id, :activity_id, :activity_version, :state, :answer_seq, :started_at, :completed_at, :completed_on, :reward_points, :reward_state, :grant_id, :origin, :started_at, :now) ON CONFLICT DO NOTHING`);
export const ANSWER_AGAIN = statement(`INSERT INTO ${ANSWER} (shop_id, session_id, activity_id, person_id, id, question_id, kind, seq, content, answered_at, created_at, updated_at)
  VALUES (:shop, :session, :activity, :owner, :id, :question_id, :kind, :seq, :content, :answered_at, :answered_at, :now)`);

export const peopleStatements = [MOVE_SESSION, MOVE_ANSWERS, SESSIONS_AWAY, SESSION_BACK, WHOLE_SESSION, WHOLE_ANSWERS, SET_ASIDE, TAKE_APART, STAND_AGAIN, ANSWER_AGAIN];
