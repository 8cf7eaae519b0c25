import { GxError, isSettingShown, type Products, type SettingFields, type ShopContext } from '../../plugin-api/index.js';

const GONE = { en: 'This shop has no product with this SKU.', 'zh-CN': '店铺中没有此 SKU 的商品。' };

/** @throws GX_SETTINGS 422 when a setting names a product that the shop does not have */
export async function assertProducts(ctx: ShopContext, products: Products, plugin: string, fields: SettingFields, values: Readonly<Record<string, unknown>>): Promise<void> {
  const chosen = Object.entries(fields).flatMap(([name, { kind }]): [string, string][] => (kind === 'product' && typeof values[name] === 'string' && isSettingShown(fields, values, name) ? [[name, values[name]]] : []));
  if (!chosen.length) return;
  const known = await products.bySkus(ctx, chosen.map(([, sku]) => sku));
  const unknown = chosen.filter(([, sku]) => !known.has(sku));
  if (!unknown.length) return;
  throw new GxError('GX_SETTINGS', 422, `Nothing was saved: ${unknown.map(([name, sku]) => `the setting "${name}" names the product ${sku}`).join(', ')}, which the shop ${ctx.shop.key} does not have. Choose another.`,
    { plugin, shop: ctx.shop.key, details: { fields: Object.fromEntries(unknown.map(([name]) => [name, GONE[ctx.locale]])) } });
}
