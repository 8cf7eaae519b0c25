import { css, html, nothing, type TemplateResult } from 'lit';
import { formatBusinessDate, formatNumber } from '../../kit/format.js';
import { localised } from '../../kit/locale.js';
import { href } from '../routes.js';
import { t, tWord, type TextKey } from '../texts.js';
import type { MarketPreview, PreviewChange } from './market-types.js';
import { capabilityWord, dataWords, kb, listed, rowsOf, titleOf, usesLines } from './module-words.js';

const fresh = (added: boolean): unknown => (added ? html` <gx-badge tone="warning">${t('install.newThing')}</gx-badge>` : nothing);

interface Right { readonly name: string; readonly reason: MarketPreview['title']; readonly optional: boolean; readonly added: boolean }
/** Capabilities and outside hosts as one list; a host is granted by its capability's name. */
export const rightsOf = (preview: MarketPreview): readonly Right[] =>
  [...preview.capabilities, ...preview.hosts.map(({ host, ...rest }) => ({ name: `net:${host}`, ...rest }))];

function change({ from, to, capabilities, hosts, storefrontBytes, jobsPerDay, settings, changes }: PreviewChange): TemplateResult {
  const gone = [...capabilities.removed.filter((name) => !name.startsWith('net:')).map(capabilityWord), ...hosts.removed];
  return html`<section><h3>${t('install.changes')} <span class="muted num">${from} → ${to}</span></h3>
    ${changes.length ? html`<ul class="plain notes">${changes.map(({ version, date, notes }) => html`<li><span class="strong num">${version}</span> <span class="muted small">${formatBusinessDate(date)}</span><br>${localised(notes)}</li>`)}</ul>` : nothing}
    <ul class="plain muted small">
      ${gone.length ? html`<li>${t('install.gone', { list: listed(gone) })}</li>` : nothing}
      ${storefrontBytes.from === storefrontBytes.to ? nothing : html`<li>${t('install.sizeChange', { from: kb(storefrontBytes.from), to: kb(storefrontBytes.to) })}</li>`}
      ${jobsPerDay.from === jobsPerDay.to ? nothing : html`<li>${t('install.jobsChange', { from: formatNumber(jobsPerDay.from, 2), to: formatNumber(jobsPerDay.to, 2) })}</li>`}
      ${settings.dropped.length ? html`<li>${t('install.settingsDropped', { list: listed(settings.dropped) })}</li>` : nothing}
      ${settings.error ? html`<li class="negative">${t('install.settingsError', { text: settings.error })}</li>` : nothing}
    </ul></section>`;
}

const reason = (right: Right): TemplateResult => html`<span class="muted">${localised(right.reason)}</span>`;

function rights(preview: MarketPreview, granted: ReadonlySet<string>, toggle: (name: string, granted: boolean) => void): TemplateResult {
  const all = rightsOf(preview);
  const list = (heading: TextKey, of: readonly Right[], row: (right: Right) => TemplateResult): unknown => (of.length ? html`<section><h3>${t(heading)}</h3><ul class="plain">${of.map(row)}</ul></section>` : nothing);
  const must = (right: Right): TemplateResult => html`<li class="right"><gx-icon name=${right.name.startsWith('net:') ? 'globe' : 'check'}></gx-icon><span><span class="strong">${capabilityWord(right.name)}</span>${fresh(right.added)}<br>${reason(right)}</span></li>`;
  const may = (right: Right): TemplateResult => html`<li><wa-switch ?checked=${granted.has(right.name)} @change=${(event: Event) => toggle(right.name, (event.target as HTMLInputElement).checked)}><span class="strong">${capabilityWord(right.name)}</span>${fresh(right.added)}</wa-switch><div class="under">${reason(right)}</div></li>`;
  const required = all.filter(({ optional }) => !optional);
  return html`${all.length ? nothing : html`<section><h3>${t('install.rights')}</h3><p class="muted">${t('install.noRights')}</p></section>`}
    ${list('install.rights', required.filter(({ name }) => !name.startsWith('net:')), must)}
    ${list('install.hosts', required.filter(({ name }) => name.startsWith('net:')), must)}
    ${list('install.choose', all.filter(({ optional }) => optional), may)}`;
}

