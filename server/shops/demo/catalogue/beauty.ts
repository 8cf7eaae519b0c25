import type { ProductDesign } from './product-design.js';

export const BEAUTY: readonly ProductDesign[] = [
  { sku: 'BEA-HC01', category: 'beauty', price: 5900, weight: 9, season: 'winter', picture: { motif: 'tube', palette: 'rose' },
    title: { en: 'Camellia hand cream', 'zh-CN': '山茶花护手霜' }, detail: { en: '75 ml', 'zh-CN': '75 毫升' },
    text: { en: 'Camellia oil and shea, gone in thirty seconds without a film.', 'zh-CN': '山茶籽油配乳木果，三十秒吸收，不黏手。' } },
  { sku: 'BEA-SP02', category: 'beauty', price: 3900, weight: 8, picture: { motif: 'soap', palette: 'leaf' },
    title: { en: 'Mugwort soap bar', 'zh-CN': '艾草手工皂' }, detail: { en: '100 g', 'zh-CN': '100 克' },
    text: { en: 'Cold-processed and cured for six weeks. Fresh, herbal, gentle.', 'zh-CN': '冷制皂，熟成六周，草本清香，温和不紧绷。' } },
  { sku: 'BEA-SR03', category: 'beauty', price: 18900, weight: 4, liking: -0.4, picture: { motif: 'dropper', palette: 'amber' },
    title: { en: 'Vitamin C serum', 'zh-CN': '维 C 亮肤精华' }, detail: { en: '30 ml, 10 %', 'zh-CN': '30 毫升，10%' },
    text: { en: 'Stabilised vitamin C with ferulic acid. Keep it away from the window.', 'zh-CN': '稳定型维 C 加阿魏酸，请避光保存。' } },
  { sku: 'BEA-LB04', category: 'beauty', price: 2900, weight: 10, season: 'winter', picture: { motif: 'lipbalm', palette: 'plum' },
    title: { en: 'Beeswax lip balm', 'zh-CN': '蜂蜡润唇膏' }, detail: { en: '4.5 g', 'zh-CN': '4.5 克' },
    text: { en: 'Beeswax, olive and nothing you cannot pronounce.', 'zh-CN': '蜂蜡与橄榄油，配料表一眼看完。' } },
  { sku: 'BEA-BO05', category: 'beauty', price: 9900, weight: 5, picture: { motif: 'pump', palette: 'sea' },
    title: { en: 'Rice bran body wash', 'zh-CN': '米糠沐浴露' }, detail: { en: '400 ml', 'zh-CN': '400 毫升' },
    text: { en: 'Soft foam, the smell of freshly cooked rice, rinses off quickly.', 'zh-CN': '绵密泡沫，淡淡米香，好冲不假滑。' } },
  { sku: 'BEA-HB06', category: 'beauty', price: 6800, weight: 5, liking: 0.2, picture: { motif: 'comb', palette: 'earth' },
    title: { en: 'Sandalwood comb', 'zh-CN': '绿檀木梳' }, detail: { en: '18 cm', 'zh-CN': '18 厘米' },
    text: { en: 'One piece of green sandalwood, no static, smells of itself for years.', 'zh-CN': '整木绿檀，不起静电，木香经年。' } },
];
