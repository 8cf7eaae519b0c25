import { html } from 'lit';
import type { Tone } from '../kit/badge.element.js';
import { formatDate, formatMoney } from '../kit/format.js';
import type { Column } from '../kit/table-columns.js';
import type { OrderRow } from './api-types.js';
import { href } from './routes.js';
import { t } from './texts.js';

/** Where an order stands, in one word. */
export function orderState(order: OrderRow): { readonly tone: Tone; readonly text: string } {
  if (order.cancelledAt || order.status === 'cancelled') return { tone: 'neutral', text: t('order.cancelled') };
  if (order.refundedTotal > 0) return order.refundedTotal >= order.total ? { tone: 'neutral', text: t('order.refunded') } : { tone: 'warning', text: t('order.partlyRefunded') };
  if (order.deliveredAt || order.status === 'delivered') return { tone: 'success', text: t('order.delivered') };
  return order.paidAt === null || (order.status !== undefined && order.status !== 'paid') ? { tone: 'warning', text: t('order.unpaid') } : { tone: 'info', text: t('order.paid') };
}
/** Columns of a list of orders; `person` adds the buyer. */
export const orderColumns = (person: boolean): Column<OrderRow>[] => [
  { key: 'number', label: t('order.number'), primary: true, cell: (row) => row.number },
  ...(person ? [{ key: 'person', label: t('order.customer'), cell: (row: OrderRow) => (row.personId ? html`<a href=${href(`/customers/${row.personId}`)}>${row.personName || t('customers.noName')}</a>` : html`<span class="muted">${t('customers.guest')}</span>`) }] : []),
  { key: 'state', label: t('order.state'), cell: (row) => { const state = orderState(row); return html`<gx-badge tone=${state.tone}>${state.text}</gx-badge>`; } },
  { key: 'total', label: t('order.total'), align: 'end', cell: (row) => formatMoney(row.total, row.currency) },
  { key: 'refunded', label: t('order.refundedAmount'), align: 'end', wideOnly: true, cell: (row) => (row.refundedTotal ? formatMoney(row.refundedTotal, row.currency) : html`<span class="muted">–</span>`) },
  { key: 'placedAt', label: t('order.placed'), align: 'end', cell: (row) => html`<span class="nowrap">${formatDate(row.placedAt)}</span>` },
];