function keeps({ personalData, tables }: MarketPreview): TemplateResult {
  const rows = rowsOf(tables);
  return html`<section><h3>${t('install.keeps')}</h3><ul class="plain">
    ${personalData.length ? personalData.map((data) => html`<li>${t('install.personal', { fields: dataWords(data.fields, data.titles), erase: tWord('module.onErase', data.onErase) })}${fresh(data.added.length > 0)}</li>`) : html`<li class="muted">${t('install.noPersonal')}</li>`}
    ${tables.length ? html`<li class="muted">${t('install.tables', { n: tables.length })}</li>` : nothing}${rows ? html`<li class="muted">${t('install.keptRows', { n: rows })}</li>` : nothing}</ul></section>`;
}

function adds({ widgets, storefrontBytes, jobsPerDay, limits }: MarketPreview): TemplateResult {
  return html`<section><h3>${t('install.adds')}</h3><ul class="plain">
      ${widgets.map((widget) => html`<li>${localised(widget.title)} <span class="muted small">${tWord('surface', widget.surface)}</span></li>`)}
      ${storefrontBytes ? html`<li class="muted">${t('market.onStorefront', { kb: kb(storefrontBytes) })}</li>` : nothing}
      ${jobsPerDay ? html`<li class="muted">${t('install.jobs', { n: jobsPerDay })}</li>` : nothing}
      ${widgets.length || jobsPerDay ? nothing : html`<li class="muted">${t('module.addsNothing')}</li>`}</ul>
    ${limits.length ? html`<p class="muted small limits">${t('install.limitsAre', { list: listed(limits.map(({ name, granted }) => tWord('limit', name).replace('{n}', formatNumber(granted)))) })}</p>` : nothing}</section>`;
}

/** What it uses of other modules, by the names of their contracts. */
function uses({ requires }: MarketPreview): TemplateResult | typeof nothing {
  const lines = requires.flatMap((each) => usesLines(each).map((line) => html`<li>${line}${each.optional ? html` <gx-badge>${t('module.optional')}</gx-badge>` : nothing}</li>`));
  return lines.length ? html`<section><h3>${t('module.requires')}</h3><ul class="plain">${lines}</ul></section>` : nothing;
}

/** Everything that is agreed to. What is optional is a switch. */
export function consentBody(preview: MarketPreview, granted: ReadonlySet<string>, toggle: (name: string, granted: boolean) => void): TemplateResult {
  const first = preview.installFirst;
  return html`<p>${localised(preview.summary)}${preview.pricing ? html` <span class="strong">${localised(preview.pricing)}</span>` : nothing}</p>
    ${first.length ? html`<wa-callout variant="warning" size="s"><strong>${t('install.first')}</strong><br>${t('install.firstText', { title: titleOf(preview) })}<ul>${first.map((each) => html`<li><a href=${href(`/marketplace/${each.id}`)}>${localised(each.title)}</a></li>`)}</ul></wa-callout>` : nothing}
    ${preview.change && (preview.kind === 'upgrade' || preview.needsConsent) ? change(preview.change) : nothing}
    ${rights(preview, granted, toggle)}${keeps(preview)}${uses(preview)}${adds(preview)}`;
}

export const consentStyles = css`
  section { padding-block-start: 14px; } section + section, p + section { margin-block-start: 14px; border-block-start: 1px solid var(--gx-border); }
  h3 { margin-block-end: 6px; }
  section > ul.plain { display: grid; gap: 10px; } .notes { margin-block-end: 8px; }
  .right { display: grid; grid-template-columns: 20px minmax(0, 1fr); gap: 2px 10px; } .right gx-icon { color: var(--gx-muted); margin-block-start: 2px; }
  .under { padding-inline-start: 40px; } .limits { margin-block-start: 8px; }
  wa-callout { display: block; margin-block-start: 12px; }
`;
