import { html, nothing } from 'lit';
import { formatNumber } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import type { LocalisedText } from '../../kit/setting-fields.js';
import type { Change, Sheet } from './activity-shapes.js';
import { a, aWord } from './texts.js';

const TONES = { better: 'success', worse: 'danger', unclear: 'warning' } as const;

/** What changes, what it was, what it is, and for whom that is better. */
export const changesView = (changes: readonly Change[]): unknown => html`<ul class="changes">${changes.map(({ label, before, after, direction }) => html`<li><gx-badge tone=${TONES[direction]}>${aWord('direction', direction)}</gx-badge>
  <span><strong>${localised(label)}</strong><br><span class="muted">${localised(before)} → </span>${localised(after)}</span></li>`)}</ul>`;

/** The same, small, for a cell of a table. */
export const changesCell = (changes: readonly Change[]): unknown => html`<span class="stacked">${changes.map(({ label, before, after }) => html`<span><strong>${localised(label)}</strong> <span class="muted">${localised(before)} →</span> ${localised(after)}</span>`)}</span>`;

/** A public sheet as shoppers read it. */
export function sheetView({ sheet, hash }: Sheet): unknown {
  const line = (label: string, text: LocalisedText): unknown => html`<dt>${label}</dt><dd>${localised(text)}</dd>`;
  const { organiser } = sheet;
  return html`<div class="stack">
    ${sheet.prizes.length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${a('prize')}><table><thead><tr><th scope="col">${a('prize')}</th><th scope="col" class="num">${a('number')}</th><th scope="col" class="num">${a('chance')}</th></tr></thead>
      <tbody>${sheet.prizes.map(({ title, quantity, of }) => html`<tr><td>${localised(title)}</td><td class="num">${formatNumber(quantity)}</td><td class="num nowrap">${formatNumber(100 * quantity / of, 3)} %</td></tr>`)}</tbody></table></div>` : nothing}
    <dl>${sheet.rules.map(({ label, text }) => line(localised(label), text))}${line(a('cost'), sheet.cost)}${line(a('limits'), sheet.limits)}${line(a('delivery'), sheet.delivery)}${line(a('data'), sheet.data)}
      <dt>${a('organiser')}</dt><dd>${organiser.legalName}${organiser.contact ? html`<br><span class="muted">${a('contact')}: ${organiser.contact}</span>` : nothing}${organiser.complaints ? html`<br><span class="muted">${a('complaints')}: ${organiser.complaints}</span>` : nothing}</dd>
      <dt>${a('hash')}</dt><dd><code>${hash}</code><br><span class="muted small">${a('hashText')}</span></dd></dl></div>`;
}
