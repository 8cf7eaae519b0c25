import type { ProductDesign } from './product-design.js';

export const PANTRY: readonly ProductDesign[] = [
  { sku: 'PAN-HN01', category: 'pantry', price: 5800, weight: 7, liking: 0.2, picture: { motif: 'honey', palette: 'amber' },
    title: { en: 'Wildflower honey', 'zh-CN': '深山百花蜜' }, detail: { en: '350 g jar', 'zh-CN': '350 克' },
    text: { en: 'One harvest a year from the Qinling hills. Sets to a fine cream in winter.', 'zh-CN': '秦岭一年一采，冬天会自然结晶，细腻如膏。' } },
  { sku: 'PAN-OC02', category: 'pantry', price: 3600, weight: 9, picture: { motif: 'cookie', palette: 'earth' },
    title: { en: 'Osmanthus walnut biscuits', 'zh-CN': '桂花核桃酥' }, detail: { en: '240 g box', 'zh-CN': '240 克盒装' },
    text: { en: 'Crumbly biscuits with osmanthus sugar, baked every Tuesday.', 'zh-CN': '每周二现烤，酥松不掉渣，桂花糖香。' } },
  { sku: 'PAN-CH03', category: 'pantry', price: 4200, weight: 6, liking: -0.1, picture: { motif: 'chili', palette: 'rust' },
    title: { en: 'Crispy chilli oil', 'zh-CN': '香脆油辣子' }, detail: { en: '280 g jar', 'zh-CN': '280 克' },
    text: { en: 'Guizhou chilli, peanuts and soy nuts. Fragrant first, hot after.', 'zh-CN': '贵州辣椒配花生黄豆，先香后辣，拌面一勺就够。' } },
  { sku: 'PAN-CF04', category: 'pantry', price: 8800, weight: 6, picture: { motif: 'coffee', palette: 'night' },
    title: { en: 'Yunnan coffee beans', 'zh-CN': '云南小粒咖啡豆' }, detail: { en: '250 g, medium roast', 'zh-CN': '250 克，中度烘焙' },
    text: { en: 'Washed catimor from Baoshan, roasted to order: red apple and brown sugar.', 'zh-CN': '保山水洗卡蒂姆，下单现烘，红苹果与红糖的甜。' } },
  { sku: 'PAN-CC05', category: 'pantry', price: 3900, weight: 7, season: 'winter', picture: { motif: 'chocolate', palette: 'plum' },
    title: { en: 'Sichuan pepper chocolate', 'zh-CN': '花椒黑巧克力' }, detail: { en: '80 g bar, 70 %', 'zh-CN': '80 克，70% 可可' },
    text: { en: 'Dark chocolate with a tingle of green Sichuan pepper at the end.', 'zh-CN': '七成黑巧，尾韵一点青花椒的麻。' } },
];
