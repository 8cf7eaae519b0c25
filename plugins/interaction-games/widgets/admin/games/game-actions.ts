import { confirm, toast, type MenuItem, type Tone } from 'guanxi/kit';
import type { Game, Panel, State } from './game.js';

export type Action = 'publish' | 'pause' | 'resume' | 'end' | 'duplicate' | 'remove';
export const TONES: Readonly<Record<State, Tone>> = { draft: 'neutral', checked: 'info', scheduled: 'info', live: 'success', paused: 'warning', ended: 'neutral', settled: 'neutral', archived: 'neutral' };
const ICONS: Readonly<Record<Action, string>> = { publish: 'play', pause: 'pause', resume: 'play', end: 'stop', duplicate: 'copy', remove: 'trash' };
const POSSIBLE: Readonly<Record<State, readonly Action[]>> = {
  draft: ['publish', 'duplicate', 'remove'], checked: ['publish', 'duplicate', 'remove'], scheduled: ['pause', 'duplicate', 'end'], live: ['pause', 'duplicate', 'end'], paused: ['resume', 'duplicate', 'end'], ended: ['duplicate'], settled: ['duplicate'], archived: ['duplicate'],
};
const ASKED: readonly Action[] = ['publish', 'pause', 'end', 'remove'];
const final = (action: Action): boolean => action === 'end' || action === 'remove';

export const actionsOf = (game: Game): readonly Action[] => POSSIBLE[game.state];
export const menuOf = (panel: Panel, game: Game): MenuItem[] =>
  actionsOf(game).map((name) => ({ name, icon: ICONS[name], danger: final(name), label: panel.t(`admin.action.${name}`) }));
export const iconOf = (action: Action): string => ICONS[action];

/** Asks where needed, acts, says how it ended; answers the changed game, `null` when it was removed, undefined when nothing happened. */
export async function act(panel: Panel, game: Pick<Game, 'id' | 'title'>, action: Action): Promise<Game | null | undefined> {
  const { title } = game;
  if (ASKED.includes(action) && !(await confirm({ title: panel.t(`admin.ask.${action}`, { title }), body: panel.t(`admin.askText.${action}`), action: panel.t(`admin.action.${action}`), danger: final(action) }))) return undefined;
  const { api } = panel.context;
  try {
    const changed = action === 'remove' ? (await api.delete(`games/${game.id}`), null) : await api.post<Game>(`games/${game.id}/${action}`, {});
    toast(panel.t(`admin.done.${action}`, { title }), 'success');
    return changed;
  } catch (error) {
    toast(panel.explain(error), 'danger');
    return undefined;
  }
}
