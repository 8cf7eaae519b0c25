import type { Instant, Localised } from '../plugin-api/index.js';
import type { InstallState } from './lifecycle.js';
import type { Requirement } from './requirements.js';

interface Names { readonly added: readonly string[]; readonly removed: readonly string[] }

/** What a new version asks for beyond, or no more than, the one this shop consented to. */
export interface PreviewChange {
  readonly from: string;
  readonly to: string;
  readonly capabilities: Names;
  readonly hosts: Names;
  /** `table.column`. */
  readonly personalData: Names;
  readonly widgets: Names;
  readonly jobsPerDay: { readonly from: number; readonly to: number };
  readonly storefrontBytes: { readonly from: number; readonly to: number };
  /** Settings that the new version no longer knows, and new ones; `error` when they cannot be taken over. */
  readonly settings: { readonly added: readonly string[]; readonly dropped: readonly string[]; readonly error: string | null };
  /** Entries of the changelog after `from`, newest first. */
  readonly changes: readonly { readonly version: string; readonly date: string; readonly notes: Localised }[];
}

/** What a merchant is shown before the plugin leaves the shop, or while its data waits for the purge. */
export interface LeavePreview {
  /** Days between the uninstall and the purge. */
  readonly keptDays: number;
  /** When the purge may begin: of an uninstalled plugin as promised, else as if it were uninstalled now. */
  readonly keptUntil: Instant;
  /** Rows of this shop. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** Everything a merchant is shown before the plugin may run, computed from the manifest and the built files. */
export interface Preview {
  readonly id: string;
  readonly version: string;
  readonly title: Localised;
  readonly summary: Localised;
  readonly pricing: Localised | null;
  /** To be sent back with the consent. */
  readonly hash: string;
  readonly state: InstallState;
  /** `restore`: data of an earlier install is still there. `upgrade`: the shop has an older version. `review`: nothing new. */
  readonly kind: 'install' | 'restore' | 'upgrade' | 'review';
  readonly needsConsent: boolean;
  /** `granted`: what the last consent said, null without one. */
  readonly capabilities: readonly { readonly name: string; readonly reason: Localised; readonly optional: boolean; readonly granted: boolean | null; readonly added: boolean }[];
  readonly hosts: readonly { readonly host: string; readonly reason: Localised; readonly optional: boolean; readonly added: boolean }[];
  /** Rows of this shop that are kept from before. */
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  readonly personalData: readonly { readonly entity: string; readonly subject: string; readonly fields: readonly string[]; readonly added: readonly string[]; readonly onErase: string; readonly titles: Readonly<Record<string, Localised>> }[];
  readonly jobs: readonly { readonly name: string; readonly schedule: string; readonly perDay: number }[];
  readonly jobsPerDay: number;
  /** Compressed bytes that a shopper loads. */
  readonly storefrontBytes: number;
  readonly widgets: readonly { readonly name: string; readonly surface: string; readonly slot: string; readonly title: Localised }[];
  readonly events: { readonly emits: readonly string[]; readonly handles: readonly string[] };
  readonly limits: readonly { readonly name: string; readonly asked: number; readonly granted: number }[];
  readonly requires: readonly Requirement[];
  /** Plugins that have to run in this shop before; in that order. */
  readonly installFirst: readonly { readonly id: string; readonly title: Localised; readonly state: InstallState }[];
  readonly purgeAfter: number | null;
  readonly change: PreviewChange | null;
}
