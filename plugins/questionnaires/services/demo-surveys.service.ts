import { businessDate, DAY, HOUR, MINUTE, newId, sql, type Activities, type Activity, type Database, type ShopContext, type Unit } from 'guanxi/plugin';
import type { AnswerValue } from '../surveys/answer-check.js';
import { filled } from '../surveys/shown-text.js';
import type { Question, SurveyRules } from '../surveys/survey-rules.js';
import { experience, newProducts, type SurveyTemplate } from '../surveys/templates.js';
import { SURVEY_TYPE } from './answering.service.js';
import { ADD_DEMO_SESSION, PUT_ANSWER } from './survey.statements.js';

/** How often each answer is given, in the order of the options or scores. Anything else is asked evenly. */
const WEIGHTS: Readonly<Record<string, readonly number[]>> = {
  recommend: [1, 1, 1, 2, 2, 4, 6, 14, 22, 26, 21], delivery: [2, 5, 16, 42, 35], found: [30, 22, 34, 9, 5], return: [68, 26, 6], important: [34, 22, 18, 12, 8, 6], category: [30, 18, 22, 12, 18], price: [24, 58, 18],
};
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  better: [
    '包装可以更环保一些，盒子有点大。', 'Delivery was quick, but the parcel was left at the door.', '希望多一些小规格装，方便试用。', 'A size guide with real measurements would help a lot.', '客服回复很快，继续保持。',
    'Please bring back the jasmine tea.', '物流信息更新慢了一天。', 'Everything was perfect.', '活动规则能再简单点就好了。', 'Gift wrapping as an option at checkout, please.', '希望可以用积分抵扣运费。', 'The colour was a little darker than in the picture.',
    '收到时包装很精美，送人也合适。', 'Please show the delivery date before checkout.', '退货流程很顺，点赞。', 'More pictures of the fabric, please.', '茶叶很香，希望有家庭装。', 'The club wheel is fun, thank you.', '周末也能发货就更好了。', 'A wish list that I can share would be great.',
  ],
  wish: ['想要小包装的组合礼盒。', 'A refill pack for the hand cream.', '出一款乌龙冷泡茶吧。', 'More linen, please.', '适合送长辈的礼盒。'],
};

/** Mulberry32 (T. Ettinger, public domain): the same sample answers in every new demo shop. */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Two surveys for a new demo shop, with sample answers of nobody in particular. */
export class DemoSurveys {
  /** Texts come in turn, so that few are read twice. */
  #written = 0;

  constructor(private readonly db: Database, private readonly activities: Activities) {}

  async fill(ctx: ShopContext): Promise<void> {
    this.#written = 0;
    // The second has few answers, so that "too few" can be seen; the newest is the one a storefront shows first.
    await this.#open(ctx, newProducts, 18, 23, 9);
    await this.#open(ctx, experience, 124, 158, 28);
  }

  async #open(ctx: ShopContext, { config }: SurveyTemplate, completed: number, started: number, days: number): Promise<void> {
    const title = filled(config.title ?? { en: 'Survey', 'zh-CN': '问卷' })[ctx.locale];
    const draft = await this.activities.create<SurveyRules>(ctx, { type: SURVEY_TYPE, title, config, startsAt: ctx.now - (days + 1) * DAY, endsAt: ctx.now + 60 * DAY });
    const survey = await this.activities.transition(ctx, draft.id, 'publish') as Activity<SurveyRules>;
    const random = repeatable(completed);
    const past = Array.from({ length: started }, (_, at) => ({ at: ctx.now - Math.floor(random() * days * DAY) - HOUR, done: at < completed, answers: this.#answers(survey.config, random, at < completed) }));
    for (let from = 0; from < past.length; from += 40) {
      const part = past.slice(from, from + 40);
      await this.db.hot(ctx, 'surveys:demo', function* (inner): Unit<void> {
        for (const { at, done, answers } of part) {
          const session = newId();
          const end = at + answers.length * 12_000 + MINUTE;
          yield* sql.run(ADD_DEMO_SESSION, { id: session, activity: survey.id, version: survey.version, state: done ? 'completed' : 'partial', n: answers.length, startedAt: at, completedAt: done ? end : null, day: done ? businessDate(inner.shop, end) : null });
          for (const [index, { question, value }] of answers.entries()) {
            yield* sql.run(PUT_ANSWER, { id: newId(), session, activity: survey.id, person: null, question: question.id, kind: question.kind, seq: index + 1, content: JSON.stringify(value), now: at + (index + 1) * 12_000 });
          }
        }
      });
    }
  }

  /** A plausible way through the questions; who does not finish stops somewhere after the first. */
  #answers(rules: SurveyRules, random: () => number, done: boolean): { readonly question: Question; readonly value: AnswerValue }[] {
    const asked = done ? rules.questions : rules.questions.slice(0, 1 + Math.floor(random() * Math.max(1, rules.questions.filter((each) => each.required).length - 1)));
    return asked.flatMap((question) => {
      if (!question.required && random() > 0.22) return [];
      const value = this.#answer(question, random);
      return value === undefined ? [] : [{ question, value }];
    });
  }

  #answer(question: Question, random: () => number): AnswerValue | undefined {
    const size = question.kind === 'nps' ? 11 : question.kind === 'rating' ? 5 : question.options.length;
    const weights = WEIGHTS[question.id] ?? Array.from({ length: size }, () => 1);
    const pick = (): number => {
      let left = random() * weights.reduce((sum, each) => sum + each, 0);
      return Math.max(0, weights.findIndex((weight) => (left -= weight) < 0));
    };
    switch (question.kind) {
      case 'nps': return pick();
      case 'rating': return pick() + 1;
      case 'single': return question.options[pick()]?.id;
      case 'multiple': {
        const chosen = new Set(Array.from({ length: 1 + Math.floor(random() * (question.maxChoices ?? 3)) }, () => question.options[pick()]?.id));
        return question.options.map((option) => option.id).filter((id) => chosen.has(id));
      }
      case 'text': { const texts = TEXTS[question.id] ?? []; return texts[this.#written++ % texts.length]; }
    }
  }
}
