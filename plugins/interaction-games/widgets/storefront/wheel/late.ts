/** What no page needs to show a wheel: fetched at the first press. */
export { showOdds } from './odds.js';
export { turn } from './turn.js';
