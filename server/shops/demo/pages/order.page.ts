import { imageUrl, productBySku } from '../catalogue/catalogue.js';
import { refundedTotal, type DemoOrder } from '../checkout/demo-order.js';
import { returnableUntil } from '../checkout/return-policy.js';
import { html } from './html.js';
import { icon } from './icons.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import { mount } from './product-card.js';

/** The thank-you page. It says nothing of the buyer, because whoever has the address can open it. */
export function orderPage(page: PageContext, order: DemoOrder): PageParts {
  const back = refundedTotal(order), saved = order.memberSaved ?? 0, title = (line: DemoOrder['lines'][number]): string => productBySku(line.sku)?.title[page.locale] ?? line.title;
  const until = returnableUntil(page.returnDays, order), over = until !== undefined && until <= page.now ? until : undefined;
  const sum = (label: string, amount: string, strong = false): ReturnType<typeof html> => html`<div${strong ? html` class="strong"` : ''}><dt>${label}</dt><dd>${amount}</dd></div>`;
  const body = html`<div class="wrap section"><div class="thanks"><span class="seal">${icon('tick')}</span><h1>${page.t('thanks')}</h1><p>${page.t('thanksText', { number: order.number, days: page.returnDays })}</p></div>
<div class="split"><section class="panel"><div class="heading"><h2>${page.t('orderLines')}</h2><span class="tag">${order.deliveredAt === null ? page.t('underway') : page.t('delivered')}</span></div>
<ul class="mini">${order.lines.map((line) => html`<li><a class="thumb" href="${page.link(`/demo/products/${line.sku}`)}" tabindex="-1" aria-hidden="true"><img src="${imageUrl(line.sku)}" alt="" width="600" height="600"></a><a href="${page.link(`/demo/products/${line.sku}`)}">${title(line)}</a><span class="muted">× ${line.quantity}</span><span class="price">${page.money(line.unitPrice * line.quantity)}</span></li>`)}</ul>
<dl class="sums">${sum(page.t('subtotal'), page.money(order.subtotal))}${saved > 0 ? sum(order.memberLabel?.[page.locale] ?? page.t('memberPrice'), `−${page.money(saved)}`) : ''}${order.discount > saved ? sum(page.t('discount'), `−${page.money(order.discount - saved)}`) : ''}${order.points ? sum(page.t('pointsUsed', { n: order.points.used.toLocaleString(page.locale) }), `−${page.money(order.points.worth)}`) : ''}${sum(page.t('shipping'), order.shipping ? page.money(order.shipping) : page.t('free'))}${sum(page.t('total'), page.money(order.total), true)}</dl>
${back > 0 ? html`<p class="muted">${page.t('refunded', { amount: page.money(back) })}</p>` : ''}<p class="actions"><a class="button" href="${page.link('/demo')}">${page.t('keepShopping')}</a><a class="button quiet" href="${page.link('/demo/account')}">${page.t('myOrders')}</a></p>
${over === undefined ? '' : html`<p class="muted">${page.t('returnOver', { date: page.day(over) })}</p>`}<div class="return" id="return" data-order="${order.id}" data-over="${String(over !== undefined)}" role="group" aria-labelledby="return-title" hidden><h3 id="return-title">${page.t('returnTitle')}</h3>${order.lines.map((line) => html`<p><label><span>${title(line)}</span><select name="${line.id}"><option value="0">0</option></select></label></p>`)}<div role="status" id="return-said"></div><button class="button quiet" type="button" id="return-confirm" hidden>${page.t('returnConfirm')}</button></div></section>
${page.filled('survey') ? html`<section aria-label="${page.t('surveyTitle')}"><h2>${page.t('surveyTitle')}</h2>${mount('survey', 'l', { order: order.id })}</section>` : ''}</div></div>`;
  return { title: page.t('thanks'), body, script: 'order', texts: ['returnShipping', 'returnGives', 'returnGivesPoints', 'returns_keep', 'returns_prorate', 'returns_deduct'] };
}
