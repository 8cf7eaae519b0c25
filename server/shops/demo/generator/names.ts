import type { Random } from '../random.js';

const SURNAMES = '王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 周zhou 吴wu 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 苏su 魏wei 吕lv 丁ding 沈shen 任ren'.split(' ');
const GIVEN = '雨yu 涵han 梓zi 欣xin 怡yi 佳jia 思si 晨chen 浩hao 宇yu 子zi 轩xuan 明ming 杰jie 志zhi 强qiang 丽li 娜na 芳fang 敏min 静jing 燕yan 婷ting 雪xue 梅mei 兰lan 竹zhu 菊ju 春chun 夏xia 秋qiu 冬dong 晓xiao 小xiao 文wen 博bo 俊jun 峰feng 海hai 洋yang 天tian 星xing 月yue 阳yang 安an 宁ning 平ping 诗shi 书shu 画hua 琪qi 瑶yao 璐lu 妍yan 昊hao 泽ze 嘉jia 乐le 可ke 心xin'.split(' ');
const FIRST = 'Emma Olivia Ava Sophia Isabella Mia Amelia Harper Evelyn Abigail Emily Ella Grace Chloe Zoe Nora Hannah Lily Aria Leah Liam Noah Oliver Elijah James William Ben Lucas Henry Theo Jack Levi Owen Daniel Samuel David Joseph Carter Wyatt Leo Priya Ananya Yuki Hana Mateo Lucia Omar Fatima Ingrid Lars Chiara Marco Zofia Jan Amara Kofi'.split(' ');
const LAST = 'Smith Johnson Brown Taylor Wilson Davies Evans Thomas Roberts Walker Wright Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Turner Hill Scott Cooper Morris Ward Moore King Watson Baker Harrison Morgan Patel Young Allen Mitchell Anderson Phillips Lee Bell Parker Davis Bennett Miller Cook Shaw Rossi Novak Silva Nguyen Tanaka Sato Kim Okafor Haddad Larsen'.split(' ');

const split = (entry: string): readonly [string, string] => [entry.slice(0, 1), entry.slice(1)];

/** A name and the part of an e-mail address before the number. */
export function makeName(random: Random, locale: 'zh-CN' | 'en'): { readonly name: string; readonly handle: string } {
  if (locale === 'en') {
    const first = random.pick(FIRST), last = random.pick(LAST);
    return { name: `${first} ${last}`, handle: `${first}.${last}`.toLowerCase() };
  }
  const [surname, surnamePinyin] = split(random.pick(SURNAMES));
  const given = Array.from({ length: random.chance(0.78) ? 2 : 1 }, () => split(random.pick(GIVEN)));
  return { name: surname + given.map(([char]) => char).join(''), handle: `${surnamePinyin}.${given.map(([, pinyin]) => pinyin).join('')}` };
}
