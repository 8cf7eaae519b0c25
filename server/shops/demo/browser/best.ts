import { el } from './dom.js';
import { money, text } from './page-texts.js';
import type { Quote } from './sums.js';

type Why = Quote['why'][number];
/** Losers that are told at once; the rest opens. */
const SHOWN = 3;

/** What the coupon is good for; its letters beside that only where two would read alike. */
function codeName({ codes }: Quote, id: string): string {
  const label = codes.find(({ code }) => code === id)?.label;
  return label === undefined ? id : codes.filter((each) => each.label === label).length > 1 ? `${label} (${id})` : label;
}
const name = (quote: Quote, id: string): string => {
  const kind = quote.why.find((each) => each.id === id)?.kind;
  return kind === 'member' ? quote.member?.label ?? text('memberPrice') : kind === 'points' ? text('points') : codeName(quote, id);
};
/** Within a sentence. */
const quoted = (quote: Quote, id: string): string => text('quoted', { it: name(quote, id) });
const names = (quote: Quote, ids: readonly string[]): string => ids.map((id) => quoted(quote, id)).join(text('andJoin'));

/** Why something was not used, in a sentence: the reason, what is best instead, and what it would cost. */
export function lostText(quote: Quote, lost: Why): string {
  const used = quote.why.filter((each) => each.used).map(({ id }) => id);
  return [
    text(`lost_${lost.reason ?? 'no-effect'}`, { it: quoted(quote, lost.id), with: names(quote, lost.with) }),
    ...(lost.difference > 0 ? [text('lostBest', { best: names(quote, used), amount: money(lost.difference) })] : []),
  ].join(text('gap'));
}

/** The panel that explains the price; hidden where there is nothing to explain. */
export function showBest(place: HTMLElement, quote: Quote): void {
  place.hidden = quote.why.length === 0;
  const used = quote.why.filter((each) => each.used), lost = quote.why.filter((each) => !each.used).map((each) => el('li', { class: 'lost' }, lostText(quote, each)));
  place.replaceChildren(
    el('h3', {}, text('bestTitle')),
    el('ul', {}, ...used.map((each) => el('li', { class: 'used' }, el('span', {}, name(quote, each.id)), el('strong', {}, `−${money(each.amount)}`))), ...lost.slice(0, SHOWN)),
    lost.length > SHOWN ? el('details', {}, el('summary', {}, text('moreLost', { n: lost.length - SHOWN })), el('ul', {}, ...lost.slice(SHOWN))) : '',
  );
}
