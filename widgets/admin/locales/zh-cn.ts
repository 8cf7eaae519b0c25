import type { Texts } from './en.js';
import { zhCnMarket } from './zh-cn-market.js';
import { zhPages } from './zh-cn-pages.js';
import { zhPrivacy } from './zh-cn-privacy.js';
import { zhCnRuns } from './zh-cn-runs.js';
import { zhShell } from './zh-cn-shell.js';

/** 管理后台的中文文案。 */
export const zhCN: Texts = { ...zhShell, ...zhPages, ...zhPrivacy, ...zhCnMarket, ...zhCnRuns };
