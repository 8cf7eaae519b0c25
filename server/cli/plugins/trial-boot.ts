import type { Finding } from '../../packages/finding.js';
import { loadConfig } from '../../config.js';
import type { PluginFolder } from './plugin-folder.js';

/** Starts the demo on an empty SQLite database with the bundled plugins and this one. Answers why it does not run there. */
export async function trialBoot(plugin: PluginFolder, folder: string): Promise<readonly Finding[]> {
  const { startServer } = await import('../../main.js');
  const running = await startServer(loadConfig({ PORT: '0', DATA_DIR: folder, GUANXI_SEED: 'none', GUANXI_PLUGINS: plugin.path, LOG_LEVEL: 'silent' }, 'demo'), { progress: () => { /* nothing to show */ } });
  try {
    // Whoever has the id already is reported before it.
    const report = running.services.host.report().findLast(({ id }) => id === plugin.id);
    if (report?.state === 'active') return [];
    return [{ code: (report?.code ?? 'GX_PLUGIN_FAILED') as `GX_${string}`, message: report?.error ?? 'The host does not know the plugin.' }];
  } finally { await running.close(); }
}
