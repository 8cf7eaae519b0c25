import type { LocalisedText, SettingFieldsJson } from '../../kit/setting-fields.js';

// Answers of `/api/admin/marketplace…` as the admin reads them.

export interface Picture { readonly url: string; readonly alt: LocalisedText }
export interface Named { readonly id: string; readonly title: LocalisedText; readonly state: string }
export interface VersionNotes { readonly version: string; readonly date: string; readonly notes: LocalisedText }
export interface Requirement extends Named { readonly range: string; readonly optional: boolean; readonly version: string | null; readonly ok: boolean; readonly contracts: readonly { readonly token: string; readonly range: string }[] }

export interface MarketItem {
  readonly id: string; readonly version: string; readonly availableVersion: string; readonly title: LocalisedText; readonly summary: LocalisedText; readonly description?: LocalisedText;
  readonly icon: string; readonly category: string; readonly keywords: readonly string[]; readonly pricing?: LocalisedText; readonly support?: string; readonly picture?: Picture;
  readonly state: string; readonly hostState: string; readonly error?: string; /** `error` in a few words. */ readonly errorTitle?: string; readonly needsConsent: boolean; readonly working: boolean;
  readonly hold?: { readonly cause: 'older-code' | 'requirement'; readonly plugins: readonly string[]; readonly version: string | null };
  readonly cause: string | null; readonly reason: string | null; readonly lastError: string | null; readonly installedAt?: number; readonly purgeAfter?: number;
  /** Compressed bytes that a shopper loads. */
  readonly bytes: number;
  readonly capabilities: readonly { readonly name: string; readonly reason: LocalisedText; readonly optional: boolean }[];
  readonly personalData: readonly { readonly entity: string; readonly fields: readonly string[]; readonly onErase: string; readonly titles: Readonly<Record<string, LocalisedText>> }[];
  readonly settings?: SettingFieldsJson;
  readonly widgets: readonly { readonly name: string; readonly surface: string; readonly slot: string; readonly title: LocalisedText }[];
}
export interface MarketDetail extends MarketItem {
  readonly screenshots: readonly Picture[]; readonly changes: readonly VersionNotes[]; readonly requires: readonly Requirement[]; readonly requiredBy: readonly Named[]; readonly granted: readonly string[];
  readonly consent?: { readonly version: string; readonly actor: string; readonly at: number; readonly granted: readonly string[]; readonly declined: readonly string[] };
  readonly purgedAt?: number;
}
export interface TableRows { readonly name: string; readonly rows: number }
/** What is kept of a module after an uninstall, and until when. */
export interface LeaveFacts { readonly keptDays: number; readonly keptUntil: number; readonly tables: readonly TableRows[] }
interface Names { readonly added: readonly string[]; readonly removed: readonly string[] }
export interface PreviewChange {
  readonly from: string; readonly to: string; readonly capabilities: Names; readonly hosts: Names; readonly personalData: Names; readonly widgets: Names;
  readonly jobsPerDay: { readonly from: number; readonly to: number }; readonly storefrontBytes: { readonly from: number; readonly to: number };
  readonly settings: { readonly added: readonly string[]; readonly dropped: readonly string[]; readonly error: string | null }; readonly changes: readonly VersionNotes[];
}
export interface MarketPreview {
  readonly id: string; readonly version: string; readonly title: LocalisedText; readonly summary: LocalisedText; readonly pricing: LocalisedText | null; readonly hash: string; readonly state: string;
  readonly kind: 'install' | 'restore' | 'upgrade' | 'review'; readonly needsConsent: boolean;
  readonly capabilities: readonly { readonly name: string; readonly reason: LocalisedText; readonly optional: boolean; readonly granted: boolean | null; readonly added: boolean }[];
  readonly hosts: readonly { readonly host: string; readonly reason: LocalisedText; readonly optional: boolean; readonly added: boolean }[];
  readonly tables: readonly TableRows[];
  readonly personalData: readonly { readonly entity: string; readonly fields: readonly string[]; readonly added: readonly string[]; readonly onErase: string; readonly titles: Readonly<Record<string, LocalisedText>> }[];
  readonly jobs: readonly { readonly name: string; readonly schedule: string; readonly perDay: number }[]; readonly jobsPerDay: number; readonly storefrontBytes: number;
  readonly widgets: readonly { readonly name: string; readonly surface: string; readonly slot: string; readonly title: LocalisedText }[];
  readonly limits: readonly { readonly name: string; readonly asked: number; readonly granted: number }[];
  readonly requires: readonly Requirement[]; readonly installFirst: readonly Named[]; readonly purgeAfter: number | null; readonly change: PreviewChange | null;
}
/** How far a change of an install is. */
export interface Moved { readonly state: string; readonly version: string; readonly working: boolean; readonly purgeAfter: number | null; readonly lastError: string | null }
