import type { Text } from './survey-rules.js';

/** Both languages filled: where one is empty the other stands in. */
export const filled = (text: Text): { en: string; 'zh-CN': string } => ({ en: text.en || text['zh-CN'], 'zh-CN': text['zh-CN'] || text.en });
