import type { AssetUrls } from '../browser-assets.js';
import { dataBlock, html, type Html } from './html.js';
import { icon } from './icons.js';
import type { PageContext } from './page-context.js';
import { pick, type TextKey } from './texts.js';

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** The page's own module, if it has one. */
  readonly script?: keyof AssetUrls['modules'];
  readonly texts?: readonly TextKey[];
  readonly current?: 'home' | 'club' | 'cart' | 'account';
}

const header = (page: PageContext, current: PageParts['current']): Html => html`
<header class="top"><div class="wrap bar">
  <a class="brand" href="${page.link('/demo')}"><svg viewBox="0 0 40 40" width="36" height="36" aria-hidden="true"><circle cx="20" cy="20" r="20" fill="#1f5c4a"/><circle cx="27" cy="13" r="4.5" fill="#f3cf9b"/><path d="M4 29l10-13 7 8 5-5 10 10a20 20 0 0 1-32 0Z" fill="#cfe3d4"/><path d="M4 29l10-13 5 6-9 13a20 20 0 0 1-6-6Z" fill="#fff"/></svg><span>${page.t('shop')}</span></a>
  <form class="search" action="/demo" role="search"><label class="hidden" for="q">${page.t('search')}</label>${icon('search')}<input id="q" name="q" type="search" maxlength="60" autocomplete="off" placeholder="${page.t('searchFor')}" value="${page.query.get('q') ?? ''}">${page.query.get('lang') ? html`<input type="hidden" name="lang" value="${page.locale}">` : ''}</form>
  <nav class="menu" aria-label="${page.t('shop')}">
    ${(['home', 'club'] as const).map((key) => html`<a class="only-wide" href="${page.link(key === 'home' ? '/demo' : '/demo/club')}"${current === key ? html` aria-current="page"` : ''}>${page.t(key)}</a>`)}
    <a class="symbol only-narrow" href="${page.link('/demo/club')}" aria-label="${page.t('club')}"${current === 'club' ? html` aria-current="page"` : ''}>${icon('gift')}</a>
    <a class="symbol" href="${page.link('/demo/account')}" aria-label="${page.t('account')}"${current === 'account' ? html` aria-current="page"` : ''}>${icon('person')}</a>
    <a class="symbol" id="cart-link" href="${page.link('/demo/cart')}" aria-label="${page.t('cart')}" data-label="${page.t('cart')}"${current === 'cart' ? html` aria-current="page"` : ''}>${icon('bag')}<span class="count" id="cart-count" aria-hidden="true"></span></a>
  </nav>
</div></header>`;

function footer(page: PageContext): Html {
  const other = (lang: string): string => {
    const query = new URLSearchParams(page.query);
    query.set('lang', lang);
    return `${page.path}?${query.toString()}`;
  };
  return html`<footer class="foot"><div class="wrap"><p>${page.t('footer')}</p><p class="languages" role="group" aria-label="${page.t('language')}">${[['en', 'English'], ['zh-CN', '中文']].map(([lang, name]) =>
    html`<a href="${other(lang ?? 'en')}" lang="${lang}" hreflang="${lang}"${lang === page.locale ? html` aria-current="true"` : ''}>${name}</a>`)}</p></div></footer>`;
}

/** A whole document. Everything it loads comes from this server; nothing in it is inline but data. */
export const layout = (page: PageContext, assets: AssetUrls, parts: PageParts): string => html`<!doctype html>
<html lang="${page.locale}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><meta name="theme-color" content="#faf8f3">
<title>${parts.title} · ${page.t('shop')}</title><meta name="description" content="${page.t('tagline')}">
<link rel="icon" href="/demo/images/icon.svg" type="image/svg+xml">
<script src="${assets.language}"></script>
<link rel="stylesheet" href="${assets.style}">
<script type="module" src="${assets.modules.shop}"></script>
${parts.script ? html`<script type="module" src="${assets.modules[parts.script]}"></script>` : ''}
<script src="/assets/loader.js" defer data-shop="demo"></script>
</head>
<body>
<a class="skip" href="#main">${page.t('skip')}</a>
${header(page, parts.current)}
<main id="main" tabindex="-1">${parts.body}</main>
<noscript><p class="wrap note">${page.t('noScript')}</p></noscript>
${footer(page)}
${dataBlock('texts', pick(page.locale, ['failed', 'offline', ...(parts.texts ?? [])]))}
</body></html>`.text;
