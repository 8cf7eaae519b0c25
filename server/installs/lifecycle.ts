/** What a shop's install of a plugin can be in; `available` and nothing else stands for "no row". */
export const INSTALL_STATES = ['available', 'installing', 'enabled', 'disabled', 'suspended', 'needs-consent', 'failed', 'uninstalled', 'purging', 'purged'] as const;
export type InstallState = (typeof INSTALL_STATES)[number];

export type Hook = 'onInstall' | 'onEnable' | 'onDisable' | 'onUninstall' | 'onUpgrade' | 'onPurge';

/** Who may ask for a move: a member of staff, or the host itself. */
export type Mover = 'merchant' | 'host';

export interface Edge {
  readonly by: Mover;
  /** Where it leads, by where it starts. Everything else is refused. */
  readonly paths: Readonly<Partial<Record<InstallState, InstallState>>>;
  /** Run in this order after the move is committed, at least once each; by the state it starts from where that matters. */
  readonly hooks: readonly Hook[] | Readonly<Partial<Record<InstallState, readonly Hook[]>>>;
  /** The word in the audit. */
  readonly action: string;
  /** Takes a new version of the code over where it ends in a running plugin; `onUpgrade` comes first then. */
  readonly starts?: boolean;
}

const to = <S extends InstallState>(state: InstallState, ...from: readonly S[]): Partial<Record<S, InstallState>> => Object.fromEntries(from.map((each) => [each, state])) as Partial<Record<S, InstallState>>;

/** Every move there is. The state machine of a plugin in a shop is this table and nothing else. */
export const LIFECYCLE = {
  install: { by: 'merchant', paths: to('installing', 'available', 'uninstalled', 'purged'), hooks: ['onInstall', 'onEnable'], action: 'plugin.installed', starts: true },
  finish: { by: 'host', paths: to('enabled', 'installing'), hooks: [], action: 'plugin.ready' },
  fail: { by: 'host', paths: to('failed', 'installing', 'enabled', 'suspended', 'needs-consent', 'failed'), hooks: [], action: 'plugin.failed' },
  retry: { by: 'merchant', paths: to('installing', 'failed', 'installing'), hooks: ['onInstall', 'onEnable'], action: 'plugin.retried', starts: true },
  enable: { by: 'merchant', paths: to('enabled', 'disabled'), hooks: ['onEnable'], action: 'plugin.enabled', starts: true },
  disable: { by: 'merchant', paths: to('disabled', 'enabled', 'suspended', 'needs-consent'), hooks: ['onDisable'], action: 'plugin.disabled' },
  suspend: { by: 'host', paths: to('suspended', 'enabled'), hooks: [], action: 'plugin.suspended' },
  resume: { by: 'host', paths: to('enabled', 'suspended', 'needs-consent'), hooks: [], action: 'plugin.resumed', starts: true },
  upgrade: { by: 'host', paths: to('enabled', 'enabled'), hooks: [], action: 'plugin.upgraded', starts: true },
  ask: { by: 'host', paths: to('needs-consent', 'enabled', 'suspended', 'failed'), hooks: [], action: 'plugin.needs-consent' },
  consent: { by: 'merchant', paths: { ...to('enabled', 'needs-consent', 'enabled'), disabled: 'disabled', failed: 'failed', suspended: 'suspended' }, hooks: [], action: 'plugin.consented', starts: true },
  uninstall: {
    by: 'merchant', paths: to('uninstalled', 'installing', 'enabled', 'disabled', 'suspended', 'needs-consent', 'failed'), action: 'plugin.uninstalled',
    hooks: { ...Object.fromEntries((['enabled', 'suspended', 'needs-consent'] as const).map((state) => [state, ['onDisable', 'onUninstall'] as const])), disabled: ['onUninstall'], failed: ['onUninstall'], installing: ['onUninstall'] },
  },
  purge: { by: 'host', paths: to('purging', 'uninstalled'), hooks: ['onPurge'], action: 'plugin.purging' },
  forget: { by: 'host', paths: to('purged', 'purging'), hooks: [], action: 'plugin.purged' },
} as const satisfies Readonly<Record<string, Edge>>;

export type Move = keyof typeof LIFECYCLE;

/** Where a move leads from a state, or undefined when there is no such move. */
export const next = (move: Move, from: InstallState): InstallState | undefined => (LIFECYCLE[move] as Edge).paths[from];

/** Whether a move from a state ends in a running plugin, so that it takes a new version of the code over. */
export const starts = (move: Move, from: InstallState): boolean => { const state = next(move, from); return (LIFECYCLE[move] as Edge).starts === true && (state === 'enabled' || state === 'installing'); };

/** The hooks of a move from a state; `behind` when the shop still has an older version than the code. */
export function hooksOf(move: Move, from: InstallState, behind: boolean): readonly Hook[] {
  const edge: Edge = LIFECYCLE[move];
  if (edge.paths[from] === undefined) return [];
  const own = Array.isArray(edge.hooks) ? edge.hooks as readonly Hook[] : (edge.hooks as Readonly<Partial<Record<InstallState, readonly Hook[]>>>)[from] ?? [];
  return behind && starts(move, from) ? ['onUpgrade', ...own] : own;
}

/** Moves that are possible from a state for somebody. */
export const moves = (from: InstallState, by?: Mover): readonly Move[] =>
  (Object.keys(LIFECYCLE) as Move[]).filter((move) => next(move, from) !== undefined && (by === undefined || LIFECYCLE[move].by === by));

/** States in which the plugin has a place in the shop, running or not. */
export const isInstalled = (state: InstallState): boolean => state !== 'available' && state !== 'uninstalled' && state !== 'purging' && state !== 'purged';
/** States that promise other plugins that it will answer them; those keep it from being taken away. */
export const isWanted = (state: InstallState): boolean => state === 'installing' || state === 'enabled' || state === 'suspended' || state === 'needs-consent';
