import { GxError, type Localised, type Manifest, type ShopContext } from '../../plugin-api/index.js';

type Declared = NonNullable<Manifest['segmentAttributes']>[number];
export type SegmentValue = number | boolean | string;
/** Answers the values of some persons; who has none is left out. */
export type SegmentReader = (ctx: ShopContext, personIds: readonly string[]) => Promise<ReadonlyMap<string, SegmentValue>>;

/** What customers can be grouped by; `name` is `<plugin>.<word>`. */
export interface SegmentAttribute { readonly name: string; readonly plugin: string; readonly title: Localised; readonly kind: Declared['kind'] }
/** `values` is absent when the plugin could not tell them. */
export interface SegmentColumn { readonly attribute: SegmentAttribute; readonly values?: ReadonlyMap<string, SegmentValue> }

const TYPES = { number: 'number', flag: 'boolean', text: 'string' } as const;
const fits = (kind: Declared['kind'], value: unknown): boolean => typeof value === TYPES[kind] && (typeof value !== 'number' || Number.isFinite(value)) && (typeof value !== 'string' || value.length <= 200);

/** Segment attributes that plugins contribute. Those of a plugin count only in shops in which it is switched on. */
export class SegmentAttributes {
  readonly #attributes = new Map<string, SegmentAttribute & { readonly read: SegmentReader }>();

  constructor(private readonly enabled: (shopId: number, pluginId: string) => boolean, private readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void) {}

  /** @throws GX_SEGMENT_TAKEN */
  register(plugin: string, declared: Declared, read: SegmentReader): void {
    const name = `${plugin}.${declared.name}`;
    const other = this.#attributes.get(name);
    if (other) throw new GxError('GX_SEGMENT_TAKEN', 500, `Plugin "${plugin}": the segment attribute "${name}" is registered by "${other.plugin}" already. Give it another name.`, { plugin });
    this.#attributes.set(name, { name, plugin, title: declared.title, kind: declared.kind, read });
  }
  /** When a plugin stops. */
  unregister(plugin: string): void { for (const [name, each] of this.#attributes) if (each.plugin === plugin) this.#attributes.delete(name); }

  list(ctx: ShopContext): readonly SegmentAttribute[] { return [...this.#attributes.values()].filter((each) => this.enabled(ctx.shop.id, each.plugin)); }

  /** Every attribute of the shop for some persons; one that fails costs only itself. */
  values(ctx: ShopContext, personIds: readonly string[]): Promise<readonly SegmentColumn[]> {
    return Promise.all(this.list(ctx).map(async (attribute): Promise<SegmentColumn> => {
      try {
        const values = await this.#attributes.get(attribute.name)!.read(ctx, personIds);
        for (const [person, value] of values) {
          if (!fits(attribute.kind, value) || !personIds.includes(person)) throw new GxError('GX_SEGMENT_VALUE', 502, `Plugin "${attribute.plugin}": "${attribute.name}" answered a ${typeof value} where a ${attribute.kind} of somebody who was asked for is due. Answer a Map from person id to value.`, { plugin: attribute.plugin, shop: ctx.shop.key });
        }
        return { attribute, values };
      } catch (error) {
        this.report('a segment attribute could not be read', { err: error, plugin: attribute.plugin, shop: ctx.shop.key, attribute: attribute.name });
        return { attribute };
      }
    }));
  }
}
