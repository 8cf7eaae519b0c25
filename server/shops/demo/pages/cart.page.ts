import { html } from './html.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import type { TextKey } from './texts.js';

const SUMS: readonly TextKey[] = [
  'listPrice', 'yourPrice', 'youSave', 'memberPrice', 'points', 'pointsUsed', 'bestTitle', 'lost_stacking', 'lost_floor', 'lost_no-effect', 'lost_better', 'lost_too-many', 'moreLost', 'lostBest', 'andJoin', 'quoted', 'gap',
  'subtotal', 'discount', 'shipping', 'free', 'total', 'loading', 'earns', 'earnsNone',
];

/** The cart lives in the browser; its script fills the page in a space that is kept. */
export function cartPage(page: PageContext): PageParts {
  const body = html`<div class="wrap section"><h1>${page.t('cartTitle')}</h1>
<div class="split settle" id="cart" aria-busy="true"><div class="lines" id="lines"></div>
<aside class="panel" id="summary" aria-label="${page.t('summary')}" hidden><h2>${page.t('summary')}</h2><dl class="sums" id="sums"></dl><div class="best" id="best" role="group" aria-label="${page.t('bestTitle')}" hidden></div><p class="small" id="earns" aria-live="polite">${page.t('earnsSome')}</p><p class="muted small">${page.t('shippingNote')}</p><a class="button wide" href="${page.link('/demo/checkout')}">${page.t('checkout')}</a></aside></div></div>`;
  return { title: page.t('cartTitle'), body, script: 'cart', current: 'cart', texts: [...SUMS, 'cartEmpty', 'cartEmptyHint', 'browse', 'remove', 'quantity', 'less', 'more'] };
}

export function checkoutPage(page: PageContext): PageParts {
  const body = html`<div class="wrap section"><h1>${page.t('checkoutTitle')}</h1>
<form class="split settle" id="checkout" novalidate aria-busy="true"><div class="stack">
<section class="panel"><h2>${page.t('contact')}</h2><p id="who" hidden></p>
<div id="stranger" class="stack" hidden><p class="field"><label for="email">${page.t('email')}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="200" required aria-describedby="email-said email-hint"><span class="danger" id="email-said"></span><span class="muted small" id="email-hint">${page.t('emailHint')}</span></p>
<p class="field"><label for="name">${page.t('name')}</label><input id="name" name="name" autocomplete="name" maxlength="80"></p><p><a href="${page.link('/demo/account', { next: '/demo/checkout' })}">${page.t('haveAccount')}</a></p></div></section>
<section class="panel stack"><h2>${page.t('delivery')}</h2><p class="field"><label for="address">${page.t('address')}</label><textarea id="address" name="address" rows="2" maxlength="500" autocomplete="street-address" aria-describedby="delivery-hint"></textarea></p>
<p class="field"><label for="card">${page.t('card')}</label><select id="card" name="card" aria-describedby="delivery-hint"><option value="">${page.t('noCard')}</option>${['4242', '1881', '0005'].map((end) => html`<option value="demo-${end}">${page.t('demoCard', { end })}</option>`)}</select><span class="muted small" id="delivery-hint">${page.t('deliveryHint')}</span></p></section>
<section class="panel"><h2>${page.t('code')}</h2><div class="together"><p class="field"><label class="hidden" for="code">${page.t('code')}</label><input id="code" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="GX-…" aria-describedby="code-said"></p><button class="button quiet" type="button" id="apply">${page.t('apply')}</button></div><p class="status" role="status" id="code-said"></p><ul class="codes" id="codes"></ul><p class="check" id="points-row" hidden><label><input type="checkbox" id="use-points" aria-describedby="points-hint"> ${page.t('usePoints')}</label><span class="muted small" id="points-hint"></span></p></section></div>
<aside class="panel" aria-label="${page.t('order')}"><h2>${page.t('order')}</h2><ul class="mini" id="mini"></ul><dl class="sums" id="sums"></dl><div class="best" id="best" role="group" aria-label="${page.t('bestTitle')}" hidden></div><p class="small" id="earns" aria-live="polite">${page.t('earnsSome')}</p><button class="button wide" type="submit" id="pay">${page.t('payPlain')}</button><p class="muted small" id="held"></p><p class="status danger" role="alert" id="said"></p><p class="muted small">${page.t('payNote')}</p></aside></form></div>`;
  return { title: page.t('checkoutTitle'), body, script: 'checkout', current: 'cart', texts: [...SUMS, 'pay', 'payPlain', 'signedInAs', 'removeCode', 'codeOn', 'friend', 'emailNeeded', 'why_unknown', 'why_expired', 'why_used', 'why_below-minimum', 'why_not-yours', 'why_locked', 'notUsed', 'pointsHint', 'heldUntil', 'checkoutOver', 'checkoutElsewhere', 'priceMore', 'priceSame', 'notOpenYet', 'why_not-in-cart'] };
}
