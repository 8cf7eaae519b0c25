import { localised } from '../../kit/locale.js';
import type { LocalisedText, SettingFieldsJson, SettingValues } from '../../kit/setting-fields.js';
import type { Programme } from './points-types.js';

const text = (en: string, zh: string): LocalisedText => ({ en, 'zh-CN': zh });
const NAME = text('Name and worth', '名称与价值'), LIFE = text('How long points wait and live', '到账与有效期'), PEOPLE = text('Guests, debt and staff', '访客、欠款与员工');
const DAYS = text('days', '天'), POINTS = text('points', '分');
const DEBT: readonly { readonly value: string; readonly label: LocalisedText }[] = [
  { value: 'allow_negative', label: text('The next points pay it', '之后获得的积分先抵还') }, { value: 'write_off', label: text('The shop gives it up', '由店铺承担') },
  { value: 'ask_at_next_redemption', label: text('Ask before points are next spent', '下次使用积分前请顾客确认') },
];
/** What a policy about debt is called. */
export const debtPolicyText = (policy: string): string => localised(DEBT.find((each) => each.value === policy)?.label ?? text(policy, policy));

/** The form of the rules; what the server calls `name` and `liveDays` are two fields each. */
export const PROGRAMME_FIELDS: SettingFieldsJson = {
  nameEn: { kind: 'text', group: NAME, max: 40, label: text('What points are called, in English', '积分的英文名称') },
  nameZh: { kind: 'text', group: NAME, max: 40, label: text('What points are called, in Chinese', '积分的中文名称') },
  worth: { kind: 'money', group: NAME, label: text('What 100 points are worth', '100 积分的价值'), help: text('Changes all points people already have, from now on: what the shop owes, and what points take off where they pay at the checkout.', '立即作用于顾客现有的全部积分：店铺的积分负债，以及结账时积分可抵扣的金额。') },
  expires: { kind: 'toggle', group: LIFE, label: text('Points expire', '积分会过期'), help: text('Switched on again, all points get one full period from now.', '重新开启时，现有积分从现在起获得一个完整的有效期。') },
  liveDays: { kind: 'number', group: LIFE, min: 1, max: 3650, unit: DAYS, label: text('Points live for', '有效期'), visibleWhen: { field: 'expires', is: true } },
  returnDays: { kind: 'number', group: LIFE, min: 0, max: 365, unit: DAYS, label: text('Return window after delivery', '签收后的退货期'), help: text('Until then points of an order line are pending.', '退货期结束前，该商品的积分为待到账。') },
  undeliveredDays: { kind: 'number', group: LIFE, min: 0, max: 365, unit: DAYS, label: text('Without news of a delivery, after payment', '没有签收信息时，付款后') },
  debtPolicy: { kind: 'choice', group: PEOPLE, options: DEBT, label: text('When a refund takes more points than there are', '退款时积分不足') },
  guestLimit: { kind: 'number', group: PEOPLE, min: 0, max: 100_000, unit: POINTS, label: text('A guest can earn at most', '访客最多可获得') },
  guestDays: { kind: 'number', group: PEOPLE, min: 1, max: 365, unit: DAYS, label: text('A guest\'s points live for', '访客积分有效期') },
  adjustmentLimit: { kind: 'number', group: PEOPLE, min: 0, max: 1_000_000, unit: POINTS, label: text('A second person agrees to adjustments above', '调整超过此数需第二人同意'), help: text('What one person gives and takes one customer in a day counts together.', '同一员工一天内对同一顾客的调整合并计算。') },
};

export const programmeValues = ({ name, liveDays, worth, returnDays, undeliveredDays, debtPolicy, guestLimit, guestDays, adjustmentLimit }: Programme): SettingValues => ({
  nameEn: name.en, nameZh: name['zh-CN'], worth, expires: liveDays !== null, liveDays: liveDays ?? 365, returnDays, undeliveredDays, debtPolicy, guestLimit, guestDays, adjustmentLimit,
});
/** What the server takes. */
export const programmeOf = ({ nameEn, nameZh, expires, liveDays, ...rest }: SettingValues): Readonly<Record<string, unknown>> => ({ ...rest, name: { en: nameEn, 'zh-CN': nameZh }, liveDays: expires === true ? liveDays : null });
