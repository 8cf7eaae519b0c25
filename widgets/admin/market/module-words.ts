import { formatNumber } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { t, tWord } from '../texts.js';
import type { MarketItem, Requirement, TableRows } from './market-types.js';

/** Compressed bytes that one storefront widget may weigh beside the shared runtime; the platform refuses heavier ones. */
export const WIDGET_BUDGET = 5 * 1024;

export const kb = (bytes: number): string => formatNumber(bytes / 1024, 1);
export const listed = (words: readonly string[]): string => words.join(t('list.comma'));
/** What a capability lets a module do; a host by its name. */
export const capabilityWord = (name: string): string => (name.startsWith('net:') ? name.slice(4) : tWord('capability', name, name));
/** Fields about customers as the module's manifest calls them; columns that mean the same are said once. */
export const dataWords = (fields: readonly string[], titles: MarketItem['personalData'][number]['titles']): string =>
  listed([...new Set(fields.map((field) => (titles[field] ? localised(titles[field]) : field.replaceAll('_', ' '))))]);

/** What is used of another module, a line for each contract: `membership.tiers` are its `tiers`. */
export const usesLines = ({ id, title, contracts }: Requirement): readonly string[] => contracts.map(({ token, range }) => t('module.uses', { contract: `${token.slice(id.length + 1)} ${range}`, module: localised(title) }));

/** A module's table as people say it: `plg_interaction_games_check_in` is `check in`. */
export const tableWord = (plugin: string, table: string): string => tWord('receiptTable', table, table.replace(`plg_${plugin.replaceAll('-', '_')}_`, '').replaceAll('_', ' '));
export const rowsOf = (tables: readonly TableRows[]): number => tables.reduce((sum, { rows }) => sum + rows, 0);

/** Whether this server runs its code, so that it can be installed, set up and switched on. */
export const isHere = ({ hostState }: Pick<MarketItem, 'hostState'>): boolean => hostState === 'active' || hostState === 'degraded';
export const hasSettings = ({ settings }: Pick<MarketItem, 'settings'>): boolean => Object.keys(settings ?? {}).length > 0;
/** Whether the shop has it, running or not. */
export const isInstalled = (state: string): boolean => !['available', 'uninstalled', 'purging', 'purged'].includes(state);
export const isBehind = (item: Pick<MarketItem, 'state' | 'version' | 'availableVersion'>): boolean => isInstalled(item.state) && item.version !== item.availableVersion;

/** Whether every word of a search stands somewhere in what is said of the module, in either language. */
export function matches(item: MarketItem, search: string): boolean {
  const both = (text: MarketItem['title']): string => `${text.en} ${text['zh-CN']}`;
  const all = [item.id, both(item.title), both(item.summary), item.category, tWord('category', item.category), ...item.keywords].join(' ').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

/** How the list can be narrowed by how a module stands in the shop. */
export const STANDINGS = ['', 'installed', 'updates', 'consent'] as const;
export type Standing = (typeof STANDINGS)[number];
export function stands(item: MarketItem, standing: Standing): boolean {
  switch (standing) {
    case 'installed': return isInstalled(item.state);
    case 'updates': return isBehind(item);
    case 'consent': return item.needsConsent;
    default: return true;
  }
}

export const titleOf = (item: Pick<MarketItem, 'title'>): string => localised(item.title);
