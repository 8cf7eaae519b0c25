import { html } from 'lit';
import { Load } from 'guanxi/kit';
import type { CheckInRules } from '../../../activities/check-in-rules.js';
import { CheckInEditorView } from './check-in-editor.view.js';
import { isRound, isWheel, type Panel, type Report, type Round, type View } from './game.js';
import { GuessEditorView } from './guess-editor.view.js';
import { guessDeskOf } from './guess-desk.js';
import { ReportView } from './report.view.js';
import { RoundView } from './round.view.js';
import { draftOf } from './wheel-draft.js';
import { WheelEditorView } from './wheel-editor.view.js';

/** One game: a draft is edited, everything else is looked at. */
export class GameView implements View {
  #load: Load<View>;

  constructor(private readonly panel: Panel, id: string) {
    this.#load = new Load(panel, async () => {
      const report = await panel.context.api.get<Report>(`games/${id}`);
      const view = isRound(report.game) ? await this.#roundOf(id, report) : this.#viewOf(id, report);
      await view.settled;
      return view;
    });
  }

  get dirty(): boolean { return this.#load.value?.dirty ?? false; }
  get settled(): Promise<unknown> { return this.#load.settled; }
  renew(): void { this.#load.value?.renew?.(); }

  async #roundOf(id: string, { game }: Report): Promise<View> {
    const round = await this.panel.context.api.get<Round>(`rounds/${id}`);
    if (!isRound(game) || (game.state !== 'draft' && game.state !== 'checked')) return new RoundView(this.panel, game as ConstructorParameters<typeof RoundView>[1], round);
    return new GuessEditorView(this.panel, guessDeskOf(game, round.price ?? Number.NaN), game);
  }

  #viewOf(id: string, report: Report): View {
    const { game } = report;
    if (game.state !== 'draft' && game.state !== 'checked') return new ReportView(this.panel, id, report);
    const { title, startsAt, endsAt } = game;
    return isWheel(game) ? new WheelEditorView(this.panel, draftOf(title, startsAt, endsAt, game.config), game) : new CheckInEditorView(this.panel, { title, startsAt, endsAt, config: game.config as CheckInRules }, game);
  }

  render(): unknown {
    const { value, error } = this.#load;
    if (value) return value.render();
    if (error) return html`<gx-page heading=${this.panel.t('admin.title')} back=${this.panel.address()}><gx-error .error=${error} @gx-retry=${() => this.#load.reload()}></gx-error></gx-page>`;
    return html`<gx-skeleton shape="page"></gx-skeleton>`;
  }
}
