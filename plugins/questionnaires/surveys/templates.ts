import type { Question, SurveyRules, Text } from './survey-rules.js';

export interface SurveyTemplate { readonly name: string; readonly summary: Text; readonly config: SurveyRules }

const say = (en: string, zh: string): Text => ({ en, 'zh-CN': zh });
const ask = (id: string, kind: Question['kind'], title: Text, more: Partial<Question> = {}): Question => ({ id, kind, title, required: true, options: [], ...more });
const choices = (...each: readonly (readonly [string, string, string])[]): Question['options'] => each.map(([id, en, zh]) => ({ id, title: say(en, zh) }));
const likely = { low: say('Not at all likely', '完全不会'), high: say('Very likely', '非常愿意') };
const happy = { low: say('Very unhappy', '很不满意'), high: say('Very happy', '很满意') };
const thanks = say('Thank you. Every answer helps us to do better.', '谢谢你的回答，这能帮我们做得更好。');

export const experience: SurveyTemplate = {
  name: 'experience', summary: say('Shopping experience: NPS, a rating and what to do better', '购物体验：NPS、评分与改进建议'),
  config: {
    title: say('How was your order?', '这次购物体验如何？'), intro: say('Six short questions, about one minute.', '6 个小问题，大约一分钟。'), rewardPoints: 80, thankYou: thanks,
    questions: [
      ask('recommend', 'nps', say('How likely are you to recommend us to a friend?', '你愿意把我们推荐给朋友吗？'), { labels: likely }),
      ask('delivery', 'rating', say('How happy were you with the delivery?', '你对配送满意吗？'), { labels: happy }),
      ask('found', 'single', say('How did you find us?', '你是怎么知道我们的？'), { options: choices(['friend', 'A friend', '朋友推荐'], ['search', 'Search', '搜索'], ['social', 'Social media', '社交媒体'], ['ad', 'An advertisement', '广告'], ['other', 'Something else', '其他']) }),
      ask('important', 'multiple', say('What matters most to you?', '你最看重什么？'), { help: say('Choose up to three.', '最多选三项。'), maxChoices: 3, options: choices(['quality', 'Quality', '品质'], ['price', 'Price', '价格'], ['speed', 'Fast delivery', '配送速度'], ['service', 'Service', '服务'], ['range', 'Choice', '款式选择'], ['eco', 'Less packaging', '环保包装']) }),
      ask('return', 'single', say('Will you shop with us again?', '还会再来购物吗？'), { options: choices(['yes', 'Yes', '会'], ['maybe', 'Maybe', '也许'], ['no', 'No', '不会']) }),
      ask('better', 'text', say('What should we do better?', '我们哪里可以做得更好？'), { required: false }),
    ],
  },
};
export const newProducts: SurveyTemplate = {
  name: 'new-products', summary: say('What should come next: choices for new products', '新品投票：下一季想看到什么'),
  config: {
    title: say('Help us choose what comes next', '下一季新品，你来选'), rewardPoints: 50, thankYou: say('Thank you. We tell you when it arrives.', '谢谢，新品到店会第一时间告诉你。'),
    questions: [
      ask('category', 'multiple', say('Which new products would you like?', '你想看到哪些新品？'), { options: choices(['tea', 'Teas and drinks', '茶饮'], ['home', 'Things for the home', '家居'], ['care', 'Skin and body care', '个护'], ['wear', 'Clothing', '服饰'], ['gift', 'Gift sets', '礼盒']) }),
      ask('price', 'single', say('What may a gift set cost?', '你能接受的礼盒价位是？'), { options: choices(['low', 'Below ¥100', '100 元以下'], ['middle', '¥100 to ¥300', '100–300 元'], ['high', 'Above ¥300', '300 元以上']) }),
      ask('wish', 'text', say('Anything else on your wish list?', '还有什么心愿想告诉我们？'), { required: false }),
    ],
  },
};
const service: SurveyTemplate = {
  name: 'service', summary: say('Service: was the problem solved?', '客服满意度：问题解决了吗'),
  config: {
    title: say('How was our help?', '这次服务满意吗？'), rewardPoints: 30, thankYou: thanks,
    questions: [
      ask('solved', 'single', say('Is your problem solved?', '你的问题解决了吗？'), { options: choices(['yes', 'Yes', '解决了'], ['partly', 'Partly', '部分解决'], ['no', 'No', '没有解决']) }),
      ask('service', 'rating', say('How happy are you with our help?', '你对这次服务满意吗？'), { labels: happy }),
      ask('more', 'text', say('What should we know?', '还想告诉我们什么？'), { required: false }),
    ],
  },
};
export const profile: SurveyTemplate = {
  name: 'profile', summary: say('Get to know shoppers: who they buy for and what they like', '了解顾客：为谁购买、喜欢什么'),
  config: {
    title: say('Tell us what you like', '告诉我们你的喜好'), rewardPoints: 60, thankYou: thanks,
    questions: [
      ask('for', 'multiple', say('Who do you shop for?', '你通常为谁购买？'), { options: choices(['me', 'Myself', '自己'], ['partner', 'My partner', '伴侣'], ['children', 'Children', '孩子'], ['parents', 'Parents', '父母'], ['friends', 'Friends', '朋友']) }),
      ask('style', 'single', say('Which style is yours?', '你偏爱哪种风格？'), { options: choices(['simple', 'Simple', '简约'], ['natural', 'Natural', '自然'], ['bright', 'Colourful', '明快'], ['classic', 'Classic', '经典']) }),
      ask('news', 'single', say('When do you like to hear of new arrivals?', '你希望什么时候收到上新提醒？'), { options: choices(['weekday', 'On weekdays', '工作日'], ['weekend', 'At the weekend', '周末'], ['never', 'Never', '不需要']), required: false }),
    ],
  },
};

/** Ready-made surveys. A merchant changes a copy. */
export const templates: readonly SurveyTemplate[] = [experience, newProducts, service, profile];
