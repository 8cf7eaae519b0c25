import { css, html, nothing, type TemplateResult } from 'lit';
import { formatPercent, localised } from 'guanxi/kit';
import type { Form } from './form.js';
import type { Panel, RewardKind } from './game.js';
import { MOST_PRIZES, newPrize, removePrize, ticketsOf, type WheelDraft } from './wheel-draft.js';

/** Small chances keep enough digits to be told from none. */
export const chance = (quantity: number, tickets: number): string => {
  const share = quantity > 0 && tickets > 0 ? quantity / tickets : 0;
  return formatPercent(share, share > 0 && share < 0.001 ? 3 : share < 0.01 ? 2 : 1);
};

function prizeRow(panel: Panel, form: Form, draft: WheelDraft, kinds: readonly RewardKind[], at: number): TemplateResult {
  const prize = draft.config.prizes[at]!;
  const path = `config.prizes.${at}`, { t } = { t: panel.t.bind(panel) };
  const known = kinds.find(({ kind }) => kind === prize.kind);
  const options = known?.options ?? [];
  const choose = (kind: string): void => {
    prize.kind = kind;
    delete prize.ref;
    if (kind !== 'points') prize.amount = 1;
    const first = kinds.find((each) => each.kind === kind)?.options[0];
    if (first) prize.ref = first.ref;
  };
  const listed = kinds.map(({ kind, title }) => [kind, title] as const);
  return html`<fieldset class="prize"><legend><span class="mark">${at + 1}</span><span class="visually-hidden">${t('admin.prize', { n: at + 1 })}</span></legend>
    <div class="cells">
      ${form.text({ path: `${path}.title.en`, label: t('admin.prizeEn'), value: prize.title.en, max: 60, lang: 'en', set: (text) => { prize.title = { ...prize.title, en: text }; } })}
      ${form.text({ path: `${path}.title.zh-CN`, label: t('admin.prizeZh'), value: prize.title['zh-CN'], max: 30, lang: 'zh-CN', set: (text) => { prize.title = { ...prize.title, 'zh-CN': text }; } })}
      ${form.choice({ path: `${path}.kind`, label: t('admin.kind'), value: prize.kind, options: known ? listed : [...listed, [prize.kind, prize.kind]], set: choose })}
      ${options.length ? form.choice({ path: `${path}.ref`, label: t('admin.which'), value: prize.ref ?? '', options: [['', t('admin.pick')], ...options.map(({ ref, title }) => [ref, title] as const)], set: (ref) => { prize.ref = ref; } })
        : form.number({ path: `${path}.amount`, label: t(prize.kind === 'points' ? 'admin.points' : 'admin.amount'), value: prize.amount, min: 1, max: 100_000, set: (value) => { prize.amount = value; } })}
      ${form.number({ path: `${path}.quantity`, label: t('admin.quantity'), value: prize.quantity, min: 1, max: 100_000, set: (value) => { prize.quantity = value; } })}
      <p class="chance"><span class="muted">${t('admin.chance')}</span> <b class="num">${chance(prize.quantity, ticketsOf(draft))}</b></p>
    </div>
    ${draft.config.prizes.length > 1 ? html`<button type="button" class="remove" aria-label=${t('admin.removePrize', { title: localised(prize.title) || at + 1 })} @click=${() => { removePrize(draft, at); panel.requestUpdate(); }}><gx-icon name="trash"></gx-icon></button>` : nothing}
  </fieldset>`;
}

/** The prizes of the deck, each with its odds as they are typed. */
export function prizeRows(panel: Panel, form: Form, draft: WheelDraft, kinds: readonly RewardKind[]): TemplateResult {
  const { prizes } = draft.config;
  const add = async (): Promise<void> => {
    prizes.push({ ...newPrize() });
    panel.requestUpdate();
    await panel.updateComplete;
    panel.renderRoot.querySelector<HTMLElement>(`#config-prizes-${prizes.length - 1}-title-en`)?.focus();
  };
  return html`${prizes.map((_, at) => prizeRow(panel, form, draft, kinds, at))}
    ${prizes.length < MOST_PRIZES ? html`<wa-button size="s" appearance="outlined" @click=${add}><gx-icon slot="start" name="plus"></gx-icon>${panel.t('admin.addPrize')}</wa-button>` : html`<p class="muted small">${panel.t('admin.mostPrizes', { n: MOST_PRIZES })}</p>`}`;
}

export const prizeStyles = css`
  .prize { position: relative; min-inline-size: 0; margin: 0 0 16px; padding: 0 0 16px; border: 0; border-block-end: 1px solid var(--gx-border); }
  .prize legend { float: inline-start; padding: 0; }
  .mark { display: grid; place-items: center; inline-size: 24px; block-size: 24px; border-radius: 50%; background: var(--gx-sunken); font-size: var(--gx-font-tiny); font-weight: 600; font-variant-numeric: tabular-nums; }
  .cells { display: grid; gap: 10px 12px; grid-template-columns: repeat(4, minmax(0, 1fr)); margin-inline: 36px; align-items: start; }
  .cells > :nth-child(-n + 2) { grid-column: span 2; }
  .cells input.num { max-inline-size: none; }
  .chance { display: flex; flex-direction: column; gap: 4px; }
  .chance b { min-block-size: 36px; line-height: 36px; font-size: 1rem; font-weight: 600; }
  .remove { position: absolute; inset-block-start: 0; inset-inline-end: 0; display: grid; place-items: center; inline-size: 32px; block-size: 32px; border: 0; border-radius: var(--gx-radius); background: none; color: var(--gx-muted); cursor: pointer; }
  .remove:hover { background: var(--gx-danger-fill); color: var(--gx-danger); }
  @container card (max-width: 520px) { .cells { grid-template-columns: repeat(2, minmax(0, 1fr)); margin-inline: 0; padding-block-start: 36px; } .prize legend { position: absolute; inset-block-start: 4px; } }
`;
