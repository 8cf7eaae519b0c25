import { choice, Field, id, instant, integer, json, ShopEntity, Table } from 'guanxi/plugin';
import { QUESTION_KINDS, type QuestionKind } from '../surveys/survey-rules.js';
import type { AnswerValue } from '../surveys/answer-check.js';

/** The answer to one question in one session. */
@Table('plg_questionnaires_answer')
export class Answer extends ShopEntity {
  @Field(id()) sessionId!: string;
  @Field(id()) activityId!: string;
  @Field(id({ nullable: true })) personId!: string | null;
  @Field(id()) questionId!: string;
  @Field(choice(QUESTION_KINDS)) kind!: QuestionKind;
  /** Its number in the session; a changed answer gets a new one. */
  @Field(integer()) seq!: number;
  @Field(json()) content!: AnswerValue;
  @Field(instant()) answeredAt!: number;
}
