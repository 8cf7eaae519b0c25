import { conflict, type Manifest } from '../plugin-api/index.js';
import { isWanted, type InstallState } from './lifecycle.js';

/** A plugin that another needs, as it stands in a shop. */
export interface Requirement {
  readonly id: string; readonly title: { readonly en: string; readonly 'zh-CN': string }; readonly range: string; readonly optional: boolean;
  readonly state: InstallState; readonly version: string | null; readonly ok: boolean;
  /** Which of its contracts are used, by token, in which versions. */
  readonly contracts: readonly { readonly token: string; readonly range: string }[];
}
export interface ShopView { state(pluginId: string): InstallState; isOn(pluginId: string): boolean }

const titleOf = (manifests: readonly Manifest[], id: string): Requirement['title'] => ({ ...(manifests.find((each) => each.id === id)?.listing.title ?? { en: id, 'zh-CN': id }) });

/** What a plugin requires directly, and whether it runs in this shop. The host has checked the ranges before it started the plugin. */
export function requirementsOf(manifest: Manifest, manifests: readonly Manifest[], shop: ShopView): readonly Requirement[] {
  const contracts = Object.entries(manifest.requires?.contracts ?? {});
  const list = (ranges: Readonly<Record<string, string>> | undefined, optional: boolean): Requirement[] => Object.entries(ranges ?? {}).map(([id, range]) => ({
    id, title: titleOf(manifests, id), range, optional, state: shop.state(id), version: manifests.find((each) => each.id === id)?.version ?? null, ok: shop.isOn(id),
    contracts: contracts.filter(([token]) => token.startsWith(`${id}.`)).map(([token, wanted]) => ({ token, range: wanted })),
  }));
  return [...list(manifest.requires?.plugins, false), ...list(manifest.requires?.optional, true)];
}

/** Every way down from a plugin to a requirement that does not run in the shop, e.g. `shop-club → points → ledger`. The last of each is to be installed first. */
export function missingChains(manifest: Manifest, manifests: readonly Manifest[], shop: ShopView, above: readonly string[] = []): readonly (readonly string[])[] {
  const path = [...above, manifest.id];
  return Object.keys(manifest.requires?.plugins ?? {}).filter((id) => !shop.isOn(id) && !path.includes(id)).flatMap((id) => {
    const needed = manifests.find((each) => each.id === id);
    const deeper = needed ? missingChains(needed, manifests, shop, path) : [];
    return deeper.length ? deeper : [[...path, id]];
  });
}

/** The plugins to install or switch on before this one, in that order. */
export const firstOf = (chains: readonly (readonly string[])[]): readonly string[] => [...new Set(chains.flatMap((chain) => chain.slice(1).reverse()))];

/** @throws GX_REQUIREMENT_OFF 409 with every chain */
export function assertRequirements(manifest: Manifest, manifests: readonly Manifest[], shop: ShopView): void {
  const chains = missingChains(manifest, manifests, shop);
  if (!chains.length) return;
  const first = firstOf(chains);
  throw conflict('GX_REQUIREMENT_OFF', `"${manifest.listing.title.en}" needs ${first.map((id) => `"${titleOf(manifests, id).en}"`).join(' and ')} in this shop (${chains.map((chain) => chain.join(' → ')).join('; ')}). Install or switch that on first.`,
    { chains: chains.map((chain) => [...chain]), installFirst: first.map((id) => ({ id, title: titleOf(manifests, id), state: shop.state(id) })) });
}

/** Plugins of this shop that count on a plugin. */
export const dependants = (pluginId: string, manifests: readonly Manifest[], shop: ShopView): readonly Manifest[] =>
  manifests.filter((manifest) => manifest.requires?.plugins?.[pluginId] !== undefined && isWanted(shop.state(manifest.id)));

/** @throws GX_REQUIRED_BY 409 naming who needs it */
export function assertNobodyNeeds(pluginId: string, manifests: readonly Manifest[], shop: ShopView): void {
  const by = dependants(pluginId, manifests, shop);
  if (by.length) {
    throw conflict('GX_REQUIRED_BY', `${by.map((each) => `"${each.listing.title.en}"`).join(' and ')} ${by.length > 1 ? 'need' : 'needs'} "${titleOf(manifests, pluginId).en}" in this shop. Switch ${by.length > 1 ? 'them' : 'it'} off first.`,
      { requiredBy: by.map((each) => ({ id: each.id, title: { ...each.listing.title }, state: shop.state(each.id) })) });
  }
}
