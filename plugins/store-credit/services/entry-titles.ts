import type { Localised } from 'guanxi/plugin';
import type { EntryKind } from '../entities/entry.entity.js';

/** What a movement is called on a customer's timeline. */
export const TITLES: Readonly<Record<EntryKind, Localised>> = {
  'credit': { 'en': 'Store credit added', 'zh-CN': '储值到账' }, 'use': { 'en': 'Store credit turned into a code', 'zh-CN': '储值转为优惠码' }, 'return': { 'en': 'Store credit came back', 'zh-CN': '储值退回' },
  'adjustment': { 'en': 'Store credit adjusted', 'zh-CN': '储值调整' }, 'reversal': { 'en': 'Store credit taken back', 'zh-CN': '储值收回' }, 'merge': { 'en': 'Store credit moved between accounts', 'zh-CN': '储值在账户间转移' },
  'forfeit': { 'en': 'Store credit ended', 'zh-CN': '储值失效' },
};
