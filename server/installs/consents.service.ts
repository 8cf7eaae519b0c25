import { conflict, refused, type Manifest, type ShopContext } from '../plugin-api/index.js';
import { asksOf, hashOf } from './asks.js';
import type { How } from './install-moves.service.js';
import type { Install } from './install.js';
import { isInstalled } from './lifecycle.js';
import type { InstallPorts } from './plugin-catalog.js';
import type { Preview } from './preview.js';
import type { PreviewsService } from './previews.service.js';

/** What a shop agrees to, and whether that is enough. */
export class ConsentsService {
  constructor(private readonly previews: PreviewsService, private readonly ports: () => InstallPorts, private readonly preview: (ctx: ShopContext, pluginId: string) => Promise<Preview>) {}

  /** Whether the code asks for more than the shop agreed to. */
  async needed(ctx: ShopContext, manifest: Manifest, install: Install | undefined): Promise<boolean> {
    return install !== undefined && isInstalled(install.state) && (await this.previews.beyond(ctx, manifest, install)).length > 0;
  }

  /** @throws GX_CONSENT_NEEDED 409 with the preview */
  async assert(ctx: ShopContext, manifest: Manifest, install: Install | undefined): Promise<void> {
    if (!await this.needed(ctx, manifest, install)) return;
    throw conflict('GX_CONSENT_NEEDED', `"${manifest.listing.title.en}" ${manifest.version} asks for more than this shop agreed to. Look at what is new and agree first.`, { preview: await this.preview(ctx, manifest.id) });
  }

  /**
   * The record of an agreement. Without `hash` the host itself agrees to what is there now.
   * @throws GX_CONSENT_STALE 409 with the new preview, GX_CONSENT_MISSING 422, GX_CONSENT_UNKNOWN 422
   */
  async given(ctx: ShopContext, manifest: Manifest, granted: readonly string[], hash: string | undefined): Promise<NonNullable<How['consent']>> {
    const asks = asksOf(manifest);
    if (hash !== undefined && hash !== hashOf(asks)) {
      throw conflict('GX_CONSENT_STALE', `What "${manifest.listing.title.en}" asks for has changed since it was shown. Look at it again.`, { preview: await this.preview(ctx, manifest.id) });
    }
    const missing = asks.capabilities.filter(({ name, optional }) => !optional && !granted.includes(name)).map(({ name }) => name);
    if (missing.length) throw refused('GX_CONSENT_MISSING', `${manifest.listing.title.en} needs ${missing.join(', ')} and cannot be installed without.`, { missing });
    const extra = granted.filter((name) => !asks.capabilities.some((each) => each.name === name));
    if (extra.length) throw refused('GX_CONSENT_UNKNOWN', `${manifest.listing.title.en} does not ask for ${extra.join(', ')}.`, { extra });
    return { version: manifest.version, hash: hashOf(asks), granted, declined: asks.capabilities.filter(({ name }) => !granted.includes(name)).map(({ name }) => name), shown: await this.previews.shown(manifest, this.ports()) };
  }
}
