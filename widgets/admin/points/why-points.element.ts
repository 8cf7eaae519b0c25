import { css, html, nothing } from 'lit';
import { confirm } from '../../kit/confirm.js';
import { define } from '../../kit/define.js';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '../../kit/format.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { Load } from '../../kit/load.controller.js';
import { toast } from '../../kit/toast.js';
import type { AdminSession } from '../admin-session.js';
import { noteText, reasonText } from '../ledger-columns.js';
import type { Explanation, Goods, LotStory, MergeRow } from './points-types.js';
import { loadPointsTexts, p } from './texts.js';

/**
 * Why a customer has the points they have, lot by lot in plain sentences, and which accounts became this customer.
 * @element gx-why-points
 * @fires gx-split - a merge was undone
 */
class WhyPoints extends KitElement {
  static override properties = { session: { attribute: false }, personId: { type: String } };
  declare session: AdminSession;
  declare personId: string;
  #why = new Load<Explanation>(this, async () => { await loadPointsTexts(); return this.session.api.get<Explanation>(this.#path('points')); });
  #merges = new Load<{ readonly items: readonly MergeRow[] }>(this, () => this.session.api.get(this.#path('merges')));

  static override styles = [kitStyles, css`
    ul { margin: 0; padding: 0; list-style: none; display: grid; gap: 12px; }
    ul ul { gap: 2px; padding-inline-start: 16px; margin-block-start: 2px; }
    .small { overflow-wrap: anywhere; }
  `];

  constructor() { super(); this.personId = ''; }

  /** Settles when everything is there, for whoever waits for the page. */
  get settled(): Promise<unknown> { return Promise.all([this.#why.settled, this.#merges.settled]); }
  /** After points have moved. */
  reload(): Promise<unknown> { return Promise.all([this.#why.reload(), this.#merges.reload()]); }

  #path(what: string): string { return `/customers/${encodeURIComponent(this.personId)}/${what}`; }

  #use(use: LotStory['uses'][number]): unknown {
    const n = formatNumber(Math.abs(use.amount));
    const what = use.note ? noteText(use.note) : reasonText(this.session, use);
    return html`<li class="muted small">${use.goods.length && use.amount < 0 ? use.goods.map((goods) => this.#goods(n, goods)) : p(use.amount < 0 ? 'useTaken' : 'usePutBack', { n, what })}</li>`;
  }
  #goods(n: string, { title, refunded, of }: Goods): string { return p('useGoods', { n, title, refunded: formatNumber(refunded), of: formatNumber(of) }); }

  #lot(lot: LotStory): unknown {
    const [left, got] = [formatNumber(lot.left), formatNumber(lot.got)];
    const facts = [
      lot.pending ? p('lotPending', { date: formatDate(lot.activatesAt) }) : lot.expiresAt === null ? p('lotForever') : p('lotUntil', { date: formatDate(lot.expiresAt - 1) }),
      ...(lot.order?.rule ? [p('lotRule', { n: lot.order.rule })] : []), ...(lot.reopened ? [p('lotReopened')] : []),
    ];
    return html`<li><span>${lot.order ? p('lotOrder', { left, got, title: lot.order.title, number: lot.order.number, paid: formatMoney(lot.order.paid, lot.order.currency) }) : p('lotOther', { left, got, what: lot.note ? `${reasonText(this.session, lot)} – ${noteText(lot.note)}` : reasonText(this.session, lot) })}</span>
      <span class="muted small"> ${facts.join(' · ')}</span>${lot.uses.length ? html`<ul>${lot.uses.map((use) => this.#use(use))}</ul>` : nothing}</li>`;
  }

  #debt({ amount, kind, source, at, goods }: Explanation['debts'][number]): string {
    const told = { n: formatNumber(Math.abs(amount)), date: formatDate(at) };
    if (amount < 0) return p(kind === 'write-off' ? 'debtGivenUp' : 'debtPaid', told);
    return p('debtMade', { ...told, what: goods.length ? goods.map((each) => p('goodsBack', { title: each.title, refunded: formatNumber(each.refunded), of: formatNumber(each.of) })).join(', ') : reasonText(this.session, { kind, source }) });
  }

  async #split(merge: MergeRow): Promise<void> {
    if (!(await confirm({ title: p('splitTitle'), body: p('splitText', { date: formatDate(merge.until) }), action: p('split') }))) return;
    try {
      await this.session.api.post(`/points/merges/${merge.id}/split`, {});
      toast(p('splitDone'), 'success');
      await this.reload();
      this.fire('gx-split');
    } catch (error) { toast(error instanceof Error ? error.message : String(error), 'danger'); }
  }

  #merge(merge: MergeRow): unknown {
    const open = merge.undoneAt === null && merge.until > this.session.now && merge.into === this.personId && ['owner', 'operator'].includes(this.session.bootstrap?.staff.role ?? '');
    return html`<li>${merge.into === this.personId ? p('mergedOn', { date: formatDate(merge.at), n: formatNumber(merge.points) }) : p('mergedInto', { date: formatDate(merge.at) })}
      ${merge.undoneAt === null ? nothing : html`<span class="muted small">${p('mergeUndone', { date: formatDate(merge.undoneAt) })}</span>`}
      ${open ? html`<wa-button size="s" appearance="outlined" @click=${() => this.#split(merge)}>${p('split')}</wa-button>` : nothing}</li>`;
  }

  protected override render(): unknown {
    const { value, error } = this.#why;
    if (error) return html`<gx-error .error=${error} @gx-retry=${() => this.reload()}></gx-error>`;
    if (!value) return html`<gx-skeleton shape="card"></gx-skeleton>`;
    const merges = this.#merges.value?.items ?? [];
    return html`<gx-card heading=${p('why')} subtitle=${p('whyText')}><div class="stack">
      ${value.lots.length + value.holds.length + value.debts.length ? html`<ul>
        ${value.lots.map((lot) => this.#lot(lot))}
        ${value.holds.map((hold) => html`<li>${p('held', { n: formatNumber(hold.amount), date: formatDateTime(hold.until) })}</li>`)}
        ${value.debts.map((debt) => html`<li>${this.#debt(debt)}</li>`)}
      </ul>` : html`<p class="muted">${p('whyNone')}</p>`}
      <p class=${value.replay.agrees ? 'muted small' : 'negative small'}>${p(value.replay.agrees ? 'agrees' : 'disagrees', { n: formatNumber(value.replay.entries) })}</p>
      ${merges.length ? html`<h3>${p('merges')}</h3><ul>${merges.map((merge) => this.#merge(merge))}</ul>` : nothing}
    </div></gx-card>`;
  }
}
define('gx-why-points', WhyPoints);
