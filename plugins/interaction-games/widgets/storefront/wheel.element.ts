import { css, html, nothing } from 'lit';
import { PluginElement, shopperStyles } from 'guanxi/widgets';
import { pictureStyles, slicesOf, wheelPicture } from './wheel/picture.js';
import { readableOn } from './wheel/readable.js';
import type { WheelGame, WheelHost, WheelLook } from './wheel/wheel-game.js';

const late = (): Promise<typeof import('./wheel/late.js')> => import('./wheel/late.js');

/**
 * The shop's wheel. One real button is the game; the picture only follows what the server said. What is not needed to show it (a turn,
 * the table of odds) is fetched later. `data-activity` on the mount picks a wheel, else the newest is shown.
 */
export default class Wheel extends PluginElement implements WheelHost {
  static override properties = { game: { state: true }, say: { state: true }, motion: { state: true }, gate: { state: true } };
  declare game: WheelGame | null | undefined;
  declare say: unknown;
  declare motion: Animation | undefined;
  declare gate: boolean;
  played = false;
  angle = 0;
  #stop: (() => void) | undefined;

  static override styles = [shopperStyles, pictureStyles, css`
    .card { display: grid; gap: 10px; justify-items: center; text-align: center; }
    .button { min-inline-size: min(100%, 240px); }
    .button[aria-disabled] { background: var(--_border); color: var(--_text); cursor: default; }
    .link { min-block-size: 44px; border: 0; background: none; color: inherit; font: inherit; text-decoration: underline; cursor: pointer; }
    .status { font-size: 1.125em; font-weight: 600; }
    .line { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: center; justify-content: center; }
    .empty svg { opacity: .3; }
  `];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.#stop = this.context.on('checked-in', () => void this.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  async load(): Promise<void> {
    try {
      const { items } = await this.context.api.get<{ items: WheelGame[] }>('activities');
      const { activity } = this.context.data;
      this.game = (activity ? items.find(({ id }) => id === activity) : items[0]) ?? null;
      this.say = undefined;
    } catch (error) {
      this.game = undefined;
      this.say = this.explain(error);
    }
  }

  /** A colour of the merchant's own stands on the element itself, so that all of its parts follow; without one the theme's holds. */
  protected override willUpdate(): void {
    const { ownColor, color } = this.#look;
    this.style.setProperty('--_accent', ownColor ? color : '');
    this.style.setProperty('--_on-accent', ownColor ? readableOn(color) : '');
  }

  // The host checked the settings against the manifest.
  get #look(): WheelLook { return this.context.settings as unknown as WheelLook; }

  /** The button: its name, and what a press does, if anything. */
  #action({ triesLeft: { free, paid }, ticketsLeft, costPerTry: n, points }: WheelGame): [name: string, act?: (() => unknown) | undefined] {
    const { context, motion } = this;
    const spin = async (): Promise<void> => (await late()).turn(this);
    const signIn = context.viewer.kind === 'member' ? undefined : (): void => context.signIn?.();
    if (motion) return [this.t('wheel.now'), () => motion.finish()];
    if (!ticketsLeft) return [this.t('wheel.soldOut')];
    if (this.gate) return [this.t('wheel.signInOn'), signIn];
    if (free) return [this.t(this.played ? 'wheel.again' : 'wheel.spin'), spin];
    if (!paid) return [this.t('wheel.tomorrow')];
    if (signIn) return [this.t('wheel.signIn', { n }), signIn];
    return [this.t('wheel.spinFor', { n }), (points ?? 0) < n ? undefined : spin];
  }

  protected override render(): unknown {
    const { game, context: { format, locale } } = this;
    const picture = (titles: readonly string[], blank?: string): unknown => html`<svg viewBox="-164 -164 328 328" aria-hidden="true">${wheelPicture(slicesOf(titles, blank), this.angle)}</svg>`;
    const status = (text: unknown): unknown => html`<div class="status" role="status">${text}</div>`;
    if (!game) {
      return html`<div class="card empty">${picture([''])}${status(this.say ?? this.t(game === null ? 'wheel.none' : 'loading'))}
        ${this.say && game !== null ? html`<button class="button" @click=${() => this.load()}>${this.t('retry')}</button>` : nothing}</div>`;
    }
    const { triesLeft: { free, paid }, costPerTry: cost, points, ticketsLeft } = game;
    const [name, act] = this.#action(game);
    return html`<div class="card">
      ${picture(game.prizes.map(({ title }) => title[locale]), game.blanks ? this.t('wheel.nothing') : '')}
      ${status(this.say ?? (game.limited ? this.t('wheel.limited') : this.#look[locale === 'en' ? 'headlineEn' : 'headlineZh'] || this.t('wheel.hello')))}
      <button class="button" aria-disabled=${act ? nothing : true} @click=${act}>${name}</button>
      <div class="line muted">${this.t(!act && paid && points !== null && ticketsLeft ? 'wheel.short' : free ? 'wheel.free' : paid ? 'wheel.paid' : 'wheel.used', { n: free || paid, cost, short: cost - (points ?? 0) })}${points === null ? '' : ` · ${this.t('balance', { points: format.points(points) })}`}
        <button class="link" @click=${async () => (await late()).showOdds(this)}>${this.t('wheel.odds')}</button></div>
    </div>`;
  }
}
