import { bundledPlugins } from '../../../plugins/index.js';
import type { PluginSource } from '../../../server/host/plugin-source.js';
import { fixturePlugin } from '../../kit/fixture-plugin.js';

/** The coupon exchange, and a module that keeps store credit. */
export const creditPlugins = async (): Promise<PluginSource[]> => [...bundledPlugins.filter(({ id }) => id === 'coupon-exchange').map((plugin) => ({ ...plugin, onBootFailure: 'continue' as const })), await fixturePlugin('store-credit')];
