import { html, nothing, type TemplateResult } from 'lit';
import { formatDate } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { href } from '../routes.js';
import { t, tWord, type TextKey } from '../texts.js';
import type { MarketDetail, MarketPreview } from './market-types.js';
import { capabilityWord, dataWords, isHere, isInstalled, listed, titleOf } from './module-words.js';

/** What the merchant can do about what a banner says; absent for those who may not. */
export interface BannerActions { readonly review: () => void; readonly restore: () => void; readonly retry: () => void; readonly busy: boolean }

type Variant = 'neutral' | 'warning' | 'danger' | 'brand';
const callout = (variant: Variant, body: unknown, action?: unknown): TemplateResult =>
  html`<wa-callout slot="banner" variant=${variant} role=${variant === 'danger' ? 'alert' : 'status'}><div class="banner"><div>${body}</div>${action ?? nothing}</div></wa-callout>`;

/** A sentence with a date that stays on one line. */
function dated(key: TextKey, at: number): TemplateResult {
  const [before, after] = t(key, { date: '\n' }).split('\n');
  return html`${before}<span class="nowrap">${formatDate(at)}</span>${after}`;
}

/** What a new version asks for beyond what was agreed to, in words. */
export function newWishes(preview: MarketPreview): readonly string[] {
  return [...preview.capabilities.filter(({ added, optional }) => added && !optional).map(({ name }) => capabilityWord(name)), ...preview.hosts.filter(({ added, optional }) => added && !optional).map(({ host }) => host),
    ...preview.personalData.filter(({ added }) => added.length).map(({ added, titles }) => dataWords(added, titles))];
}

/** Everything about a module that needs the merchant, as callouts above its page; usually none. */
export function moduleBanners(item: MarketDetail, preview: MarketPreview | undefined, actions: BannerActions | undefined): readonly TemplateResult[] {
  const title = titleOf(item), banners: TemplateResult[] = [];
  const button = (text: string, act: (actions: BannerActions) => void): unknown => (actions ? html`<wa-button size="s" variant="brand" ?loading=${actions.busy} @click=${() => act(actions)}>${text}</wa-button>` : undefined);
  const retry = button(t('module.retry'), (can) => can.retry());
  const why = item.reason ? html`<br><span class="small">${t('banner.reason', { text: item.reason })}</span>` : nothing;
  const gone = item.hostState === 'absent', installed = isInstalled(item.state);
  if (gone && installed) banners.push(callout('warning', html`<strong>${t('banner.absent', { title })}</strong><br>${t('banner.absentText')}`));
  else if (item.error) banners.push(callout('danger', html`<strong>${t('banner.host', { title })} ${item.errorTitle ?? ''}</strong><br><span class="small code">${item.error}</span>`));
  if (item.needsConsent && preview) {
    const wishes = newWishes(preview), version = item.availableVersion;
    banners.push(callout('warning', html`<strong>${item.state === 'needs-consent' ? t('banner.needs-consent', { title, version }) : t('banner.moreOff', { version })}</strong>${wishes.length ? html`<br>${t('banner.asksFor', { list: listed(wishes) })}` : nothing}`, button(t('banner.review'), (can) => can.review())));
  }
  if (item.working && !['failed', 'uninstalled', 'purging'].includes(item.state)) banners.push(callout('brand', html`<gx-progress label=${t(item.state === 'disabled' ? 'banner.stopping' : 'banner.working', { title })} note=${item.lastError ? t('banner.lastError', { text: item.lastError }) : ''}></gx-progress>`, item.state === 'installing' && item.lastError ? retry : undefined));
  switch (item.state) {
    case 'suspended': banners.push(callout('danger', html`<strong>${item.cause ? tWord('banner.suspended', item.cause, t('banner.suspended', { title })).replaceAll('{title}', title) : t('banner.suspended', { title })}</strong>${why}`, item.cause === 'breaker' ? retry : undefined)); break;
    case 'failed': if (isHere(item)) banners.push(callout('danger', html`<strong>${t('banner.failed', { title })}</strong>${item.lastError ? html`<br><span class="small code">${item.lastError}</span>` : nothing}`, retry)); break;
    case 'uninstalled': banners.push(callout('neutral', html`<strong>${dated('banner.uninstalled', item.purgeAfter ?? 0)}</strong><br>${t(gone ? 'banner.uninstalledGone' : 'banner.uninstalledText')}${why}`, !isHere(item) ? undefined : button(t('market.restore'), (can) => can.restore()))); break;
    case 'purging': banners.push(callout('neutral', html`<strong>${t('banner.purging')}</strong><br>${t('banner.purgingText')}${item.lastError ? html`<br><span class="small code">${t('banner.lastError', { text: item.lastError })}</span>` : nothing}`)); break;
    case 'purged': if (item.purgedAt) banners.push(callout('neutral', html`${dated('banner.purged', item.purgedAt)} <a href=${href('/privacy')}>${t('banner.receipt')}</a>`)); break;
    case 'disabled': if (item.reason) banners.push(callout('neutral', t('banner.reason', { text: item.reason }))); break;
    case 'enabled': if (item.hold) {
      banners.push(callout('warning', item.hold.cause === 'older-code' ? t('banner.older-code', { title, version: item.hold.version ?? item.version })
        : html`<strong>${t('banner.requirement', { title })}</strong> ${item.hold.plugins.map((id, at) => html`${at ? t('list.comma') : nothing}<a href=${href(`/marketplace/${id}`)}>${localised(item.requires.find((each) => each.id === id)?.title) || id}</a>`)}<br>${t('banner.requirementText')}`));
    } break;
    default:
  }
  return banners;
}
