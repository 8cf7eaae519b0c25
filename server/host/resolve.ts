import semver from 'semver';
import { GxError } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

/**
 * Orders plugins so that each comes after those it requires; the order in which they were listed decides nothing else.
 * A missing, failed or too old requirement blocks the plugin, and the message names the whole chain.
 */
export async function resolveOrder(units: readonly PluginUnit[]): Promise<PluginUnit[]> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const ordered: PluginUnit[] = [];
  const done = new Set<string>();

  async function visit(unit: PluginUnit, chain: readonly string[]): Promise<void> {
    if (done.has(unit.id)) return;
    await unit.step('resolve', 'resolved', 'blocked', async () => {
      for (const [id, range] of Object.entries(unit.manifest?.requires?.plugins ?? {})) {
        const path = [...chain, unit.id, id];
        if (chain.includes(id) || id === unit.id) throw new GxError('GX_PLUGIN_CYCLE', 500, `Plugins require each other in a circle: ${path.join(' → ')}. One of them must make the other optional.`, { plugin: unit.id });
        const needed = byId.get(id);
        if (!needed) throw new GxError('GX_PLUGIN_MISSING', 500, `${path.join(' → ')}: the plugin "${id}" is not on this host. Add it, or remove "${unit.id}".`, { plugin: unit.id });
        await visit(needed, [...chain, unit.id]);
        if (needed.failed) throw new GxError('GX_PLUGIN_BLOCKED', 500, `${path.join(' → ')}: "${id}" did not start (${needed.error ?? needed.state}).`, { plugin: unit.id });
        if (needed.manifest && !semver.satisfies(needed.manifest.version, range)) throw new GxError('GX_PLUGIN_VERSION', 500, `${path.join(' → ')}: version ${range} is needed, ${needed.manifest.version} is here.`, { plugin: unit.id });
      }
    });
    if (!done.has(unit.id)) { done.add(unit.id); ordered.push(unit); }
  }
  for (const unit of units) await visit(unit, []);
  return ordered;
}
