import { GxError, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { isDeclared } from '../outbound/declared-hosts.js';

type Check = (ctx: ShopContext, argument: unknown) => void;
type Call = (...args: readonly unknown[]) => unknown;
/** Runs a call under somebody's name. */
type Around = (ctx: ShopContext, call: () => unknown) => unknown;

/**
 * The same service, each call of which is checked by its first argument, the context; so are the calls of its `steps`. For services that a
 * shop may have declined or switched off; what every shop must grant is handed out as it is.
 */
export function gated<T extends object>(service: T, check: Check, around: Around = (_ctx, call) => call()): T {
  const known = new Map<PropertyKey, unknown>();
  return new Proxy(service, {
    get(target, name) {
      if (known.has(name)) return known.get(name);
      // The target is the receiver: private fields of a class are not the proxy's.
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return value;
      const checked = typeof value === 'function'
        ? (...args: readonly unknown[]): unknown => { const ctx = args[0] as ShopContext; check(ctx, args[1]); return around(ctx, () => Reflect.apply(value as Call, target, args)); }
        : gated(value, check, around);
      known.set(name, checked);
      return checked;
    },
  });
}

const declined = (plugin: string, ctx: ShopContext, capability: string): GxError =>
  new GxError('GX_CAPABILITY_DECLINED', 409, `Plugin "${plugin}": the shop "${ctx.shop.key}" did not grant "${capability}". Ask app.granted(ctx, '${capability}') before using it; the merchant can grant it on the plugin's page.`, { plugin, shop: ctx.shop.key, details: { capability } });

/** What a capability's calls must pass; undefined when no shop can decline it. */
export function capabilityCheck(manifest: Manifest, name: string, granted: (ctx: ShopContext, capability: string) => boolean): Check | undefined {
  const optional = (each: Manifest['capabilities'][number]): boolean => each.optional === true;
  if (name !== 'http') {
    return manifest.capabilities.some((each) => each.name === name && optional(each)) ? (ctx) => { if (!granted(ctx, name)) throw declined(manifest.id, ctx, name); } : undefined;
  }
  const hosts = manifest.capabilities.filter((each) => each.name.startsWith('net:'));
  if (!hosts.some(optional)) return undefined;
  return (ctx, url) => {
    const host = URL.canParse(String(url)) ? new URL(String(url)).hostname : '';
    const covering = hosts.filter((each) => isDeclared([each.name.slice('net:'.length)], host));
    if (covering.length && !covering.some((each) => !optional(each) || granted(ctx, each.name))) throw declined(manifest.id, ctx, covering[0]!.name);
  };
}
