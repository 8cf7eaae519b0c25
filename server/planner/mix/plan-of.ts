import type { Offer } from '../../plugin-api/index.js';
import type { Assumptions } from '../simulation/assumptions.js';
import { contents } from '../simulation/decks.js';
import type { Plan, PlannedDeck, PlannedDraw, PlannedEarning, PlannedOffer, PlannedTicket, Replay } from '../simulation/plan.js';
import { mostPoints } from '../simulation/worst-case.js';
import { running, type Mix, type MixActivity } from './mix.js';

/** What a reward costs the shop when it is used, in minor units. */
export const valueOf = (offer: Offer, { orderValue, shippingCost }: Assumptions): number =>
  offer.basisPoints !== undefined ? Math.round((Math.max(orderValue, offer.minimum) * offer.basisPoints) / 10_000) : offer.kind === 'shipping' ? offer.faceValue || shippingCost : offer.faceValue;

const useRateOf = (offer: Offer, assumptions: Assumptions): number =>
  offer.useRate ?? (offer.kind !== 'coupon' ? assumptions.usesOther : offer.minimum > 0 ? assumptions.usesThreshold : assumptions.usesSmall);

export const plannedOffer = (offer: Offer, assumptions: Assumptions): PlannedOffer =>
  ({ ref: offer.ref, cost: offer.cost, value: valueOf(offer, assumptions), useRate: useRateOf(offer, assumptions), stock: offer.remaining, ...(offer.perPerson === undefined ? {} : { perPerson: offer.perPerson }) });

interface Parts { readonly earnings: readonly PlannedEarning[]; readonly draws: readonly PlannedDraw[]; readonly decks: readonly PlannedDeck[] }

/** One activity as the engine takes it; prizes that are rewards of the exchange are worth what those are. */
function partsOf({ id, economy }: MixActivity, offers: ReadonlyMap<string, PlannedOffer>): Parts {
  if (!economy) return { earnings: [], draws: [], decks: [] };
  const { earns, draw } = economy;
  const tickets = (draw?.prizes ?? []).map(({ kind, amount, quantity, ref }): PlannedTicket => {
    const offer = kind === 'points' ? undefined : offers.get(ref ?? '');
    return { tickets: quantity, points: kind === 'points' ? amount : 0, value: offer ? offer.value * offer.useRate * amount : 0, most: offer ? offer.value * amount : 0 };
  });
  const deck = draw ? { deck: id } : {};
  return {
    earnings: earns ? [{ ref: id, often: earns.often, expected: earns.expected, worst: earns.worst, timesPerDay: earns.timesPerDay ?? 1, ...(earns.cycle ? { cycle: earns.cycle } : {}), ...deck }] : [],
    draws: economy.spends ? [{ ref: id, cost: economy.spends, perDay: economy.spendsPerDay ?? 1, pointsBack: 0, value: 0, ...deck }] : [],
    decks: draw ? [{ ref: id, tickets: [...tickets, { tickets: draw.blanks, points: 0, value: 0, most: 0 }], ...(draw.guaranteed > 0 ? { newcomers: { points: economy.firstSession, tickets: draw.guaranteed } } : {}) }] : [],
  };
}

/** Points that an activity can give at most to the mix's members in its days. */
export function worstPointsOf(mix: Mix, activity: MixActivity): number {
  const { earnings, decks } = partsOf(activity, new Map());
  return mostPoints(earnings.filter(({ deck }) => deck === undefined), mix.days) * mix.members + decks.reduce((sum, each) => sum + contents(each).points, 0);
}

/** The mix as a plan to simulate. */
export function planOf(mix: Mix, population: { readonly members: number; readonly days: number; readonly seed: number; readonly replay?: Replay }, assumptions: Assumptions): Plan {
  const offers = mix.offers.map((offer) => plannedOffer(offer, assumptions));
  const byRef = new Map(offers.map((offer) => [offer.ref, offer]));
  const parts = running(mix).map((activity) => partsOf(activity, byRef));
  return {
    members: population.members, days: population.days, seed: population.seed, assumptions, offers,
    earnings: parts.flatMap(({ earnings }) => earnings), draws: parts.flatMap(({ draws }) => draws), decks: parts.flatMap(({ decks }) => decks),
    ...(population.replay ? { replay: population.replay } : {}),
  };
}
