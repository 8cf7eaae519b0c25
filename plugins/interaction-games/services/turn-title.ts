import type { Localised } from 'guanxi/plugin';
import type { Play } from '../entities/play.entity.js';

const BLANK: Localised = { en: 'Played the wheel', 'zh-CN': '参与转盘，未中奖' };
const CONSOLED: Localised = { en: 'Played the wheel, got the consolation prize', 'zh-CN': '参与转盘，获得安慰奖' };
const CONSOLATION_HELD: Localised = { en: 'Played the wheel; the consolation prize is being checked', 'zh-CN': '参与转盘，安慰奖核查中' };
const NOTHING: Localised = { en: 'Played the wheel; the prize could not be given', 'zh-CN': '参与转盘，奖品无法发放' };
const WON: Localised = { en: 'Played the wheel and won', 'zh-CN': '参与转盘并中奖' };
const HELD: Localised = { en: 'Played the wheel and won; the prize is being checked', 'zh-CN': '参与转盘并中奖，奖品核查中' };
const REFUSED: Localised = { en: 'Played the wheel; the prize was refused after a check', 'zh-CN': '参与转盘，奖品核查后未予发放' };

/** A turn in a customer's history, with what became of a prize that was checked first. */
export function turnTitle({ outcome, checked, pointsWon }: Pick<Play, 'outcome' | 'checked' | 'pointsWon'>): Localised {
  if (outcome === 'blank') return BLANK;
  if (checked === 'refused') return REFUSED;
  if (outcome === 'won') return checked === 'held' ? HELD : checked === 'over' ? NOTHING : WON;
  return checked === 'held' ? CONSOLATION_HELD : pointsWon > 0 ? CONSOLED : NOTHING;
}
