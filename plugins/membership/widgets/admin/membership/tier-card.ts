import { css, html, nothing, type TemplateResult } from 'lit';
import { shopCurrency } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { pathOf, TIER_FIELDS, type PlanDraft, type TierDraft, type TierField } from './plan-draft.js';

export interface FieldLook { readonly name: string; readonly label: string; readonly unit: string; readonly value: string; readonly problem: string | undefined; readonly set: (text: string) => void; readonly text?: boolean }

/** Label, control, unit and what is wrong, tied together for screen readers. */
export function fieldOf({ name, label, unit, value, problem, set, text }: FieldLook): TemplateResult {
  const id = name.replaceAll('.', '-');
  return html`<div class="field"><label for=${id}>${label}${unit ? html` <span class="muted">(${unit})</span>` : nothing}</label>
    <input id=${id} class=${text ? '' : 'num'} inputmode=${text ? 'text' : 'decimal'} autocomplete="off" maxlength="40" .value=${value} aria-invalid=${problem !== undefined} aria-describedby=${problem ? `${id}-wrong` : nothing} @input=${(event: Event) => set((event.target as HTMLInputElement).value)}>
    ${problem ? html`<p class="wrong" id="${id}-wrong">${problem}</p>` : nothing}</div>`;
}

const UNITS: Readonly<Record<TierField, 'money' | 'percent' | 'points' | 'hours' | 'times' | ''>> = {
  spend: 'money', orders: '', growth: '', keepPercent: 'percent', discount: 'percent', multiplier: 'times', entryGift: 'points', birthdayGift: 'points', priorityHours: 'hours',
};

/** One tier: its names, what it takes to come in and to stay, what it gives. */
export function tierCard(panel: PluginElement, draft: PlanDraft, at: number, problems: Readonly<Record<string, string>>, change: (draft: PlanDraft) => void): TemplateResult {
  const tier = draft.tiers[at]!;
  const t = panel.t.bind(panel);
  const put = (next: Partial<TierDraft>): void => change({ ...draft, tiers: draft.tiers.map((each, n) => (n === at ? { ...each, ...next } : each)) });
  const field = (name: TierField): TemplateResult => fieldOf({
    name: `tiers.${at}.${pathOf(name)}`, label: t(`admin.tier.${name}`), unit: UNITS[name] === 'money' ? shopCurrency() : UNITS[name] ? t(`admin.unit.${UNITS[name]}`) : '', value: tier.values[name], problem: problems[`rules.tiers.${at}.${pathOf(name)}`],
    set: (text) => put({ values: { ...tier.values, [name]: text } }),
  });
  const name = (locale: 'en' | 'zh-CN'): TemplateResult => fieldOf({ name: `tiers.${at}.title.${locale}`, label: t(`admin.tier.name.${locale}`), unit: '', value: tier.title[locale], problem: problems[`rules.tiers.${at}.title.${locale}`], set: (text) => put({ title: { ...tier.title, [locale]: text } }), text: true });
  const all = problems[`rules.tiers.${at}.entry`];
  const entry = TIER_FIELDS.slice(0, 4), gives = TIER_FIELDS.slice(4);
  return html`<gx-card heading=${tier.title[panel.context.locale] || t('admin.tier')} subtitle=${t(at === 0 ? 'admin.tier.first' : 'admin.tier.text')}><div class="stack">
    <div class="fields">${name('en')}${name('zh-CN')}</div>
    ${at === 0 ? nothing : html`<fieldset><legend>${t('admin.tier.entry')}</legend><div class="fields">${entry.map(field)}</div>${all ? html`<p class="wrong" role="alert">${all}</p>` : nothing}</fieldset>`}
    <fieldset><legend>${t('admin.tier.gives')}</legend><div class="fields">${gives.filter((each) => at > 0 || each !== 'entryGift').map(field)}</div></fieldset>
    ${at === 0 ? nothing : html`<div><button type="button" class="link-button" @click=${() => change({ ...draft, tiers: draft.tiers.filter((_, n) => n !== at) })}>${t('admin.tier.remove', { title: tier.title[panel.context.locale] })}</button></div>`}
  </div></gx-card>`;
}

export const tierStyles = css`
  fieldset { min-inline-size: 0; margin: 0; padding: 0; border: 0; }
  legend { margin-block-end: 8px; padding: 0; font-weight: 600; }
  .fields { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 180px), 1fr)); align-items: start; }
  .field { min-inline-size: 0; }
  .field label { display: block; margin-block-end: 4px; font-weight: 500; }
  .field input, .field select, .points { inline-size: 100%; min-inline-size: 0; min-block-size: 36px; padding: 6px 10px; border: 1px solid var(--gx-control-border); border-radius: var(--gx-radius); background: var(--gx-surface); color: var(--gx-text); font: inherit; }
  .points { inline-size: 9ch; }
  .field [aria-invalid='true'] { border-color: var(--gx-danger); box-shadow: 0 0 0 1px var(--gx-danger); }
  .wrong { margin-block-start: 4px; color: var(--gx-danger); font-size: var(--gx-font-small); font-weight: 500; }
  @media (pointer: coarse) { .field input, .field select, .points { min-block-size: 44px; font-size: 1rem; } }
`;
