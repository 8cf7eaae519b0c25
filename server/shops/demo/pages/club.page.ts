import { html } from './html.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import { mount } from './product-card.js';

export function clubPage(page: PageContext): PageParts {
  const body = html`<div class="wrap section"><div class="lead"><h1>${page.t('clubPage')}</h1><p class="muted">${page.t('clubIntro')}</p></div>
<section class="block"><h2>${page.t('memberCardTitle')}</h2>${mount('member-card', 'xl')}</section><section class="block"><h2>${page.t('checkInTitle')}</h2>${mount('check-in', 's')}</section>
<div class="halves"><section class="block"><h2>${page.t('wheelTitle')}</h2>${mount('wheel', 'l')}</section><section class="block"><h2>${page.t('surveyTitle')}</h2>${mount('survey', 'l')}</section></div>
<section class="block"><h2>${page.t('guessTitle')}</h2>${mount('guess-price', 's')}</section>
<section class="block"><h2>${page.t('rewardsTitle')}</h2>${mount('rewards', 'm')}</section></div>`;
  return { title: page.t('clubPage'), body, current: 'club' };
}
