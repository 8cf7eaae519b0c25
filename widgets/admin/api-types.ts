import type { LocalisedText, SettingFieldsJson } from '../kit/setting-fields.js';
import type { ValueFormat } from '../kit/format.js';

// Answers of `/api/admin/…` as the admin reads them.

export interface AdminWidget {
  readonly plugin: string; readonly name: string; readonly tag: string; readonly slot: string; readonly url: string; readonly stringsUrl?: string;
  readonly title: LocalisedText | string; readonly icon?: string; readonly weight?: number; readonly runtime: number; readonly settings?: Readonly<Record<string, unknown>>;
}
export interface AdminBootstrap {
  readonly shop: { readonly name: string; readonly key: string; readonly currency: string; readonly currencyDigits: Readonly<Record<string, number>>; readonly zone: string; readonly dayStartHour: number; readonly locale: string; readonly platform: string };
  readonly staff: { readonly name: string; readonly role: string };
  readonly demo: boolean;
  readonly now: number;
  readonly plugins: readonly { readonly id: string; readonly title: LocalisedText; readonly icon: string; readonly stringsUrl: string }[];
  readonly widgets: readonly AdminWidget[];
  readonly storefrontUrl?: string;
}
export interface TileAnswer { readonly plugin: string; readonly name: string; readonly label: LocalisedText; readonly value: number; readonly format: ValueFormat; readonly trend?: readonly number[]; readonly attention?: LocalisedText }
export interface HomeAnswer {
  readonly kpis: { readonly customers: number; readonly customersNew30: number; readonly orders30: number; readonly sales30: number; readonly currency: string; readonly outstandingPoints: number; readonly liability: number };
  readonly salesByDay: readonly { readonly date: string; readonly sales: number; readonly orders: number }[];
  readonly pointsByDay: readonly { readonly date: string; readonly issued: number; readonly spent: number }[];
  readonly tiles: readonly TileAnswer[];
  readonly setup: readonly { readonly name: string; readonly done: boolean }[];
  readonly attention: readonly { readonly name: string; readonly count: number; readonly href: string }[];
}
export interface CustomerRow { readonly id: string; readonly kind: 'guest' | 'member'; readonly name: string | null; readonly emailMasked: string | null; readonly orders: number; readonly spent: number; readonly currency: string; readonly points: number; readonly lastOrderAt: number | null; readonly createdAt: number }
export interface BalanceAnswer { readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly expiring: readonly { readonly amount: number; readonly at: number }[] }
export interface CustomerAnswer {
  readonly person: { readonly id: string; readonly kind: 'guest' | 'member'; readonly name: string | null; readonly emailMasked: string | null; readonly phoneMasked?: string | null; readonly locale: string | null; readonly createdAt: number };
  readonly balance: BalanceAnswer;
  readonly totals: { readonly orders: number; readonly spent: number; readonly currency: string };
}
export interface OrderRow { readonly id: string; readonly number: string; readonly personId?: string | null; readonly personName?: string | null; readonly currency: string; readonly placedAt: number; readonly paidAt?: number | null; readonly deliveredAt?: number | null; readonly cancelledAt?: number | null; readonly status?: string; readonly total: number; readonly refundedTotal: number; readonly lines?: readonly { readonly title: string; readonly quantity: number }[] }
export interface LedgerRow { readonly id: string; readonly at: number; readonly kind: string; readonly available: number; readonly pending: number; readonly debt?: number; readonly goods?: readonly { readonly title: string; readonly refunded: number; readonly of: number }[]; readonly source: string; readonly causeRef: string | null; readonly note: string | null; readonly actor: string; readonly personId?: string; readonly name?: string | null }
export interface TimelineRow { readonly id: string; readonly at: number; readonly icon: string; readonly title: LocalisedText; readonly detail?: string; readonly plugin: string; /** Points: what moved them. */ readonly why?: { readonly kind: string; readonly source: string } }
export interface SettingsAnswer { readonly values: Readonly<Record<string, unknown>>; readonly fields: SettingFieldsJson; readonly version?: number }
export interface EconomyAnswer {
  readonly totals: { readonly outstanding: number; readonly pending: number; readonly held: number; readonly debt: number; readonly liability: number; readonly currency: string };
  readonly expiring: readonly { readonly date: string; readonly amount: number }[];
  readonly top: readonly { readonly personId: string; readonly name: string | null; readonly available: number; readonly pending: number; readonly earned: number }[];
}
export interface ActivityRow { readonly id: string; readonly type: string; /** As its module calls the type. */ readonly typeTitle?: LocalisedText; readonly title: string; readonly state: 'draft' | 'checked' | 'scheduled' | 'live' | 'paused' | 'ended' | 'settled' | 'archived'; readonly startsAt: number | null; readonly endsAt: number | null; readonly version: number; readonly createdAt: number }
export interface AuditRow { readonly seq: number; readonly at: number; readonly actor: string; readonly action: string; readonly target: string; readonly detail: Readonly<Record<string, unknown>> }
export interface PrivacyRequestRow {
  readonly id: string; readonly topic: 'data_request' | 'redact' | 'shop_redact'; readonly ref: string; readonly personId: string | null; readonly personName: string | null; readonly personErased: boolean; readonly state: 'open' | 'done' | 'failed';
  readonly receivedAt: number; readonly dueAt: number; readonly completedAt: number | null; readonly error: string | null; readonly hasPackage: boolean; readonly receipt: unknown;
}
export interface PurgeRow { readonly id: string; readonly plugin: string; readonly title?: LocalisedText; readonly version: string | null; readonly startedAt: number; readonly finishedAt: number | null; readonly by: string; readonly rows: Readonly<Record<string, number>> }
export interface SystemAnswer {
  readonly plugins: readonly { readonly id: string; readonly version?: string; readonly state: string; readonly code?: string; readonly error?: string; readonly ms: Readonly<Record<string, number>> }[];
  readonly jobs: readonly { readonly owner: string; readonly name: string; readonly startedAt: number; readonly ms: number; readonly ok: boolean; readonly error: string | null }[];
  readonly events: { readonly waiting: number; readonly oldestMs: number; readonly dead: number };
  readonly engine: string; readonly version: string; readonly uptimeMs: number;
}
/** An event that one consumer could not take in ten tries. */
export interface DeadEvent { readonly id: string; readonly name: string; readonly at: number; readonly consumer: string; readonly attempts: number; readonly error: string | null }
export interface ShopSettings { readonly name: string; readonly zone: string; readonly dayStartHour: number; readonly locale: 'en' | 'zh-CN'; readonly currency: string }
export interface ImportDraft { readonly importId: string; readonly columns: readonly string[]; readonly sample: readonly (readonly string[])[]; readonly mapping: Readonly<Record<string, string | null>>; readonly fields: readonly { readonly name: string; readonly label: LocalisedText | string; readonly required: boolean }[]; readonly file: string; readonly companions: readonly ImportCompanion[]; readonly complaint?: string }
export interface ImportCompanion { readonly name: string; readonly by: string; readonly adds: readonly string[]; readonly rows: number; readonly matched: number; readonly sampled: number }
export interface ImportState { readonly state: 'mapped' | 'running' | 'done' | 'failed' | 'cancelled'; readonly read: number; readonly taken: number; readonly skipped: number; readonly total?: number | null; readonly unchanged?: number; readonly problems: readonly { readonly row: number; readonly reason?: string; readonly code?: string; readonly message?: string; readonly value?: string | null; readonly taken?: boolean }[]; readonly startedAt?: number; readonly error?: string | null }
