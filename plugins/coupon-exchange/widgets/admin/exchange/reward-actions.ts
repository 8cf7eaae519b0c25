import { confirm, type MenuItem } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import { hasOwnCost } from './reward-draft.js';
import { titleOf, type Reward, type State } from './reward-types.js';

export type Action = 'edit' | 'publish' | 'pause' | 'resume' | 'stock' | 'codes' | 'cost' | 'coupons' | 'duplicate' | 'end';
export type Move = 'publish' | 'pause' | 'resume' | 'end' | 'duplicate';
const ICONS: Readonly<Record<Action, string>> = { edit: 'pencil', publish: 'play', pause: 'pause', resume: 'play', stock: 'plus', codes: 'plus', cost: 'coins', coupons: 'list', duplicate: 'copy', end: 'stop' };
const POSSIBLE: Readonly<Record<State, readonly Action[]>> = {
  draft: ['edit', 'codes', 'publish', 'duplicate'], active: ['stock', 'codes', 'cost', 'coupons', 'pause', 'duplicate', 'end'], paused: ['resume', 'stock', 'codes', 'cost', 'coupons', 'duplicate', 'end'], ended: ['coupons', 'duplicate'],
};

export const menuOf = (panel: PluginElement, reward: Reward): MenuItem[] =>
  POSSIBLE[reward.state].filter((name) => (name === 'codes' ? reward.kind === 'code' : name === 'cost' ? hasOwnCost(reward.kind) : name !== 'stock' || (reward.stock !== null && reward.kind !== 'code'))).map((name) => ({ name, icon: ICONS[name], danger: name === 'end', label: panel.t(`admin.action.${name}`) }));

/** Asks (a copy harms nobody and is not asked for), acts, says how it ended; answers the changed reward, undefined when nothing happened. */
export async function moveReward(panel: PluginElement, reward: Reward, move: Move): Promise<Reward | undefined> {
  const { api, toast } = panel.context;
  const title = titleOf(panel, reward);
  if (move !== 'duplicate' && !(await confirm({ title: panel.t(`admin.ask.${move}`, { title }), body: panel.t(`admin.askText.${move}`), action: panel.t(`admin.action.${move}`), danger: move === 'end' }))) return undefined;
  try {
    const changed = await api.post<Reward>(`rewards/${encodeURIComponent(reward.id)}/${move}`, {});
    toast?.(panel.t(`admin.done.${move}`, { title }), 'success');
    return changed;
  } catch (error) {
    toast?.(panel.explain(error), 'danger');
    return undefined;
  }
}
