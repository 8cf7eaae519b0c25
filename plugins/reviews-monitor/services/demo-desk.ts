import { DAY, HOUR, type ShopContext } from 'guanxi/plugin';
import type { Review } from '../entities/review.entity.js';
import type { ReviewDesk } from './review-desk.service.js';

const THANKS = {
  en: ['Thank you, that makes our day. Enjoy it!', 'Lovely to hear, thank you for writing.', 'Thank you. We passed this on to the people who make it.'],
  zh: ['谢谢喜欢，欢迎常来！', '收到你的评价很开心，祝用得愉快。', '感谢分享，已转告制作的师傅。'],
} as const;
const SORRY = {
  en: ['We are sorry about this. Please write to us with your order number, and we will send you a new one or your money back.', 'Thank you for telling us. This is not how it should arrive; we have talked to our packers and will make it right.'],
  zh: ['很抱歉没让你满意。请把订单号发给我们，可以换新或退款。', '谢谢指出问题，我们已和仓库核对，会尽快为你处理。'],
} as const;

/** So many days old or younger: nobody has looked at it yet. */
const FRESH = 12 * DAY;

/** A new demo shop looks as if somebody had worked in it: old complaints are answered, some praise as well, the newest still wait. */
export async function workThroughDemo(ctx: ShopContext, desk: ReviewDesk): Promise<void> {
  const reviews: Review[] = [];
  for await (const review of desk.all(ctx, {}, 3)) reviews.push(review);
  for (const [index, review] of reviews.entries()) {
    const unhappy = review.positive === false;
    if (ctx.now - review.writtenAt < FRESH || (unhappy ? index % 5 === 4 : index % 3 > 0)) continue;
    const staff: ShopContext = { ...ctx, actor: { kind: 'staff', id: 'demo', name: index % 2 ? '陈晓' : 'Mia', role: 'agent' }, now: Math.min(ctx.now, review.writtenAt + (3 + index * 7 % 40) * HOUR) };
    const language = review.language === 'zh' ? 'zh' : 'en';
    const words = (unhappy ? SORRY : THANKS)[language];
    await desk.reply(staff, review.id, words[index % words.length]!);
    if (unhappy) await desk.handled(staff, review.id, true);
  }
}
