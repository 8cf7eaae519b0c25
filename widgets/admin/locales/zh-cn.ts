import type { Texts } from './en.js';
import { zhPages } from './zh-cn-pages.js';
import { zhPrivacy } from './zh-cn-privacy.js';
import { zhShell } from './zh-cn-shell.js';

/** 管理后台的中文文案。 */
export const zhCN: Texts = { ...zhShell, ...zhPages, ...zhPrivacy };
