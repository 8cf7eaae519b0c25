import { createHash } from 'node:crypto';
import type { ActivityFigure, ActivityState, Locale, Localised } from '../../plugin-api/index.js';
import type { StoredSheet } from '../../activities/sheets/sheets.service.js';
import { html, Html } from '../../shops/demo/pages/html.js';
import { rulesTexts } from './rules-texts.js';

const STYLE = `:root{color-scheme:light dark;--line:#d5d2c8;--soft:#f4f2ec;--muted:#5c5a52;--text:#1d1c18;--ground:#fff;--link:#1f5c4a}
@media(prefers-color-scheme:dark){:root{--line:#45443e;--soft:#262520;--muted:#b4b1a6;--text:#f2f0e9;--ground:#171612;--link:#8fd3ba}}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:46rem;margin:0 auto;padding:24px 16px 64px}h1{margin:8px 0;font-size:1.75rem;line-height:1.25}h2{margin:32px 0 8px;font-size:1.125rem}p{margin:0 0 8px}
a{color:var(--link)}.line{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;color:var(--muted)}.line a,.links a{display:inline-block;padding:10px 0}
.badge{padding:2px 10px;border:1px solid var(--line);border-radius:99px;color:var(--text)}.note{padding:12px 16px;border-inline-start:4px solid var(--link);background:var(--soft)}
table{inline-size:100%;border-collapse:collapse}th,td{padding:8px 12px 8px 0;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}.n{text-align:end;font-variant-numeric:tabular-nums}
code{display:block;padding:8px 12px;background:var(--soft);overflow-wrap:anywhere;font-size:.875rem}.scroll{overflow-x:auto}dt{font-weight:600}dd{margin:0 0 8px;overflow-wrap:anywhere}
@media print{.links,.line a{display:none}main{max-width:none;padding:0}}`;
/** What the page's content security policy allows besides nothing. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

export interface RulesView { readonly locale: Locale; readonly shown: StoredSheet; readonly history: readonly StoredSheet[]; /** Undefined when its module was removed with its data. */ readonly state: ActivityState | undefined; readonly notice: Localised | undefined; /** What is told of how it ended; none before it is settled. */ readonly results: readonly ActivityFigure[] }

/** The public sheet as a document of its own: it prints, needs no script and loads nothing. Links are relative, so it works under any prefix. */
export function rulesView({ locale, shown, history, state, notice, results }: RulesView): string {
  const t = rulesTexts[locale], { sheet } = shown, latest = history[0]!;
  const at = (time: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: sheet.zone }).format(time);
  const number = (value: number): string => value.toLocaleString(locale);
  const other = locale === 'en' ? 'zh-CN' : 'en';
  const keep = shown === latest ? '' : `&version=${shown.version}`;
  const part = (title: string, text: Localised): Html => html`<h2>${title}</h2><p>${text[locale]}</p>`;
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${sheet.title} · ${t.rules}</title><style>${new Html(STYLE)}</style></head>
<body><main>
<div class="line"><span>${sheet.kind[locale]}</span><span class="badge">${state ? t.state[state] : t.gone}</span><span>${t.version(shown.version)}</span><a href="?lang=${other}${keep}" lang="${other}" hreflang="${other}">${t.other}</a></div>
<h1>${sheet.title}</h1>
${shown === latest ? '' : html`<p class="note" role="status">${t.old(shown.version)} <a href="?lang=${locale}">${t.latest}</a></p>`}
${state === 'paused' ? html`<p class="note" role="status"><strong>${t.notice}</strong>${notice ? html`${locale === 'en' ? ': ' : '：'}${notice[locale]}` : ''}</p>` : ''}
${results.length ? html`<h2>${t.results}</h2><dl>${results.map(({ label, value, text }) => html`<dt>${label[locale]}</dt><dd>${text?.[locale] ?? number(value)}</dd>`)}</dl>` : ''}
<h2>${t.dates}</h2><p>${sheet.startsAt === null ? '' : at(sheet.startsAt)} – ${sheet.endsAt === null ? t.open : at(sheet.endsAt)} (${sheet.zone})</p>
${sheet.prizes.length ? html`<h2>${t.prizes}</h2><div class="scroll" tabindex="0" role="region" aria-label="${t.prizes}"><table><thead><tr><th scope="col">${t.prize}</th><th scope="col" class="n">${t.number}</th><th scope="col" class="n">${t.chance}</th></tr></thead><tbody>
${sheet.prizes.map(({ title, quantity, of }) => html`<tr><td>${title[locale]}</td><td class="n">${number(quantity)}</td><td class="n">${number(quantity)} / ${number(of)} = ${(100 * quantity / of).toFixed(3)} %</td></tr>`)}</tbody></table></div><p>${t.of(number(sheet.prizes[0]!.of))}</p>` : ''}
${sheet.rules.length ? html`<h2>${t.rules}</h2><dl>${sheet.rules.map(({ label, text }) => html`<dt>${label[locale]}</dt><dd>${text[locale]}</dd>`)}</dl>` : ''}
${part(t.cost, sheet.cost)}${part(t.limits, sheet.limits)}${part(t.delivery, sheet.delivery)}${part(t.data, sheet.data)}
<h2>${t.organiser}</h2><dl><dt>${sheet.organiser.legalName}</dt>${sheet.organiser.contact ? html`<dd>${t.contact}: ${sheet.organiser.contact}</dd>` : ''}${sheet.organiser.complaints ? html`<dd>${t.complaints}: ${sheet.organiser.complaints}</dd>` : ''}</dl>
<h2>${t.hash}</h2><code>${shown.hash}</code><p>${t.check}</p><p class="links"><a href="rules.json?version=${shown.version}" download>${t.download}</a></p>
<h2>${t.versions}</h2>${history.map((each) => html`<h3>${t.version(each.version)} · ${at(each.at)}</h3>
${each.changes.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="${t.version(each.version)}"><table><thead><tr><th scope="col">${t.what}</th><th scope="col">${t.before}</th><th scope="col">${t.after}</th></tr></thead><tbody>${each.changes.map(({ label, before, after }) => html`<tr><td>${label[locale]}</td><td>${before[locale]}</td><td>${after[locale]}</td></tr>`)}</tbody></table></div>` : html`<p>${t.first}</p>`}
${each === shown ? '' : html`<p class="links"><a href="?lang=${locale}&version=${each.version}">${t.version(each.version)}</a></p>`}`)}
</main></body></html>`.text;
}
