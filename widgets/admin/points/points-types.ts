// Answers of `/api/admin/points/…` and `/api/admin/customers/{id}/points` as the admin reads them.

export interface Programme {
  readonly version: number; readonly name: { readonly en: string; readonly 'zh-CN': string }; readonly worth: number; readonly liveDays: number | null; readonly returnDays: number; readonly undeliveredDays: number;
  readonly debtPolicy: string; readonly guestLimit: number; readonly guestDays: number; readonly adjustmentLimit: number;
}
export interface ProgrammeVersion extends Programme { readonly at: number; readonly actor: string }
export interface ProgrammeAnswer { readonly programme: Programme; readonly currency: string; readonly versions: readonly ProgrammeVersion[] }
export interface AdjustmentRow { readonly id: string; readonly personId: string; readonly name: string | null; readonly amount: number; readonly reason: string; readonly requestedBy: string; readonly requestedAt: number; readonly own: boolean }
export interface NoticeRow { readonly id: string; readonly personId: string; readonly name: string | null; readonly at: number; readonly amount: number; readonly days: number; readonly toldAt: number }
export interface Goods { readonly title: string; readonly refunded: number; readonly of: number }
export interface LotStory {
  readonly id: string; readonly got: number; readonly left: number; readonly pending: boolean; readonly activatesAt: number; readonly expiresAt: number | null; readonly reopened: boolean; readonly kind: string; readonly source: string; readonly at: number; readonly note: string | null;
  readonly order: { readonly id: string; readonly number: string; readonly title: string; readonly paid: number; readonly currency: string; readonly rule: number | null } | null;
  readonly uses: readonly { readonly amount: number; readonly kind: string; readonly source: string; readonly at: number; readonly note: string | null; readonly goods: readonly Goods[] }[];
}
export interface Explanation {
  readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly lots: readonly LotStory[];
  readonly holds: readonly { readonly amount: number; readonly source: string; readonly until: number }[];
  readonly debts: readonly { readonly amount: number; readonly kind: string; readonly source: string; readonly at: number; readonly goods: readonly Goods[] }[];
  readonly replay: { readonly entries: number; readonly available: number; readonly agrees: boolean };
}
export interface MergeRow { readonly id: string; readonly from: string; readonly into: string; readonly at: number; readonly until: number; readonly undoneAt: number | null; readonly points: number }
