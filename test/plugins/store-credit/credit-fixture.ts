import type { StoreCreditAccounts } from '../../../plugins/store-credit/contract.js';
import type { HttpClient, Shopper, TestServer } from '../../kit/index.js';

export const SHOP = '/api/storefront/plugins/store-credit';
export const ADMIN = '/api/admin/plugins/store-credit';
export interface Account { readonly member: boolean; readonly balance: number; readonly open: { readonly id: string; readonly code: string; readonly amount: number; readonly expiresAt: number } | null; readonly entries: readonly { readonly kind: string; readonly amount: number; readonly reason: string | null }[] }
export interface Spent { readonly id: string; readonly code: string; readonly amount: number; readonly balance: number }

export const account = (who: HttpClient): Promise<Account> => who.must<Account>('GET', `${SHOP}/account`);
export const balance = async (who: HttpClient): Promise<number> => (await account(who)).balance;
export const spend = (who: HttpClient, amount: number): Promise<Spent> => who.must<Spent>('POST', `${SHOP}/uses`, { amount });
/** As another module reaches it. */
export const accounts = (server: TestServer): StoreCreditAccounts => server.services.host.unit('store-credit')!.provided.get('store-credit.accounts') as StoreCreditAccounts;

export async function give(server: TestServer, who: Shopper, amount: number): Promise<void> {
  await (await server.admin()).must('POST', `${ADMIN}/adjustments`, { personId: who.personId, amount, reason: 'for the test' });
}
/** A member with so much in the account, minor units. */
export async function rich(server: TestServer, amount: number, name?: string): Promise<Shopper> {
  const who = await server.shopper(name === undefined ? {} : { name });
  await give(server, who, amount);
  return who;
}
