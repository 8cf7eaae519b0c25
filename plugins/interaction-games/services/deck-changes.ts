import { conflict, sql, type Activity, type ActivityFigure, type Localised, type ShopContext, type Unit } from 'guanxi/plugin';
import type { WheelRules } from '../activities/wheel-rules.js';
import { ALL_BLOCKS, CLEAR_PRIZES, CLOSE_DECK, DECK, DROP_BLOCKS, HOLD_DECK, MAKE_BLOCK, MAKE_PRIZE, MORE_PRIZE, PRIZES, SET_DECK, WHEEL_TOTALS } from './game.statements.js';
import { BLANK, BLOCK, blocksOf, letterOf, shuffled } from './deck.js';

const say = (en: string, zh: string): Localised => ({ en, 'zh-CN': zh });
const countOf = (tickets: readonly string[], letter: string): number => tickets.filter((each) => each === letter).length;

/** Puts the difference into what is not drawn yet and shuffles that anew. Errors: 409 `GX_DECK_DRAWN` when fewer are left than would be taken out, or a prize would become rarer in what is left. */
export function* improveDeck(_ctx: ShopContext, before: Activity<WheelRules>, after: Activity<WheelRules>): Unit<void> {
  const [old, now] = [before.config, after.config], activity = after.id;
  const deck = yield* sql.one(HOLD_DECK, { activity });
  if (!deck) return;
  const tickets = [...(yield* sql.many(ALL_BLOCKS, { activity })).map((row) => row.tickets).join('')];
  const drawn = tickets.slice(0, deck.drawn), left = tickets.slice(deck.drawn);
  const counts = new Map([[BLANK, now.blanks - old.blanks], ...now.prizes.map((prize, index): [string, number] => [letterOf(index), prize.quantity - (old.prizes[index]?.quantity ?? 0)])]);
  const next = [...counts].flatMap(([letter, more]) => {
    const had = countOf(left, letter);
    if (had + more < 0) throw conflict('GX_DECK_DRAWN', `Only ${had} of these tickets are left in the deck, so ${-more} cannot be taken out. Take out at most ${had}.`, { left: had });
    return Array.from({ length: had + more }, () => letter);
  });
  for (const [index, prize] of old.prizes.entries()) {
    const letter = letterOf(index), had = countOf(left, letter), has = countOf(next, letter);
    if (had * next.length > has * left.length) throw conflict('GX_DECK_DRAWN', `In what is left of the deck the chance of “${prize.title.en}” would fall from ${had}/${left.length} to ${has}/${next.length}. Take out more blanks, or add fewer other tickets.`, { prize: index });
  }
  const reserve = (now.guarantee?.quantity ?? 0) - (old.guarantee?.quantity ?? 0);
  yield* sql.run(SET_DECK, { activity, size: drawn.length + next.length, more: reserve });
  if (next.length !== left.length || [...counts.values()].some((more) => more !== 0)) {
    const first = Math.floor(deck.drawn / BLOCK);
    yield* sql.run(DROP_BLOCKS, { activity, first });
    for (const [block, text] of blocksOf([...drawn, ...shuffled(next)].join('')).entries()) if (block >= first) yield* sql.run(MAKE_BLOCK, { activity, block, tickets: text });
  }
  for (const [prize, { quantity }] of now.prizes.entries()) {
    const more = quantity - (old.prizes[prize]?.quantity ?? 0) + (now.guarantee?.prize === prize ? reserve : 0);
    if (prize >= old.prizes.length) yield* sql.run(MAKE_PRIZE, { activity, prize, total: more }); else if (more > 0) yield* sql.run(MORE_PRIZE, { activity, prize, more });
  }
}

/** Closes the deck of a wheel that is over: what was not drawn is no longer promised to anybody. */
export function* settleWheel(_ctx: ShopContext, { id, config }: Activity<WheelRules>): Unit<readonly ActivityFigure[]> {
  const totals = yield* sql.one(WHEEL_TOTALS, { activity: id });
  const deck = yield* sql.one(DECK, { activity: id });
  const prizes = yield* sql.many(PRIZES, { activity: id });
  yield* sql.run(CLEAR_PRIZES, { activity: id });
  yield* sql.run(CLOSE_DECK, { activity: id });
  return [
    { name: 'plays', label: say('Tries', '抽奖次数'), value: totals?.plays ?? 0 }, { name: 'players', label: say('Players', '参与人数'), value: totals?.players ?? 0 }, { name: 'won', label: say('Prizes won', '中奖数'), value: totals?.won ?? 0 },
    { name: 'spent', label: say('Points paid for tries', '抽奖花费积分'), value: totals?.spent ?? 0 }, { name: 'given', label: say('Points given', '发出积分'), value: totals?.given ?? 0 },
    { name: 'tickets', label: say('Tickets not drawn, taken back', '未抽出的签，已收回'), value: deck ? deck.size - deck.drawn + deck.reserve : 0 },
    ...prizes.map(({ prize, remaining }) => ({ name: `prize.${prize}`, label: say(`“${config.prizes[prize]?.title.en ?? ''}” not won, taken back`, `“${config.prizes[prize]?.title['zh-CN'] ?? ''}”未发出，已收回`), value: remaining })),
  ];
}
