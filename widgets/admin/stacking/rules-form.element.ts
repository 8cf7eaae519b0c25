import { css, html } from 'lit';
import { define } from '../../kit/define.js';
import { KitElement } from '../../kit/kit-element.js';
import { kitStyles } from '../../kit/kit-styles.js';
import { CLASSES, type Rules, type StackClass } from './stacking-types.js';
import { s } from './texts.js';

export type RulesDraft = Omit<Rules, 'version'>;
const pairOf = (a: StackClass, b: StackClass): string => (CLASSES.indexOf(a) <= CLASSES.indexOf(b) ? `${a}+${b}` : `${b}+${a}`);

/**
 * The matrix of what goes together, the order, and what percentages are taken of.
 * @element gx-stacking-rules
 * @fires gx-change - `{ value }`: the new draft
 */
class StackingRules extends KitElement {
  static override properties = { value: { attribute: false }, allPairs: { attribute: false } };
  declare value: RulesDraft;
  /** Pairs that can be allowed at all. */
  declare allPairs: readonly string[];
  static override styles = [kitStyles, css`
    .scroll { overflow-x: auto; } table { border-collapse: collapse; inline-size: 100%; }
    th { padding: 6px; font-weight: 500; text-align: start; } thead th, td { text-align: center; } td { padding: 0; border-block-start: 1px solid var(--gx-border); } tbody th { border-block-start: 1px solid var(--gx-border); }
    td label { display: grid; place-items: center; min-block-size: 40px; min-inline-size: 44px; cursor: pointer; } input { inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--gx-accent); }
    ol li { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding-block: 4px; } ol { max-inline-size: 420px; }
    fieldset { margin: 0; padding: 0; border: 0; } legend { padding: 0; font-weight: 600; } .radio { display: flex; gap: 8px; align-items: center; min-block-size: 36px; }
    @media (pointer: coarse) { td label, .radio { min-block-size: 44px; } }
  `];

  #change(change: Partial<RulesDraft>): void { this.value = { ...this.value, ...change }; this.fire('gx-change', { value: this.value }); }
  #toggle(pair: string): void { this.#change({ pairs: this.value.pairs.includes(pair) ? this.value.pairs.filter((each) => each !== pair) : [...this.value.pairs, pair] }); }

  async #move(at: number, by: number): Promise<void> {
    const priority = [...this.value.priority];
    const [moved] = priority.splice(at, 1);
    priority.splice(at + by, 0, moved!);
    this.#change({ priority });
    await this.updateComplete;
    // The moved row's own button keeps the keyboard where it was; at an end the other one takes it.
    const row = this.renderRoot.querySelectorAll('ol li')[at + by];
    const buttons = row?.querySelectorAll<HTMLElement & { disabled: boolean }>('wa-button');
    (by < 0 && !buttons?.[0]?.disabled ? buttons?.[0] : buttons?.[1]?.disabled ? buttons[0] : buttons?.[1])?.focus();
  }

  #cell(a: StackClass, b: StackClass): unknown {
    const pair = pairOf(a, b);
    if (!this.allPairs.includes(pair)) return html`<td class="muted small">${s('never')}</td>`;
    const label = a === b ? s('two', { a: s(`class.${a}`) }) : s('both', { a: s(`class.${a}`), b: s(`class.${b}`) });
    return html`<td><label><span class="visually-hidden">${label}</span><input type="checkbox" .checked=${this.value.pairs.includes(pair)} @change=${() => { this.#toggle(pair); }}></label></td>`;
  }

  protected override render(): unknown {
    const { priority, basis } = this.value;
    return html`<div class="stack">
      <div class="scroll" tabindex="0" role="group" aria-label=${s('matrixLabel')}><table><thead><tr><th scope="col"><span class="visually-hidden">${s('kind')}</span></th>${CLASSES.map((each) => html`<th scope="col" class="small">${s(`class.${each}`)}</th>`)}</tr></thead>
        <tbody>${CLASSES.map((row, i) => html`<tr><th scope="row">${s(`class.${row}`)}</th>${CLASSES.map((column, j) => (j < i ? html`<td></td>` : this.#cell(row, column)))}</tr>`)}</tbody></table></div>
      <div><h3>${s('order')}</h3><p class="muted small">${s('orderText')}</p>
        <ol class="plain">${priority.map((each, at) => html`<li><span>${at + 1}. ${s(`class.${each}`)}</span><span class="row">
          <wa-button size="s" appearance="plain" ?disabled=${at === 0} @click=${() => this.#move(at, -1)}><gx-icon name="chevron-up" label=${s('up', { a: s(`class.${each}`) })}></gx-icon></wa-button>
          <wa-button size="s" appearance="plain" ?disabled=${at === priority.length - 1} @click=${() => this.#move(at, 1)}><gx-icon name="chevron-down" label=${s('down', { a: s(`class.${each}`) })}></gx-icon></wa-button></span></li>`)}</ol></div>
      <fieldset><legend>${s('basis')}</legend>${(['running', 'original'] as const).map((each) => html`<label class="radio"><input type="radio" name="basis" .checked=${basis === each} @change=${() => { this.#change({ basis: each }); }}>${s(`basis.${each}`)}</label>`)}</fieldset>
    </div>`;
  }
}
define('gx-stacking-rules', StackingRules);
