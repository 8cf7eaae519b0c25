import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney, formatPercent, Load, minorDigits, type ProductChoice, type ProductSource, fromLocal, toLocal } from 'guanxi/kit';
import { minorUnits } from '../../storefront/guess-price/typed.js';
import { EditorView } from './editor.view.js';
import type { Problems } from './form.js';
import type { Game, Panel, RewardKind } from './game.js';
import { guessProblems, MODES, SALE_COUPON, typedMoney, type GuessDesk } from './guess-desk.js';
import { tagPreview } from './preview.js';

interface Product extends ProductChoice { readonly price: number }

/** Product, price, who is right and what they get. The price goes to the server and is never sent to a shopper before the close. */
export class GuessEditorView extends EditorView<GuessDesk> implements ProductSource {
  #kinds: Load<readonly RewardKind[]>;
  #products = new Map<string, Product>();
  #typed: { price: string; off: string };

  constructor(panel: Panel, draft: GuessDesk, game: Game | undefined) {
    super(panel, 'guess-price', draft, game);
    const { currency } = panel.context.shop, { price, coupon } = this.draft.config;
    this.#typed = { price: typedMoney(price, currency), off: coupon?.off === 'amount' ? typedMoney(coupon.value, currency) : '' };
    this.#kinds = new Load(panel, async () => (await panel.context.api.get<{ items: RewardKind[] }>('reward-kinds')).items);
    if (this.draft.config.sku) void this.bySku(this.draft.config.sku).then(() => { panel.requestUpdate(); }, () => undefined);
  }

