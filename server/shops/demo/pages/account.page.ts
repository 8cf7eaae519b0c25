import { html } from './html.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import type { TextKey } from './texts.js';
import { POINTS_TEXTS } from './points-texts.js';
import { widgetBlock } from './widget-block.js';

const WHY = ['whyOrder', 'whyOther', 'whyGoods', 'whyTaken', 'whyBack', 'whyPending', 'whyHeld', 'whyMore', 'whyUntold', 'whyDebt', 'owed', 'settleDebt', 'whyNone', 'why_activity', 'why_spend', 'why_reversal', 'why_debt', 'why_hold', 'why_core.adjustment', 'why_core.merge', 'why_interaction-games.check-in',
  'why_interaction-games.wheel', 'why_interaction-games.guess-price', 'why_coupon-exchange.redemption', 'why_questionnaires.survey', 'why_reviews-monitor.review'] as const satisfies readonly TextKey[];

/** Who is signed in is known to the browser alone, so both halves are here and the script shows one. */
export function accountPage(page: PageContext): PageParts {
  const body = html`<div class="wrap section settle" id="account" aria-busy="true">
<div id="out" hidden><h1>${page.t('accountTitle')}</h1><div class="halves"><section class="panel"><h2>${page.t('pickMember')}</h2><p class="muted">${page.t('pickHint')}</p><ul class="members" id="members"></ul></section>
<section class="panel"><h2>${page.t('orEmail')}</h2><form class="stack" id="enter"><p class="field"><label for="email">${page.t('email')}</label><input id="email" name="email" type="email" required maxlength="200" autocomplete="email" aria-describedby="email-hint"><span class="muted small" id="email-hint">${page.t('emailHint')}</span></p><p class="field"><label for="name">${page.t('name')}</label><input id="name" name="name" maxlength="80" autocomplete="name"></p><button class="button" type="submit">${page.t('openAccount')}</button></form><p class="muted small">${page.t('deviceNote')}</p></section></div><p class="status danger" role="alert" id="said"></p></div>
<div id="in" hidden><div class="heading"><h1 id="hello"></h1><button class="button quiet" type="button" id="leave">${page.t('signOut')}</button></div>
<div class="tiles"><section class="panel accent" aria-labelledby="points-title"><h2 id="points-title">${page.t('points')}</h2><p class="amount"><strong id="available">–</strong> <span>${page.t('available')}</span></p><p class="small" id="worth"></p><p><span id="pending">–</span> ${page.t('pending')}</p><p class="small" id="expiring"></p></section>
<section class="panel"><h2>${page.t('codes')}</h2><ul class="codes" id="codes"></ul></section></div>
<section class="block" id="held-part" aria-labelledby="held-title" hidden><h2 id="held-title">${page.t('heldTitle')}</h2><p class="muted">${page.t('heldText')}</p><ul class="why" id="held"></ul></section>
${widgetBlock(page, 'memberCardTitle', 'member-card', 'xl')}
${widgetBlock(page, 'creditTitle', 'store-credit', 's')}
<section class="block"><h2>${page.t('orders')}</h2><ul class="orders" id="orders"></ul></section>
<section class="block" aria-labelledby="why-title"><h2 id="why-title">${page.t('whyTitle')}</h2><ul class="why" id="why"></ul></section>
<section class="block" aria-labelledby="calendar-title"><h2 id="calendar-title">${page.t('calendarTitle')}</h2><ul class="codes" id="calendar"></ul></section>
<section class="block" aria-labelledby="statement-title"><h2 id="statement-title">${page.t('statementTitle')}</h2><ul class="why" id="statement"></ul><button class="button quiet" type="button" id="earlier" hidden>${page.t('statementMore')}</button></section>
${widgetBlock(page, 'checkInTitle', 'check-in', 's')}${widgetBlock(page, 'rewardsTitle', 'rewards', 'm')}</div></div>`;
  return { title: page.t('accountTitle'), body, script: 'account', current: 'account', texts: ['hello', 'friend', 'noOrders', 'noCodes', 'validUntil', 'used', 'inCheckout', 'copy', 'copied', 'ordersOf', 'pointsWorth', 'expiring', 'delivered', 'underway', 'refunded', 'pointsOf', 'calendarNone', 'heldReward', 'checkedUntil', 'heldReview', 'heldRefused', 'appeal', 'appealLabel', 'appealSend', 'appealed', ...WHY, ...POINTS_TEXTS] };
}
