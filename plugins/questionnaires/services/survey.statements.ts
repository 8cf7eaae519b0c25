import { statement } from 'guanxi/plugin';
import type { AnswerGroup } from '../surveys/tally.js';
import type { RewardState } from '../entities/session.entity.js';

const SESSION = 'plg_questionnaires_session';
const ANSWER = 'plg_questionnaires_answer';

export interface SessionRow { readonly id: string; readonly activity_id: string; readonly person_id: string | null; readonly state: 'partial' | 'completed'; readonly answer_seq: number; readonly reward_points: number; readonly reward_state: RewardState; readonly grant_id: string | null }
const COLUMNS = 'id, activity_id, person_id, state, answer_seq, reward_points, reward_state, grant_id';

/** Opens the person's session or goes on with it, and reserves numbers for `n` answers. */
export const OPEN_SESSION = statement<SessionRow>(`INSERT INTO ${SESSION} AS session (shop_id, id, activity_id, person_id, source, activity_version, state, answer_seq, started_at, reward_points, reward_state, created_at, updated_at)
  VALUES (:shop, :id, :activity, :person, 'shopper', :version, 'partial', :n, :now, 0, 'none', :now, :now)
  ON CONFLICT (shop_id, activity_id, person_id) DO UPDATE SET answer_seq = session.answer_seq + :n, updated_at = :now RETURNING ${COLUMNS}`);
export const PUT_ANSWER = statement(`INSERT INTO ${ANSWER} (shop_id, id, session_id, activity_id, person_id, question_id, kind, seq, content, answered_at, created_at, updated_at)
  VALUES (:shop, :id, :session, :activity, :person, :question, :kind, :seq, :content, :now, :now, :now)
  ON CONFLICT (shop_id, session_id, question_id) DO UPDATE SET content = excluded.content, seq = excluded.seq, answered_at = excluded.answered_at, updated_at = excluded.updated_at`);
export const DROP_ANSWER = statement(`DELETE FROM ${ANSWER} WHERE shop_id = :shop AND session_id = :session AND question_id = :question`);
export const ANSWERED = statement<{ question_id: string }>(`SELECT question_id FROM ${ANSWER} WHERE shop_id = :shop AND session_id = :session`);
/** Only the first caller completes it. */
export const COMPLETE = statement(`UPDATE ${SESSION} SET state = 'completed', completed_at = :now, completed_on = :day, reward_points = :points, updated_at = :now WHERE shop_id = :shop AND id = :id AND state = 'partial'`);
export const NOTE_REWARD = statement(`UPDATE ${SESSION} SET reward_state = :state, grant_id = :grant, updated_at = :now WHERE shop_id = :shop AND id = :id`);
/** Only once, and only of the grant that the session waits for. */
export const REWARD_DECIDED = statement(`UPDATE ${SESSION} SET reward_state = :state, updated_at = :now WHERE shop_id = :shop AND id = :id AND grant_id = :grant AND reward_state = 'held'`);

export const SESSION_OF = statement<SessionRow>(`SELECT ${COLUMNS} FROM ${SESSION} WHERE shop_id = :shop AND activity_id = :activity AND person_id = :person`);
/** Sorted by an expression, so that SQLite finds the person's few and does not walk along everybody's in this order. */
export const SESSIONS_OF_PERSON = statement<SessionRow>(`SELECT ${COLUMNS} FROM ${SESSION} WHERE shop_id = :shop AND person_id = :person ORDER BY id || ''`);
export const ANSWERS_OF = statement<{ question_id: string; content: string }>(`SELECT question_id, content FROM ${ANSWER} WHERE shop_id = :shop AND session_id = :session ORDER BY seq`);

export const DROP_ANSWERS = statement(`DELETE FROM ${ANSWER} WHERE shop_id = :shop AND session_id = :session`);
export const DROP_SESSION = statement(`DELETE FROM ${SESSION} WHERE shop_id = :shop AND id = :session`);

export interface TotalsRow { readonly activity_id: string; readonly started: number; readonly completed: number; readonly given: number }
const TOTALS_SELECT = `SELECT activity_id, CAST(COUNT(*) AS BIGINT) AS started, CAST(SUM(CASE WHEN state = 'completed' THEN 1 ELSE 0 END) AS BIGINT) AS completed,
  CAST(SUM(CASE WHEN reward_state = 'given' THEN reward_points ELSE 0 END) AS BIGINT) AS given FROM ${SESSION} WHERE shop_id = :shop`;
export const TOTALS = statement<TotalsRow>(`${TOTALS_SELECT} GROUP BY activity_id`);
export const TOTALS_OF = statement<TotalsRow>(`${TOTALS_SELECT} AND activity_id = :activity GROUP BY activity_id`);
/** Texts apart: every answer but a text repeats, so there are few groups however many people answer. */
export const GROUPS = statement<AnswerGroup>(`SELECT question_id, content, CAST(COUNT(*) AS BIGINT) AS n FROM ${ANSWER} WHERE shop_id = :shop AND activity_id = :activity AND kind <> 'text' GROUP BY question_id, content`);
export const TEXT_COUNTS = statement<{ question_id: string; n: number }>(`SELECT question_id, CAST(COUNT(*) AS BIGINT) AS n FROM ${ANSWER} WHERE shop_id = :shop AND activity_id = :activity AND kind = 'text' GROUP BY question_id`);
export const COMPLETED_BY_DAY = statement<{ date: string; n: number }>(`SELECT completed_on AS date, CAST(COUNT(*) AS BIGINT) AS n FROM ${SESSION} WHERE shop_id = :shop AND activity_id = :activity AND completed_on IS NOT NULL GROUP BY completed_on ORDER BY completed_on`);
export const COMPLETED_SINCE = statement<{ date: string; n: number }>(`SELECT completed_on AS date, CAST(COUNT(*) AS BIGINT) AS n FROM ${SESSION} WHERE shop_id = :shop AND completed_on >= :from GROUP BY completed_on ORDER BY completed_on`);

export interface AnswerLine { readonly id: string; readonly session_id: string; readonly person_id: string | null; readonly question_id: string; readonly kind: string; readonly content: string; readonly answered_at: number; readonly state: string; readonly completed_at: number | null }
export const ANSWER_LINES = statement<AnswerLine>(`SELECT a.id, a.session_id, a.person_id, a.question_id, a.kind, a.content, a.answered_at, s.state, s.completed_at
  FROM ${ANSWER} a JOIN ${SESSION} s ON s.shop_id = a.shop_id AND s.id = a.session_id WHERE a.shop_id = :shop AND a.activity_id = :activity AND a.id > :after ORDER BY a.id LIMIT 500`);

export const ADD_DEMO_SESSION = statement(`INSERT INTO ${SESSION} (shop_id, id, activity_id, person_id, source, activity_version, state, answer_seq, started_at, completed_at, completed_on, reward_points, reward_state, created_at, updated_at)
  VALUES (:shop, :id, :activity, NULL, 'demo', :version, :state, :n, :startedAt, :completedAt, :day, 0, 'none', :startedAt, :startedAt)`);

export const surveyStatements = [
  OPEN_SESSION, PUT_ANSWER, DROP_ANSWER, ANSWERED, COMPLETE, NOTE_REWARD, SESSION_OF, SESSIONS_OF_PERSON, ANSWERS_OF, DROP_ANSWERS, DROP_SESSION, REWARD_DECIDED,
  TOTALS, TOTALS_OF, GROUPS, TEXT_COUNTS, COMPLETED_BY_DAY, COMPLETED_SINCE, ANSWER_LINES, ADD_DEMO_SESSION,
];
