import { html } from './html.js';
import type { PageParts } from './layout.js';
import type { PageContext } from './page-context.js';
import { widgetBlock } from './widget-block.js';

export function clubPage(page: PageContext): PageParts {
  const body = html`<div class="wrap section"><div class="lead"><h1>${page.t('clubPage')}</h1><p class="muted">${page.t('clubIntro')}</p></div>
${widgetBlock(page, 'memberCardTitle', 'member-card', 'xl')}${widgetBlock(page, 'checkInTitle', 'check-in', 's')}
<div class="halves">${widgetBlock(page, 'wheelTitle', 'wheel', 'l')}${widgetBlock(page, 'surveyTitle', 'survey', 'l')}</div>
${widgetBlock(page, 'guessTitle', 'guess-price', 's')}
${widgetBlock(page, 'rewardsTitle', 'rewards', 'm')}</div>`;
  return { title: page.t('clubPage'), body, current: 'club' };
}
