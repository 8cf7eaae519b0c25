import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber, localised } from 'guanxi/kit';
import { isWheel, type Game, type Panel } from './game.js';
import { tilesPreview, wheelPreview } from './preview.js';

/** The rules that stand since the game was published, with its picture. */
export function rulesCard(panel: Panel, game: Game): TemplateResult {
  const t = panel.t.bind(panel);
  if (!isWheel(game)) return html`<gx-card heading=${t('admin.rules')} subtitle=${t('admin.rulesText')}>${tilesPreview(panel, 'cycle' in game.config ? game.config.cycle : [])}</gx-card>`;
  const { config } = game;
  const { guarantee } = config;
  return html`<gx-card heading=${t('admin.rules')} subtitle=${t('admin.rulesText')}><div class="stack small-wheel">${wheelPreview(panel, config.prizes.map(({ title }) => localised(title)), config.blanks)}
    <dl class="definition small">
      <dt>${t('admin.rule.freePerDay')}</dt><dd>${formatNumber(config.freePerDay)}</dd>
      ${config.costPerTry ? html`<dt>${t('admin.rule.costPerTry')}</dt><dd>${formatNumber(config.costPerTry)}</dd><dt>${t('admin.rule.paidPerDay')}</dt><dd>${formatNumber(config.paidPerDay)}</dd>` : nothing}
      <dt>${t('admin.rule.blanks')}</dt><dd>${formatNumber(config.blanks)}</dd>
      ${guarantee ? html`<dt>${t('admin.guaranteeShort')}</dt><dd>${localised(config.prizes[guarantee.prize]?.title)}, ${t(`admin.try.${guarantee.byTry}`)}</dd>` : nothing}
      ${config.fallbackPoints ? html`<dt>${t('admin.rule.fallbackPoints')}</dt><dd>${formatNumber(config.fallbackPoints)}</dd>` : nothing}
    </dl></div></gx-card>`;
}
