import { html, nothing } from 'lit';
import { ApiProblem } from 'guanxi/widgets';
import { celebrate } from './confetti.js';
import { ticket } from './ticket.js';
import type { Turn, WheelGame, WheelHost } from './wheel-game.js';

/** Full rounds before the disc stops, and how long that takes. */
const ROUNDS = 5, DURATION_MS = 4000;
const busy = new WeakSet<WheelHost>();

/** The stock after a turn; the server's next answer says the same. */
const after = (game: WheelGame, { triesLeft, prize, outcome, cost, pointsWon }: Turn): WheelGame => ({
  ...game, triesLeft, ticketsLeft: Math.max(0, game.ticketsLeft - 1), points: (game.points ?? 0) - cost + pointsWon,
  prizes: game.prizes.map((each, at) => (at === prize && outcome === 'won' ? { ...each, remaining: Math.max(0, each.remaining - 1) } : each)),
});

/** Where the disc must stand so that the middle of a slice with this prize is under the pointer. Always the middle: nothing is almost won. */
export function restingAngle(game: Pick<WheelGame, 'prizes' | 'blanks'>, prize: number | null, from: number): number {
  const once = game.prizes.length + (game.blanks ? 1 : 0);
  const slices = once > 3 ? once : once * Math.ceil(4 / once);
  const slice = prize ?? game.prizes.length;
  const rest = 360 - slice * 360 / slices;
  return from - from % 360 + ROUNDS * 360 + rest;
}

/** Turns the disc; resolves when it stands, at once for those who want less motion. */
async function spin(host: WheelHost, to: number): Promise<void> {
  const disc = host.renderRoot.querySelector('.disc');
  if (disc && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    host.motion = disc.animate([{ transform: `rotate(${host.angle}deg)` }, { transform: `rotate(${to}deg)` }], { duration: DURATION_MS, easing: 'cubic-bezier(.12,.75,.12,1)' });
    // A disc that leaves the page meanwhile rejects; its result is shown all the same.
    await host.motion.finished.catch(() => undefined);
  }
  host.angle = to % 360;
  host.motion = undefined;
}

function told(host: WheelHost, game: WheelGame, { outcome, prize, pointsWon, given, at }: Turn): unknown {
  const title = prize === null ? '' : game.prizes[prize]?.title[host.context.locale] ?? '';
  if (outcome === 'blank') return host.t('wheel.lost');
  const time = new Date(at).toLocaleTimeString(host.context.locale);
  const notice = given.notice ? html`<br>${given.notice}` : nothing;
  if (outcome === 'fallback') return pointsWon ? html`${host.t('wheel.instead', { prize: title, time, points: host.context.format.points(pointsWon) })}${notice}` : host.t('wheel.ranOut', { prize: title, time });
  return html`<strong class="won">${host.t('wheel.won', { prize: title })}</strong>${notice}${given.code ? ticket(host, given.code) : nothing}`;
}

/** One press of the button: the server draws, then the picture follows. What is pressed twice acts once. */
export async function turn(host: WheelHost): Promise<void> {
  const { game } = host;
  if (!game || busy.has(host)) return;
  busy.add(host);
  host.say = host.t('wheel.drawing');
  try {
    const result = await host.context.api.post<Turn>(`activities/${game.id}/plays`);
    host.say = host.t('wheel.turning');
    await spin(host, restingAngle(game, result.prize, host.angle));
    host.played = true;
    host.game = after(game, result);
    host.say = told(host, game, result);
    host.context.emit('played', { activityId: game.id, outcome: result.outcome });
    if (result.outcome === 'won') celebrate(host.renderRoot.querySelector('svg'));
  } catch (error) {
    const code = error instanceof ApiProblem ? error.code : '';
    // The wheel has ended or has changed meanwhile: what is shown is fetched anew before the sentence is said.
    if (/NOT_FOUND|NO_TRIES|SOLD_OUT|TOO_FEW/.test(code)) await host.load();
    host.gate = code.startsWith('GX_SIGN_IN');
    host.say = html`<span class=${host.game ? 'danger' : nothing}>${host.explain(error)}</span>`;
  } finally {
    busy.delete(host);
  }
}
