import { HOOK_MS, type HostListener } from './host/plugin-host.js';
import { contain } from './containment/containment.js';
import { attributed, memberPriceRead, namedKind, namedPart, namedTarget, namedType, offersRead, openingsRead, segmentValues, type LineOf } from './containment/contributed.js';
import type { CoreServices } from './http/core-services.js';

/** Puts what a plugin contributes into the registries of the core, and takes it out again. */
export const pluginWiring = (services: CoreServices): HostListener => ({
  ready: (unit) => services.personalData.declare(unit.manifest!, unit.entities),
  activated(unit) {
    const { id, contributions, handlers, jobs } = unit;
    const manifest = unit.manifest!;
    const enabled = (shopId: number): boolean => services.installs.isEnabled(shopId, id);
    const lineOf: LineOf = (ctx, name) => services.host.runs.line(id, ctx.shop, 'contribution', name);
    const titleOf = (list: readonly { readonly name: string; readonly title: { readonly en: string; readonly 'zh-CN': string } }[] | undefined, name: string): { en: string; 'zh-CN': string } =>
      ({ ...(list?.find((each) => each.name === name)?.title ?? { en: name, 'zh-CN': name }) });
    for (const [name, kind] of Object.entries(contributions.rewardKinds ?? {})) services.grants.registerKind(id, name, namedKind(name, kind, lineOf), titleOf(manifest.rewardKinds, name));
    for (const [name, type] of Object.entries(contributions.activityTypes ?? {})) services.activities.registerType(id, name, namedType(name, type, lineOf), titleOf(manifest.activityTypes, name));
    for (const [kind, target] of Object.entries(contributions.importTargets ?? {})) services.importTargets.register(kind, id, namedTarget(kind, target, lineOf));
    for (const declared of manifest.segmentAttributes ?? []) {
      const read = contributions.segmentAttributes?.[declared.name];
      if (read) services.segments.register(id, declared, (ctx, personIds) => segmentValues(ctx, declared.name, lineOf, () => read(ctx, personIds)));
    }
    for (const [name, read] of Object.entries(contributions.memberPrices ?? {})) services.memberPrices.register(id, name, (ctx, personId) => memberPriceRead(ctx, name, lineOf, () => read(ctx, personId)));
    for (const [name, read] of Object.entries(contributions.openings ?? {})) services.openings.register(id, name, (ctx, personId, skus) => openingsRead(ctx, name, lineOf, () => read(ctx, personId, skus)));
    const { offers, packParts } = contributions;
    services.plannerSources.register(id, offers && ((ctx) => offersRead(ctx, lineOf, () => offers(ctx))), packParts && Object.fromEntries(Object.entries(packParts).map(([name, part]) => [name, namedPart(name, part, lineOf)])));
    for (const [name, read] of Object.entries(contributions.earningMultipliers ?? {})) services.earningMultipliers.register(id, name, (ctx, personId) => attributed(lineOf(ctx, `multiplier ${name}`), read(ctx, personId)));
    services.invariants.register(id, contributions.invariants ?? {});
    if (Object.keys(handlers).length) {
      services.dispatcher.register({
        name: id, handles: handlers as never, enabled,
        around: (ctx, name, run) => contain(services.host.runs.line(id, ctx.shop, 'event', name), services.config.eventTimeoutMs, run),
      });
    }
    for (const declared of manifest.jobs) {
      const run = jobs[declared.name];
      if (!run) continue;
      const timeoutMs = declared.timeoutMs ?? 2 * HOOK_MS;
      services.scheduler.register({
        owner: id, name: declared.name, schedule: declared.schedule, timeoutMs, enabled, run,
        around: (ctx, name, work) => services.quotas.job(ctx, id, () => contain(services.host.runs.line(id, ctx.shop, 'job', name), timeoutMs, work)),
      });
    }
  },
  stopped(unit) {
    services.grants.unregister(unit.id);
    services.importTargets.unregister(unit.id);
    services.activities.unregisterTypes(unit.id);
    services.segments.unregister(unit.id);
    services.memberPrices.unregister(unit.id);
    services.openings.unregister(unit.id);
    services.plannerSources.unregister(unit.id);
    services.earningMultipliers.unregister(unit.id);
    services.invariants.unregister(unit.id);
    services.dispatcher.unregister(unit.id);
    services.scheduler.unregister(unit.id);
  },
});
