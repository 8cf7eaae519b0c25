import { sql, type Activity, type ActivityFigure, type ActivityType, type ShopContext, type Unit } from 'guanxi/plugin';
import { improveDeck, settleWheel } from '../services/deck-changes.js';
import { CHECK_IN_TOTALS } from '../services/game.statements.js';
import type { RoundDrafts } from '../services/round-drafts.service.js';
import type { RoundSettling } from '../services/round-settling.service.js';
import type { Wheel } from '../services/wheel.service.js';
import { checkInRules, type CheckInRules } from './check-in-rules.js';
import { checkInEconomy, wheelEconomy } from './game-economy.js';
import { guessRules, type GuessRules } from './guess-rules.js';
import { guessChanges, guessEconomy, guessFields, guessSheet } from './guess-sheet.js';
import { checkInChanges, checkInFields, checkInSheet, wheelSheet } from './game-sheets.js';
import { wheelChanges, wheelFields } from './wheel-changes.js';
import { wheelRules, type WheelRules } from './wheel-rules.js';

function* settleCheckIn(_ctx: ShopContext, { id }: Activity<CheckInRules>): Unit<readonly ActivityFigure[]> {
  const totals = yield* sql.one(CHECK_IN_TOTALS, { activity: id });
  return [
    { name: 'plays', label: { en: 'Check-ins', 'zh-CN': '签到次数' }, value: totals?.plays ?? 0 }, { name: 'players', label: { en: 'Shoppers', 'zh-CN': '参与人数' }, value: totals?.players ?? 0 },
    { name: 'given', label: { en: 'Points given', 'zh-CN': '发出积分' }, value: totals?.given ?? 0 },
  ];
}

export const checkInType: ActivityType<CheckInRules> = { config: checkInRules, economy: checkInEconomy, sheet: checkInSheet, favours: checkInChanges, adjustable: checkInFields, settle: settleCheckIn };

export const wheelType = (wheel: Wheel): ActivityType<WheelRules> => ({
  config: wheelRules, economy: wheelEconomy, sheet: wheelSheet, favours: wheelChanges, adjustable: wheelFields,
  publish: (ctx, activity) => wheel.publish(ctx, activity), revise: improveDeck, settle: settleWheel,
});

export const guessType = (drafts: RoundDrafts, settling: RoundSettling): ActivityType<GuessRules> => ({
  config: guessRules, economy: guessEconomy, sheet: guessSheet, favours: guessChanges, adjustable: guessFields,
  publish: (ctx, activity) => drafts.publish(ctx, activity), settle: (ctx, activity) => settling.settle(ctx, activity),
});
