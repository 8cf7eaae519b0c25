/** Texts of the shop's settings, in the shape that `gx-schema-form` reads. */
export const settingTexts = {
  name: { label: { en: 'Shop name', 'zh-CN': '店铺名称' } },
  locale: { label: { en: 'Default language', 'zh-CN': '默认语言' }, help: { en: 'Used for shoppers whose language is not known.', 'zh-CN': '无法判断顾客语言时使用。' } },
  zone: { label: { en: 'Time zone', 'zh-CN': '时区' }, help: { en: 'Every date and every daily limit follows it.', 'zh-CN': '所有日期和每日限制都按此时区计算。' } },
  dayStartHour: { label: { en: 'The day begins at (hour)', 'zh-CN': '一天从几点开始' }, help: { en: '0 is midnight. With 4, a check-in at 3 a.m. counts for the day before.', 'zh-CN': '0 表示零点。设为 4 时，凌晨 3 点的签到算前一天。' } },
} as const;
