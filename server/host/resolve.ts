import semver from 'semver';
import { GxError } from '../plugin-api/index.js';
import type { PluginUnit } from './plugin-unit.js';

type Edges = ReadonlyMap<string, ReadonlySet<string>>;
const required = (unit: PluginUnit): Readonly<Record<string, string>> => unit.manifest?.requires?.plugins ?? {};

/** The shortest way from one plugin to another along the edges, both ends named. */
function way(edges: Edges, from: string, to: string): string[] | undefined {
  const before = new Map<string, string>();
  const queue = [from];
  for (const at of queue) {
    for (const next of edges.get(at) ?? []) {
      if (next === to) {
        const path = [to];
        for (let step: string | undefined = at; step !== undefined; step = step === from ? undefined : before.get(step)) path.unshift(step);
        return path;
      }
      if (!before.has(next)) { before.set(next, at); queue.push(next); }
    }
  }
  return undefined;
}

/** The plugin that a contract belongs to. */
export const contractOwner = (token: string): string => token.split('.', 1)[0]!;

/** Why a contract of another plugin is not in the versions that a plugin states for it; undefined when it is, or when none are stated. */
export function contractFault(unit: PluginUnit, owner: PluginUnit, token: string): readonly [`GX_${string}`, string] | undefined {
  const range = unit.manifest?.requires?.contracts?.[token];
  if (range === undefined || !owner.manifest) return undefined;
  const [mine, theirs, offered] = [unit.manifest!.version, owner.manifest.version, owner.manifest.provides?.find((each) => each.token === token)?.version];
  if (offered === undefined) return ['GX_CONTRACT_MISSING', `"${unit.id}" ${mine} asks for the contract "${token}" ${range}, and "${owner.id}" ${theirs} provides no such contract. Install another version of one of the two.`];
  return semver.satisfies(offered, range) ? undefined
    : ['GX_CONTRACT_VERSION', `"${unit.id}" ${mine} asks for the contract "${token}" ${range}, and "${owner.id}" ${theirs} provides it in ${offered}. Install another version of one of the two.`];
}
const contractFaults = (unit: PluginUnit, owner: PluginUnit): (readonly [`GX_${string}`, string])[] =>
  Object.keys(unit.manifest?.requires?.contracts ?? {}).filter((token) => contractOwner(token) === owner.id).flatMap((token) => { const fault = contractFault(unit, owner, token); return fault ? [fault] : []; });

/**
 * Throws when a plugin cannot start because of those it requires: one is missing, does not fit or did not start. The message names the
 * whole chain to the one that is to blame.
 */
export function checkRequirements(unit: PluginUnit, byId: ReadonlyMap<string, PluginUnit>): void {
  const block = (code: `GX_${string}`, chain: readonly string[], why: string): never => {
    unit.blockage = { chain, why };
    throw new GxError(code, 500, `Plugin "${unit.id}": it needs ${chain.join(' → ')}, and ${why}`, { plugin: unit.id, details: { chain } });
  };
  for (const [id, range] of Object.entries(required(unit))) {
    const needed = byId.get(id);
    if (!needed) block('GX_PLUGIN_MISSING', [unit.id, id], `"${id}" is not on this host. Add it, or remove "${unit.id}".`);
    else if (needed.failed || needed.state === 'stopped') {
      const { chain, why } = needed.blockage ?? { chain: [id], why: `"${id}" is ${needed.state}${needed.error ? `. ${needed.error}` : '.'}` };
      block('GX_PLUGIN_BLOCKED', [unit.id, ...chain], why);
    } else if (needed.manifest && !semver.satisfies(needed.manifest.version, range)) {
      block('GX_PLUGIN_VERSION', [unit.id, id], `the version of "${id}" must be ${range}; ${needed.manifest.version} is here. Install another version of one of the two.`);
    }
    for (const [code, why] of contractFaults(unit, needed!)) block(code, [unit.id, id], why);
  }
}

/** An optional plugin that is there in a version that does not fit counts as absent. */
export const optionalFits = (unit: PluginUnit, other: PluginUnit): boolean =>
  !other.failed && other.manifest !== undefined && semver.satisfies(other.manifest.version, unit.manifest?.requires?.optional?.[other.id] ?? '');

/**
 * Orders plugins so that each comes after those it requires and, where no circle forms, after those it can use if they are there; the order
 * in which they were listed decides nothing else. Circles are found in the declared graph, before anything is resolved.
 */
export async function resolveOrder(units: readonly PluginUnit[], byId: ReadonlyMap<string, PluginUnit>): Promise<PluginUnit[]> {
  const edges = new Map<string, Set<string>>([...byId.values()].map((unit) => [unit.id, new Set(Object.keys(required(unit)).filter((id) => byId.has(id)))]));
  for (const unit of byId.values()) {
    const circle = edges.get(unit.id)!.size ? way(edges, unit.id, unit.id) : undefined;
    if (circle) unit.fail('blocked', new GxError('GX_PLUGIN_CYCLE', 500, `Plugin "${unit.id}": plugins require each other in a circle: ${circle.join(' → ')}. One of them must make the other optional.`, { plugin: unit.id, details: { chain: circle } }));
  }
  for (const unit of byId.values()) if (unit.code === 'GX_PLUGIN_CYCLE') edges.get(unit.id)!.clear();
  for (const unit of byId.values()) {
    for (const id of Object.keys(unit.manifest?.requires?.optional ?? {})) {
      const other = byId.get(id);
      if (!other) continue;
      if (!other.failed) {
        unit.refuse(optionalFits(unit, other) ? contractFaults(unit, other).map(([code, why]) => ({ code, message: `${why} It goes on without that contract.`, warning: true }))
          : [{ code: 'GX_PLUGIN_VERSION', message: `"${id}" ${other.manifest!.version} is here, but only ${unit.manifest!.requires!.optional![id] ?? ''} could be used. It goes on without.`, warning: true }]);
      }
      if (!way(edges, id, unit.id)) edges.get(unit.id)!.add(id);
    }
  }
  const ordered = new Set<PluginUnit>();
  const visit = (unit: PluginUnit): void => {
    if (ordered.has(unit)) return;
    for (const id of edges.get(unit.id) ?? []) visit(byId.get(id)!);
    ordered.add(unit);
  };
  for (const unit of byId.values()) visit(unit);
  for (const unit of ordered) await unit.step('resolve', 'resolved', 'blocked', () => { checkRequirements(unit, byId); });
  return [...ordered, ...units.filter((unit) => !ordered.has(unit))];
}
