import { DAY } from '../../plugin-api/index.js';
import { running } from '../mix/mix.js';
import { count, say, type Found, type PlanRule } from './rule.js';

const LATEST = 7, BETTER = 14, STALE = 30;

/** When things run: rows 9, 10 and 11 of the seed, and how often people are written to. */
export const timingRules: readonly PlanRule[] = [
  {
    code: 'GX_PLAN_LATE_START', severity: 'warning',
    check: (mix) => {
      const { promotionAt, now } = mix;
      if (promotionAt === null || promotionAt <= now) return [];
      return running(mix).flatMap((each): Found[] => {
        const starts = each.startsAt ?? now;
        const lead = (promotionAt - Math.max(starts, 0)) / DAY;
        if (lead >= BETTER || starts > promotionAt || each.state === 'live') return [];
        return [{ activity: each.id, page: each.page, text: lead < LATEST
          ? say(`“${each.title}” starts ${count(Math.max(0, lead))} days before the promotion. Start at least 7 days before, better 14, so that people have points to spend.`, `“${each.title}”在大促前 ${count(Math.max(0, lead))} 天才开始。至少提前 7 天，最好 14 天，顾客才攒得到积分。`)
          : say(`“${each.title}” starts ${count(lead)} days before the promotion. That is enough; 14 days gather more people.`, `“${each.title}”在大促前 ${count(lead)} 天开始，已够；提前 14 天能聚更多人气。`) }];
      });
    },
  },
  {
    code: 'GX_PLAN_SLOT_HOURS', severity: 'warning',
    check: (mix) => (mix.topHours.length === 0 ? [] : running(mix).flatMap((each): Found[] => {
      const outside = (each.economy?.slotHours ?? []).filter((hour) => !mix.topHours.includes(hour));
      if (!outside.length) return [];
      const hours = [...mix.topHours].sort((a, b) => a - b).map((hour) => `${hour}:00`).join(', ');
      return [{ activity: each.id, page: each.page, text: say(`“${each.title}” opens at ${outside.map((hour) => `${hour}:00`).join(', ')}, when few customers are there. Most order at ${hours}.`, `“${each.title}”在 ${outside.map((hour) => `${hour}:00`).join('、')} 开场，此时顾客较少。下单高峰是 ${hours.replaceAll(', ', '、')}。`) }];
    })),
  },
  {
    code: 'GX_PLAN_STALE_SURVEY', severity: 'warning',
    check: (mix) => running(mix).filter(({ economy, startsAt, state }) => state === 'live' && startsAt !== null && mix.now - startsAt > STALE * DAY && economy?.collects.some((what) => what === 'survey' || what === 'poll'))
      .map((each) => ({ activity: each.id, page: each.page, text: say(`“${each.title}” has been asking the same for ${count((mix.now - each.startsAt!) / DAY)} days. Replace it with a new one: after 30 days nobody new answers.`, `“${each.title}”已经问了 ${count((mix.now - each.startsAt!) / DAY)} 天。超过 30 天请换一份新的，老问题不会再有人答。`) })),
  },
  {
    code: 'GX_PLAN_CONTACT', severity: 'warning',
    check: ({ contact }) => (contact && contact.planned > contact.allowed ? [{ text: say(`These activities would write to a person ${contact.planned} times a week; the shop allows ${contact.allowed}. Leave out messages or bundle them.`, `这些活动每周会联系每位顾客 ${contact.planned} 次，超过店铺上限 ${contact.allowed} 次。请减少或合并消息。`) }] : []),
  },
];
