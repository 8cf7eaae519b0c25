import type { Finding } from '../packages/finding.js';

/** Where a plugin's built files lie. Bundled plugins and npm packages look alike: `manifest.json`, `plugin.js`, `widgets/`, `locales/`. */
export interface PluginSource {
  readonly id: string;
  /** A directory as a file URL ending with a slash. */
  readonly root: URL;
  /** A package was made elsewhere: its files must match their integrity list, and its imports stay inside the contract. `bundled` if absent. */
  readonly kind?: 'bundled' | 'package';
  /** `abort` stops the start of the host when the plugin fails; third parties never can. */
  readonly onBootFailure: 'continue' | 'abort';
}

export type HostState = 'discovered' | 'rejected' | 'blocked' | 'failed' | 'verified' | 'resolved' | 'migrated' | 'active' | 'degraded' | 'stopped';

/** One line of the boot report. */
export interface PluginReport {
  readonly id: string;
  readonly version: string | undefined;
  readonly state: HostState;
  readonly code: string | undefined;
  /** What went wrong and how to mend it. */
  readonly error: string | undefined;
  /** What a reviewer should know though it did not stop the plugin. */
  readonly warnings: readonly Finding[];
  /** Milliseconds of each step. */
  readonly ms: Readonly<Record<string, number>>;
}
