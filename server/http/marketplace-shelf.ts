import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'es-module-lexer';
import type { Localised, Manifest } from '../plugin-api/index.js';
import { contentHash, type AssetFiles } from './asset-files.js';
import type { BrowserFiles } from './browser-files.js';

export interface Picture { readonly url: string; readonly alt: Localised }

/** What the marketplace shows of a plugin's built files: its pictures under hashed addresses, and how heavy its widgets are. */
export class MarketplaceShelf {
  readonly #pictures = new Map<string, readonly Picture[]>();
  readonly #bytes = new Map<string, number>();

  constructor(readonly files: BrowserFiles, private readonly assets: AssetFiles) {}

  /** Pictures that are not there are left out: a plugin works without them. */
  add(manifest: Manifest, root: URL): void {
    this.#pictures.set(manifest.id, (manifest.listing.screenshots ?? []).flatMap(({ file, alt }) => {
      const path = new URL(`pictures/${file}`, root);
      if (!existsSync(path)) return [];
      const body = readFileSync(path);
      return [{ url: this.assets.add(`/assets/plugins/${manifest.id}/${contentHash(body)}/${file}`, body), alt: { en: alt.en, 'zh-CN': alt['zh-CN'] } }];
    }));
    this.#bytes.delete(manifest.id);
  }

  pictures(pluginId: string): readonly Picture[] { return this.#pictures.get(pluginId) ?? []; }

  /** Compressed bytes of the storefront widgets and of what they import at once; the shared runtime is not theirs. */
  storefrontBytes(pluginId: string): number {
    let bytes = this.#bytes.get(pluginId);
    if (bytes === undefined) {
      const seen = new Set<string>();
      for (const { widget, url } of this.files.plugin(pluginId)?.widgets ?? []) if (widget.surface === 'storefront') this.#follow(url, seen);
      bytes = [...seen].reduce((sum, url) => sum + this.assets.gzipBytes(url), 0);
      this.#bytes.set(pluginId, bytes);
    }
    return bytes;
  }

  #follow(url: string, seen: Set<string>): void {
    const code = this.assets.body(url);
    if (!code || seen.has(url)) return;
    seen.add(url);
    for (const each of parse(code.toString())[0]) if (each.type !== 'dynamic' && 'specifier' in each && each.specifier?.startsWith('.')) this.#follow(new URL(each.specifier, `http://host${url}`).pathname, seen);
  }
}
