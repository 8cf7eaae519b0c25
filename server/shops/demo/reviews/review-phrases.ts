import type { CategoryKey } from '../catalogue/product-design.js';

export type Mood = 'good' | 'fair' | 'bad';
export interface Phrases { readonly open: readonly string[]; readonly close: readonly string[] }
export type Aspects = Readonly<Record<CategoryKey, Readonly<Record<Mood, readonly string[]>>>>;

/** Sentences that fit every product; `{p}` stands for its name. */
export const GENERAL: Readonly<Record<'en' | 'zh-CN', Readonly<Record<Mood, Phrases>>>> = {
  en: {
    good: { open: ['Exactly what I hoped for.', 'Second time I order the {p}.', 'Bought it for myself, ended up ordering one for my sister.', 'Lovely thing.', 'Came well packed and two days early.', 'Better than the pictures.', ''], close: ['Will buy again.', 'Worth every yuan.', 'Recommended.', 'My whole office asked where I got it.', 'Thank you for the handwritten card.', '', ''] },
    fair: { open: ['It is all right.', 'Decent, with one flaw.', 'Mixed feelings about the {p}.', 'Okay for the price.', ''], close: ['Would wait for a sale.', 'Not sure I would order it again.', 'Support answered quickly at least.', '', ''] },
    bad: { open: ['Disappointed.', 'Not as described.', 'I wanted to like the {p}, but no.', 'Arrived late and in a crushed box.', ''], close: ['Sent it back.', 'Please check before you ship.', 'Still waiting for an answer from support.', 'Would not buy again.', ''] },
  },
  'zh-CN': {
    good: { open: ['很满意。', '第二次回购{p}了。', '本来给自己买的，又给妈妈下了一单。', '包装用心，没有一点磕碰。', '比图片好看。', '物流很快，隔天就到。', '种草很久，果然没失望。', ''], close: ['会继续回购。', '推荐。', '送人也拿得出手。', '店家还附了手写卡片，有心了。', '性价比很高。', '', ''] },
    fair: { open: ['中规中矩。', '整体还行，有点小问题。', '{p}一般般，没有想象中惊艳。', '这个价位可以接受。', ''], close: ['等活动再买吧。', '客服回复倒是很快。', '下次可能换一款试试。', '', ''] },
    bad: { open: ['有点失望。', '和描述不太一样。', '期待了很久，结果踩雷。', '快递盒压扁了，里面也受损。', ''], close: ['已经申请退货。', '希望发货前检查一下。', '客服到现在也没回复。', '不会再买了。', ''] },
  },
};
