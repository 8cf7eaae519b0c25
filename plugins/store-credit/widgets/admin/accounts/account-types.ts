export interface Overview { readonly outstanding: number; readonly accounts: number; readonly held: number; readonly codes: number; readonly added: number; readonly spent: number; readonly days: number }
/** Minor units. `changedAt` is null for who has no account yet. */
export interface Account { readonly personId: string; readonly name: string | null; readonly balance: number; readonly changedAt: number | null }
export interface Entry { readonly id: string; readonly personId: string; readonly name: string | null; readonly kind: string; readonly amount: number; readonly reason: string | null; readonly handledBy: string | null; readonly at: number }
