import { html, nothing } from 'lit';
import type { Round, RoundHost } from './round.js';

/** After the close: the price, what somebody won, and the proof that the price was set before. */
export function reveal(host: RoundHost, { product, currency, commitment, result, prize, mine }: Round): unknown {
  if (!result) return nothing;
  const { won, price, realPrice, winners, nonce } = result, { format, locale } = host.context;
  const told = won
    ? html`<strong class="won">${host.t('guess.won', { prize: prize[locale] })}</strong>
      ${won.code ? html`<p class="ticket"><span>${host.t('wheel.code')}</span> <code>${won.code}</code>${won.expiresAt === null ? nothing : html`<small>${host.t('guess.until', { date: format.dateTime(won.expiresAt) })}</small>`}</p>` : nothing}
      ${won.notice ?? (won.state === 'given' || won.state === 'held' ? nothing : host.t(`guess.${won.state}`))}`
    : mine?.guesses.length ? host.t('guess.lost') : '';
  return html`<p class="big">${host.t('guess.was', { price: host.money(price) })}</p>
    ${realPrice === null ? nothing : html`<p>${host.t('guess.real', { price: host.money(realPrice) })}</p>`}
    <div class="status" role="status">${told}</div>
    <p class="muted">${host.t('guess.winners', { n: winners })}</p>
    <details><summary>${host.t('guess.proof')}</summary><p class="muted">${host.t('guess.proofText')}</p><code>guanxi-guess/1:${product.sku}:${price}:${currency}:${nonce}</code><p class="muted">SHA-256</p><code>${commitment}</code></details>`;
}
