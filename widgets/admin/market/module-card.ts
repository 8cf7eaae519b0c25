import { css, html, nothing, type TemplateResult } from 'lit';
import { formatDate } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { moduleState } from '../module-state.js';
import { href } from '../routes.js';
import { t, tWord } from '../texts.js';
import type { MarketItem } from './market-types.js';
import { isBehind, kb, titleOf } from './module-words.js';

/** One module on the shelf; the whole card leads to its page, `action` stands above that. */
export function moduleCard(item: MarketItem, action: unknown): TemplateResult {
  const state = moduleState(item);
  const title = titleOf(item);
  return html`<article aria-label=${title}>
    ${item.picture ? html`<div class="shot"><img src=${item.picture.url} alt="" width="640" height="400" loading="lazy" decoding="async"></div>` : html`<div class="blank" aria-hidden="true"><gx-icon name=${item.icon}></gx-icon></div>`}
    <div class="body">
      <div class="head"><span class="mark"><gx-icon name=${item.icon}></gx-icon></span><div><h2><a href=${href(`/marketplace/${item.id}`)}>${title}</a></h2><span class="muted small">${tWord('category', item.category)} · ${item.pricing ? localised(item.pricing) : t('module.free')}</span></div></div>
      <p class="muted">${localised(item.summary)}</p>
      ${item.error ? html`<p class="error small">${item.errorTitle ?? item.error}</p>` : nothing}
      <p class="small muted">${item.state === 'uninstalled' && item.purgeAfter ? t('market.keptUntil', { date: formatDate(item.purgeAfter) }) : item.bytes ? t('market.onStorefront', { kb: kb(item.bytes) }) : t('market.offStorefront')}${isBehind(item) ? html` · <span class="strong">${t('market.update', { version: item.availableVersion })}</span>` : nothing}</p>
      <div class="foot">${state ? html`<gx-badge tone=${state.tone}>${state.text}</gx-badge>` : html`<span></span>`}<span class="above row">${action}</span></div>
    </div>
  </article>`;
}

export const moduleCardStyles = css`
  article { position: relative; display: flex; flex-direction: column; border: 1px solid var(--gx-border); border-radius: var(--gx-radius-card); background: var(--gx-surface); box-shadow: var(--gx-shadow); overflow: clip; }
  article:hover { border-color: var(--gx-control-border); }
  article:focus-within:has(h2 a:focus-visible) { outline: 2px solid var(--gx-focus); outline-offset: 2px; }
  .shot { position: relative; } .shot::after { content: ''; position: absolute; inset: 0; background: light-dark(transparent, rgb(0 0 0 / .12)); }
  article img, article .blank { display: block; inline-size: 100%; block-size: auto; aspect-ratio: 16 / 10; border-block-end: 1px solid var(--gx-border); background: var(--gx-sunken); }
  article .blank { display: grid; place-items: center; color: var(--gx-muted); } .blank gx-icon { inline-size: 48px; block-size: 48px; opacity: .7; }
  .body { display: flex; flex: 1; flex-direction: column; gap: 10px; padding: 14px 16px 14px; }
  .head { display: flex; gap: 12px; align-items: flex-start; }
  .mark { flex: none; display: grid; place-items: center; inline-size: 40px; block-size: 40px; border-radius: 10px; background: var(--gx-accent-soft); color: var(--gx-link); }
  .mark gx-icon { inline-size: 22px; block-size: 22px; }
  h2 a { color: inherit; text-decoration: none; } h2 a::after { content: ''; position: absolute; inset: 0; border-radius: var(--gx-radius-card); } h2 a:focus-visible { outline: none; }
  article:hover h2 a { text-decoration: underline; text-underline-offset: 3px; }
  .body > p:first-of-type { flex: 1; }
  .foot { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: space-between; min-block-size: 36px; }
  .above { position: relative; z-index: 1; }
  .error { padding: 8px 10px; border-radius: 6px; background: var(--gx-danger-fill); color: var(--gx-danger); overflow-wrap: anywhere; }
`;
