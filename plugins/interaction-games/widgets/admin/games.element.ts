import type { PropertyValues } from 'lit';
import { kitStyles } from 'guanxi/kit';
import { PluginElement, type Unsaved } from 'guanxi/widgets';
import { CheckInEditorView, checkInEditorStyles } from './games/check-in-editor.view.js';
import { editorStyles } from './games/editor.view.js';
import { formStyles } from './games/form.js';
import type { Panel, View } from './games/game.js';
import { GameView } from './games/game.view.js';
import { guessDeskOf } from './games/guess-desk.js';
import { GuessEditorView } from './games/guess-editor.view.js';
import { ListView } from './games/list.view.js';
import { previewStyles } from './games/preview.js';
import { prizeStyles } from './games/prizes.js';
import { reportStyles } from './games/report.view.js';
import { isTemplate, templates } from './games/templates.js';
import { TemplatesView } from './games/templates.view.js';
import { draftOf } from './games/wheel-draft.js';
import { WheelEditorView } from './games/wheel-editor.view.js';

const HOME = '/plugins/interaction-games/games';

/** The merchant's games: the list, a new one from a template, the editor of a draft, the report of what runs. */
export default class Games extends PluginElement implements Panel, Unsaved {
  #view: View | undefined;
  #path: string | undefined;

  static override styles = [kitStyles, formStyles, prizeStyles, editorStyles, checkInEditorStyles, reportStyles, previewStyles];

  address(path = ''): string { return `${location.pathname.replace(/\/plugins\/.*/, '')}${path.startsWith('/') ? path : `${HOME}${path && `/${path}`}`}`; }
  go(path = ''): void { this.context.navigate?.(`${HOME}${path && `/${path}`}`); }

  get dirty(): boolean { return this.#view?.dirty ?? false; }

  #viewOf(path: string): View {
    const [first = '', second = ''] = path.split('/');
    if (!first) return new ListView(this);
    if (first !== 'new') return new GameView(this, first);
    if (!isTemplate(second)) return new TemplatesView(this);
    const template = templates[second];
    const title = this.t(`admin.template.${second}`);
    if (template.type === 'guess-price') return new GuessEditorView(this, guessDeskOf({ title, startsAt: null, endsAt: null, config: template.config }, Number.NaN), undefined);
    return template.type === 'wheel' ? new WheelEditorView(this, draftOf(title, null, null, template.config as unknown as Parameters<typeof draftOf>[3]), undefined) : new CheckInEditorView(this, { title, startsAt: null, endsAt: null, config: { cycle: [...template.config.cycle] } }, undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const path = this.context.data['path'] ?? '';
    if (this.#view && path === this.#path) {
      const before = changed.get('context');
      if (before && before.locale !== this.context.locale) this.#view.renew?.();
      return;
    }
    this.#path = path;
    this.#view = this.#viewOf(path);
  }

  /** The page is shown when its first answer is there, so that nothing in it moves. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#view?.settled;
    return super.getUpdateComplete();
  }

  protected override render(): unknown { return this.#view?.render(); }
}
