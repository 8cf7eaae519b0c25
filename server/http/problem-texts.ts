import type { Locale } from '../plugin-api/index.js';
import { bootTexts } from './boot-texts.js';
import { pointsProblems } from './points-problems.js';

const byCode: Readonly<Record<string, readonly [string, string]>> = {
  GX_INVALID: ['Some fields are not valid', '部分内容填写有误'],
  GX_JSON: ['The request is not valid JSON', '请求不是有效的 JSON'],
  GX_CONTENT_TYPE: ['Send JSON', '请发送 JSON 格式'],
  GX_TOO_LARGE: ['The request is too large', '请求内容过大'],
  GX_UNAUTHENTICATED: ['Please sign in', '请先登录'],
  GX_FORBIDDEN: ['You may not do this', '没有权限执行此操作'],
  GX_MEMBER_ONLY: ['Please sign in to your account', '请先登录会员账号'],
  GX_NOT_FOUND: ['Not found', '没有找到'],
  GX_METHOD: ['This cannot be done here', '不支持此操作'],
  GX_RATE_LIMIT: ['Too many requests, please wait a moment', '操作太频繁，请稍后再试'],
  GX_BUDGET_EXISTS: ['There is such a budget already', '已有相同的预算'],
  GX_BUDGET_BELOW_SPENT: ['More than this is spent already', '已用的额度超过此上限'],
  GX_BUDGET_SCOPE: ['Choose what the budget is for', '请选择预算的适用范围'],
  GX_BUDGET_UNIT: ['This cannot be limited in points', '此类奖励不能按积分设上限'],
  GX_HELD_DECIDED: ['This was decided already', '该奖励已有处理结果'],
  GX_HELD_OVER: ['These points are the shopper\'s already', '核查期已过，积分已归顾客所有'],
  GX_HELD_STAFF: ['Only staff take rewards back', '只有员工可以收回奖励'],
  GX_HELD_UNAVAILABLE: ['The reward cannot be given now', '该奖励目前无法发放'],
  GX_STOP_RESUMED: ['This activity gives rewards already', '该活动已恢复发放'],
  GX_RISK_RULES: ['The thresholds contradict each other', '阈值设置有冲突'],
  GX_APPEAL_TEXT: ['Say why, in up to 1,000 characters', '请说明理由（1000 字以内）'],
  GX_QUOTA: ['This module has used up what it may use here', '该模块已用完在此店铺的配额'],
  GX_BUSY: ['Very busy right now, please try again', '当前访问量较大，请稍后再试'],
  GX_IDEMPOTENCY_KEY_MISSING: ['An Idempotency-Key is needed', '缺少 Idempotency-Key'],
  GX_IDEMPOTENCY_MISMATCH: ['This key was used for another request', '该请求标识已用于其他请求'],
  GX_PLUGIN_DISABLED: ['This module is switched off', '该模块已停用'],
  GX_PLUGIN_TIMEOUT: ['This took too long', '响应超时'],
  GX_PLUGIN_FAILED: ['This module had a problem', '该模块出现问题'],
  GX_PLUGIN_SUSPENDED: ['This module rests and is tried again soon', '该模块暂停运行，稍后会自动重试'],
  GX_CONSENT_STALE: ['What it asks for has changed', '申请内容已变化，请重新确认'],
  GX_CONSENT_NEEDED: ['It asks for more than was agreed to', '新版本申请了更多权限，请先确认'],
  GX_CONSENT_MISSING: ['It cannot do without this', '缺少必需的权限'],
  GX_REQUIREMENT_OFF: ['Another module is needed first', '请先安装所依赖的模块'],
  GX_REQUIRED_BY: ['Other modules need this one', '其他模块依赖此模块'],
  GX_NOT_INSTALLED: ['This module is not installed', '该模块未安装'],
  GX_INSTALL_STATE: ['The module\'s state does not allow this', '模块当前状态不允许此操作'],
  GX_INSTALL_CHANGED: ['Somebody else changed this module', '模块刚被他人修改，请刷新'],
  GX_SETTINGS_MIGRATION: ['The old settings could not be taken over', '无法沿用原有设置'],
  GX_SETTINGS: ['Some settings are not valid', '部分设置填写有误'],
  GX_ACTIVITY_FROZEN: ['A published activity cannot be edited', '已发布的活动不能修改'],
  GX_ACTIVITY_STATE: ['The activity\'s state does not allow this', '活动当前状态不允许此操作'],
  GX_PLAN_BLOCKED: ['The mix breaks a rule of the planner', '活动组合违反了规划规则，暂不能上线'],
  GX_ACTIVITY_BLOCKED: ['The planner found an error in this activity', '规划器发现该活动有错误，暂不能发布'],
  GX_ACTIVITY_UNFAVOURABLE: ['Published rules change only in the shopper\'s favour', '已公示的规则只能往对顾客有利的方向改'],
  GX_ACTIVITY_UNCHANGED: ['Nothing would change', '没有任何变化'],
  GX_SHEET_INCOMPLETE: ['The public rules are not complete', '公示信息不完整，请先到设置里补全主办方'],
  GX_ACTIVITY_CHANGED: ['Somebody else changed this activity', '活动刚被他人修改，请刷新'],
  GX_ERASE_CONFIRM: ['What was typed does not match', '输入的内容不一致'],
  GX_PURGE_IN_USE: ['Uninstall the module first', '请先卸载该模块'],
  GX_TOO_FEW_POINTS: ['Too few points', '积分不足'],
  GX_NOT_OPEN_YET: ['This product is not open yet', '该商品尚未开售'],
  GX_CODE_REFUSED: ['This code does not apply', '这个优惠码不能使用'],
  GX_POINTS_REFUSED: ['These points cannot be spent now', '这些积分现在不能使用，请不用积分支付'],
  GX_CHECKOUT_OVER: ['This checkout is over', '本次结算已失效，请重新结算'],
  GX_ORDER_CHANGED: ['The order was changed at the same moment', '订单刚有变动，请刷新后再试'],
  GX_REFUND_TOO_MUCH: ['So many pieces cannot go back any more', '可退数量不足'],
  GX_REFUND_NOTHING: ['Everything was refunded before', '该订单已全部退款'],
  GX_RETURN_OVER: ['The time for returns is over', '退货期已结束'],
  GX_EMAIL_NEEDED: ['Sign in or give an e-mail', '请先登录或填写邮箱'],
  GX_SKU: ['The shop does not sell this', '店铺没有这件商品'],
  GX_INTERNAL: ['Something went wrong', '出错了'],
};
const byStatus: Readonly<Record<number, readonly [string, string]>> = {
  400: ['The request is not right', '请求有误'], 401: ['Please sign in', '请先登录'], 403: ['You may not do this', '没有权限'], 404: ['Not found', '没有找到'],
  409: ['This is not possible right now', '当前状态不允许此操作'], 413: ['Too large', '内容过大'], 422: ['This is not possible', '无法完成此操作'],
  429: ['Too many requests', '操作太频繁'], 502: ['A module had a problem', '模块出现问题'], 503: ['Please try again', '请稍后再试'], 504: ['This took too long', '响应超时'],
};

/** What plugins call the codes of their own, as their texts say it (`error.GX_…`). */
export type PluginTitles = (code: string, locale: Locale) => string | undefined;

/** A short sentence for a person; codes without one of their own fall back to their status. */
export function problemTitle(code: string, status: number, locale: Locale, ofPlugins?: PluginTitles): string {
  const at = locale === 'zh-CN' ? 1 : 0;
  return (byCode[code] ?? pointsProblems[code] ?? bootTexts[code])?.[at] ?? ofPlugins?.(code, locale) ?? (byStatus[status] ?? byCode['GX_INTERNAL']!)[at];
}
