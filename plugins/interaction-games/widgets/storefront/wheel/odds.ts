import { css, html, nothing, render, type TemplateResult } from 'lit';
import { wear } from './wear.js';
import type { OwnTurn, WheelGame, WheelHost } from './wheel-game.js';

const styles = css`
  dialog { inline-size: min(520px, calc(100vw - 32px)); max-block-size: 86dvh; padding: 20px; border: 0; border-radius: var(--_radius); background: var(--_surface); color: var(--_text); text-align: start; box-shadow: 0 8px 24px rgb(0 0 0 / .2); overflow: auto; overscroll-behavior: contain; }
  dialog::backdrop { background: rgb(0 0 0 / .45); }
  dialog h2:focus { outline: none; }
  dialog .button { inline-size: 100%; }
  .scroll { overflow-x: auto; margin-block: 8px 16px; }
  table { inline-size: 100%; border-collapse: collapse; font-size: .9375em; }
  th, td { padding: 10px 8px; border-block-end: 1px solid var(--_border); text-align: end; font-variant-numeric: tabular-nums; }
  th:first-child { padding-inline-start: 0; text-align: start; } td:last-child, th:last-child { padding-inline-end: 0; }
  thead th { color: var(--_muted); font-weight: 400; font-size: .875em; } tbody th { font-weight: 600; }
  tbody tr:last-child > * { border: 0; }
  a { display: inline-block; padding-block: 10px; color: inherit; }
  ul { margin: 0 0 16px; padding-inline-start: 1.2em; }
  h3 { margin: 0 0 4px; font-size: 1em; }
  li + li { margin-block-start: 4px; }
`;

/** Small chances keep enough digits to be told from none. */
const share = (host: WheelHost, part: number): string => {
  const { locale, format } = host.context;
  return part === 0 || part >= 0.01 ? format.percent(part) : part.toLocaleString(locale, { style: 'percent', maximumSignificantDigits: 2 });
};

function rules(host: WheelHost, game: WheelGame): string[] {
  const { format, locale } = host.context, { guarantee, freePerDay: free, paidPerDay: paid, costPerTry: cost, fallbackPoints } = game;
  return [
    ...(free ? [host.t('wheel.ruleFree', { n: free })] : []), ...(paid ? [host.t('wheel.rulePaid', { n: paid, cost })] : []),
    host.t('wheel.ruleDeck', { n: game.tickets, left: game.ticketsLeft }),
    ...(guarantee ? [host.t(guarantee.byTry === 1 ? 'wheel.ruleFirst' : 'wheel.ruleNew', { n: guarantee.byTry, prize: game.prizes[guarantee.prize]?.title[locale] ?? '', quantity: guarantee.quantity })] : []),
    ...(fallbackPoints ? [host.t('wheel.ruleInstead', { points: format.points(fallbackPoints) })] : []),
    ...(game.endsAt === null ? [] : [host.t('wheel.ruleEnds', { date: format.dateTime(game.endsAt) })]),
  ];
}

function table(host: WheelHost, game: WheelGame): TemplateResult {
  const { format, locale } = host.context;
  const row = (name: string, quantity: number, aside: number, left: string): TemplateResult =>
    html`<tr><th scope="row">${name}</th><td>${share(host, game.tickets ? quantity / game.tickets : 0)}</td><td>${format.number(quantity + aside)}</td><td>${left}</td></tr>`;
  // What is set aside for newcomers counts among the prizes, and not in the odds of a ticket.
  const aside = (at: number): number => (game.guarantee?.prize === at ? game.guarantee.quantity : 0);
  return html`<table><thead><tr>${['wheel.prize', 'wheel.chance', 'wheel.quantity', 'wheel.left'].map((key) => html`<th scope="col">${host.t(key)}</th>`)}</tr></thead>
    <tbody>${game.prizes.map((prize, at) => row(prize.title[locale], prize.quantity, aside(at), format.number(prize.remaining)))}${game.blanks ? row(host.t('wheel.nothing'), game.blanks, 0, '–') : nothing}</tbody></table>`;
}

function turn(host: WheelHost, game: WheelGame, { at, outcome, prize, pointsWon, checked }: OwnTurn): string {
  const { format, locale } = host.context, title = prize === null ? '' : game.prizes[prize]?.title[locale] ?? '';
  const what = outcome === 'blank' ? host.t('wheel.nothing') : outcome === 'won' ? title : pointsWon ? host.t('wheel.pointsFor', { prize: title, points: format.points(pointsWon) }) : host.t('wheel.notGiven', { prize: title });
  return `${format.dateTime(at)} · ${what}${checked === 'held' || checked === 'refused' || (checked === 'over' && outcome === 'won') ? ` · ${host.t(`wheel.${checked}`)}` : ''}`;
}

/** What the shopper drew before, below the rules; nothing when it cannot be had. */
async function showTurns(host: WheelHost, game: WheelGame, into: HTMLElement): Promise<void> {
  const { items } = await host.context.api.get<{ items: readonly OwnTurn[] }>(`activities/${game.id}/plays`).catch(() => ({ items: [] }));
  if (items.length > 0) render(html`<h3>${host.t('wheel.mine')}</h3><ul>${items.map((each) => html`<li>${turn(host, game, each)}</li>`)}</ul>`, into);
}

/** Odds, quantities and rules, from the record that draws. Esc closes; the focus returns to what opened it. */
export function showOdds(host: WheelHost): void {
  const { game } = host;
  if (!game) return;
  wear(host, styles);
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'odds');
  render(html`<h2 id="odds" tabindex="-1" autofocus>${host.t('wheel.odds')}</h2><div class="scroll">${table(host, game)}</div>
    <ul>${rules(host, game).map((rule) => html`<li>${rule}</li>`)}</ul>
    <section></section>
    ${host.context.rules ? html`<p><a href=${host.context.rules(game.id)} target="_blank" rel="noopener">${host.t('rules')}</a></p>` : nothing}
    <button class="button" @click=${() => dialog.close()}>${host.t('close')}</button>`, dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  host.renderRoot.append(dialog);
  dialog.showModal();
  const own = dialog.querySelector('section');
  // A visitor has no account, and so no turns.
  if (own && game.points !== null) void showTurns(host, game, own);
}