  override get settled(): Promise<unknown> { return this.#kinds.settled; }
  renew(): void { void this.#kinds.reload(); }
  protected override problems(): Problems { return guessProblems(this.panel, this.draft, this.#kinds.value ?? []); }

  async search(text: string): Promise<readonly Product[]> { return this.#found({ search: text }); }
  async bySku(sku: string): Promise<Product | undefined> { return (await this.#found({ sku }))[0]; }
  async #found(query: Readonly<Record<string, string>>): Promise<readonly Product[]> {
    const { items } = await this.panel.context.api.get<{ items: Product[] }>('products', query);
    for (const product of items) this.#products.set(product.sku, product);
    return items;
  }

  #product(): TemplateResult {
    const { panel, form, draft: { config } } = this, { currency } = panel.context.shop;
    const listed = this.#products.get(config.sku)?.price, problem = form.problems['config.sku'];
    return html`<gx-card heading=${panel.t('admin.guess.product')} subtitle=${panel.t('admin.guess.productText')}><div class="stack">
      <div class="field"><gx-product-field id="config-sku" label=${panel.t('admin.guess.which')} .value=${config.sku || null} .source=${this} data-invalid=${problem !== undefined}
        @gx-change=${(event: CustomEvent<{ value: string | null }>) => { config.sku = event.detail.value ?? ''; form.changed('config.sku'); }}></gx-product-field>${problem ? html`<p class="wrong" role="alert">${problem}</p>` : nothing}</div>
      ${form.text({ path: 'config.price', label: panel.t('admin.guess.price'), hint: listed === undefined ? panel.t('admin.guess.priceHint') : panel.t('admin.guess.priceNow', { price: formatMoney(listed, currency) }), unit: currency, value: this.#typed.price, max: 12,
        set: (text) => { this.#typed.price = text; config.price = minorUnits(text, minorDigits(currency)) ?? Number.NaN; } })}</div></gx-card>`;
  }

  #winning(): TemplateResult {
    const { panel, form, draft: { config } } = this, t = panel.t.bind(panel);
    return html`<gx-card heading=${t('admin.guess.winning')}><div class="stack"><div class="fields wide">
      ${form.choice({ path: 'config.mode', label: t('admin.guess.mode'), hint: t(`admin.guess.modeHint.${config.mode}`), value: config.mode, options: MODES.map((mode) => [mode, t(`admin.guess.mode.${mode}`)]), set: (mode) => { config.mode = mode as typeof config.mode; } })}
      ${config.mode === 'within' ? form.number({ path: 'config.tolerance', label: t('admin.guess.tolerance'), hint: t('admin.guess.toleranceHint'), unit: '%', value: config.tolerance / 100, min: 1, max: 50, set: (share) => { config.tolerance = share * 100; } }) : nothing}
      ${form.number({ path: 'config.guesses', label: t('admin.guess.guesses'), hint: t('admin.guess.guessesHint'), value: config.guesses, min: 1, max: 10, set: (n) => { config.guesses = n; } })}</div>
      <div><label class="check"><input type="checkbox" .checked=${config.hints} @change=${(event: Event) => { config.hints = (event.target as HTMLInputElement).checked; panel.requestUpdate(); }}>${t('admin.guess.hints')}</label><p class="hint">${t('admin.guess.hintsHint')}</p></div></div></gx-card>`;
  }

  #choose(kind: string): void {
    const { config } = this.draft, { prize } = config;
    prize.kind = kind;
    delete prize.ref;
    config.coupon = kind === SALE_COUPON ? { off: 'percent', value: 1_000, saleEndsAt: Number.NaN } : null;
    prize.amount = kind === 'points' ? 100 : 1;
    const first = this.#kinds.value?.find((each) => each.kind === kind)?.options[0];
    if (first) prize.ref = first.ref;
  }

  #prize(): TemplateResult {
    const { panel, form, draft: { config } } = this, { prize, coupon } = config, { currency, zone } = panel.context.shop, t = panel.t.bind(panel);
    const kinds = this.#kinds.value ?? [], options = kinds.find(({ kind }) => kind === prize.kind)?.options ?? [];
    const named = (locale: 'en' | 'zh-CN', label: string, max: number): TemplateResult => form.text({ path: `config.prize.title.${locale}`, label, value: prize.title[locale], max, lang: locale, set: (text) => { prize.title = { ...prize.title, [locale]: text }; } });
    return html`<gx-card heading=${t('admin.prizeTitle')} subtitle=${t('admin.guess.prizeText')}><div class="stack">
      <div class="fields wide">${named('en', t('admin.prizeEn'), 60)}${named('zh-CN', t('admin.prizeZh'), 30)}</div><div class="fields wide">
      ${form.choice({ path: 'config.prize.kind', label: t('admin.kind'), value: prize.kind, options: [[SALE_COUPON, t('admin.guess.coupon')], ...kinds.map(({ kind, title }) => [kind, title] as const)], set: (kind) => { this.#choose(kind); } })}
      ${coupon ? html`${form.choice({ path: 'config.coupon.off', label: t('admin.guess.off'), value: coupon.off, options: [['percent', t('admin.guess.off.percent')], ['amount', t('admin.guess.off.amount')]], set: (off) => { coupon.off = off as typeof coupon.off; coupon.value = off === 'percent' ? 1_000 : Number.NaN; this.#typed.off = ''; } })}
        ${coupon.off === 'percent' ? form.number({ path: 'config.coupon.value', label: t('admin.guess.value'), hint: t('admin.guess.valueHint'), unit: '%', value: coupon.value / 100, min: 1, max: 100, set: (share) => { coupon.value = share * 100; } })
          : form.text({ path: 'config.coupon.value', label: t('admin.guess.value'), unit: currency, value: this.#typed.off, max: 12, set: (text) => { this.#typed.off = text; coupon.value = minorUnits(text, minorDigits(currency)) ?? Number.NaN; } })}
        ${form.moment({ path: 'config.coupon.saleEndsAt', label: t('admin.guess.saleEnds'), hint: t('admin.guess.saleEndsHint'), value: toLocal(Number.isNaN(coupon.saleEndsAt) ? null : coupon.saleEndsAt, zone), set: (text) => { coupon.saleEndsAt = fromLocal(text, zone) ?? Number.NaN; } })}`
        : options.length ? form.choice({ path: 'config.prize.ref', label: t('admin.which'), value: prize.ref ?? '', options: [['', t('admin.pick')], ...options.map(({ ref, title }) => [ref, title] as const)], set: (ref) => { prize.ref = ref; } })
          : form.number({ path: 'config.prize.amount', label: t('admin.points'), value: prize.amount, min: 1, max: 100_000, set: (n) => { prize.amount = n; } })}
      ${form.number({ path: 'config.fallbackPoints', label: t('admin.rule.fallbackPoints'), hint: t('admin.guess.fallbackHint'), unit: t('admin.unitPoints'), value: config.fallbackPoints, min: 0, max: 1_000, set: (n) => { config.fallbackPoints = n; } })}</div>
      <p class="small"><a href="/admin/budgets">${t('admin.guess.budgets')}</a></p></div></gx-card>`;
  }

  protected override left(): unknown { return html`${this.basics()}${this.#product()}${this.#winning()}${this.#prize()}`; }

  protected override right(): unknown {
    const { panel, draft: { config: { price, mode, tolerance, coupon, sku } } } = this, { currency } = panel.context.shop, t = panel.t.bind(panel);
    const money = (minor: number): string => (Number.isFinite(minor) ? formatMoney(minor, currency) : '–'), off = Math.floor(price * tolerance / 10_000);
    return html`${tagPreview()}<dl class="definition small"><dt>${t('admin.guess.which')}</dt><dd>${this.#products.get(sku)?.title ?? '–'}</dd><dt>${t('admin.guess.sealed')}</dt><dd>${money(price)}</dd>
      ${mode === 'within' ? html`<dt>${t('admin.guess.right')}</dt><dd>${Number.isFinite(off) ? `${money(price - off)} – ${money(price + off)}` : '–'}</dd>` : nothing}
      ${coupon ? html`<dt>${t('admin.guess.withCoupon')}</dt><dd>${!Number.isFinite(price) ? '–' : coupon.off === 'percent' ? `${money(price - Math.floor(price * coupon.value / 10_000))} (−${formatPercent(coupon.value / 10_000)})` : money(Math.max(0, price - coupon.value))}</dd>` : nothing}</dl>
      <p class="muted small">${t('admin.guess.sealText')}</p>`;
  }
}
