import type { Contributions, ShopContext, Unit } from '../../plugin-api/index.js';
import { MOST_MULTIPLIER } from './earn-rule.js';
import type { Multiplier } from './order-points.js';

export type MultiplierReader = NonNullable<Contributions['earningMultipliers']>[string];
const sound = (value: Multiplier): boolean => Number.isSafeInteger(value.basisPoints) && value.basisPoints >= 10_000 && value.basisPoints <= MOST_MULTIPLIER && typeof value.label.en === 'string' && typeof value.label['zh-CN'] === 'string';

/** What plugins multiply people's points by, e.g. for their tier. Those of a plugin count only in shops in which it is switched on. */
export class EarningMultipliers {
  readonly #readers = new Map<string, { readonly plugin: string; readonly read: MultiplierReader }>();

  constructor(private readonly enabled: (shopId: number, pluginId: string) => boolean, private readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void) {}

  register(plugin: string, name: string, read: MultiplierReader): void { this.#readers.set(`${plugin}.${name}`, { plugin, read }); }
  unregister(plugin: string): void { for (const [name, each] of this.#readers) if (each.plugin === plugin) this.#readers.delete(name); }

  /** Of one person, inside the unit that books the points. One that fails or answers less than once or more than five times costs only itself. */
  *of(ctx: ShopContext, personId: string): Unit<Multiplier[]> {
    const found: Multiplier[] = [];
    for (const [name, { plugin, read }] of this.#readers) {
      if (!this.enabled(ctx.shop.id, plugin)) continue;
      try {
        const value = yield* read(ctx, personId);
        if (value === undefined) continue;
        if (!sound(value)) throw new RangeError(`"${name}" answered ${JSON.stringify(value)}; whole basis points from 10000 to ${MOST_MULTIPLIER} and a label in both languages are due`);
        found.push({ basisPoints: value.basisPoints, label: { en: value.label.en.slice(0, 80), 'zh-CN': value.label['zh-CN'].slice(0, 80) } });
      } catch (error) { this.report('a multiplier of points could not be read', { err: error, plugin, shop: ctx.shop.key, multiplier: name }); }
    }
    return found;
  }
}
