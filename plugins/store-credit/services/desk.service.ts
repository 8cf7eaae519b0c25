import { addDays, businessDate, startOfBusinessDate, type Customers, type Database, type Page, type PageRequest, type ShopContext, type TimelineEntry } from 'guanxi/plugin';
import { Entry, type EntryKind } from '../entities/entry.entity.js';
import { ACCOUNT_OF, ACCOUNTS, BY_KIND, HISTORY, OPEN_USE, SPENT, SUMS, type AccountLine } from './credit.statements.js';
import { TITLES } from './entry-titles.js';

export interface Overview { readonly outstanding: number; readonly accounts: number; readonly held: number; readonly codes: number; readonly added: number; readonly spent: number; readonly days: number }
export interface NamedAccount { readonly personId: string; readonly name: string | null; readonly balance: number; readonly changedAt: number | null }
export type NamedEntry = Entry & { readonly name: string | null };
export interface OwnAccount {
  readonly balance: number; readonly open: { readonly id: string; readonly code: string; readonly amount: number; readonly expiresAt: number } | null;
  readonly entries: readonly { readonly id: string; readonly kind: EntryKind; readonly amount: number; readonly at: number; readonly reason: string | null }[];
}
const DAYS = 30;
/** Of their account shoppers see the latest movements. */
const SHOWN = 20;

/** What staff and shoppers see of accounts. */
export class CreditDesk {
  constructor(private readonly db: Database, private readonly customers: Customers) {}

  /** What the shop owes, and what was added, and kept by orders, in 30 days. */
  overview(ctx: ShopContext): Promise<Overview> {
    return this.db.read(ctx, async (q) => {
      const sums = (await q.one(SUMS))!;
      const since = addDays(businessDate(ctx.shop, ctx.now), 1 - DAYS);
      const spent = (await q.one(SPENT, { since: startOfBusinessDate(ctx.shop, since) }))!.amount;
      const by = new Map((await q.many(BY_KIND, { since })).map(({ kind, amount }) => [kind, amount]));
      const sum = (...kinds: readonly EntryKind[]): number => kinds.reduce((all, kind) => all + (by.get(kind) ?? 0), 0);
      return { outstanding: sums.outstanding, accounts: sums.accounts, held: sums.held, codes: sums.codes, added: sum('credit', 'adjustment', 'reversal'), spent, days: DAYS };
    });
  }

  /** Accounts, the richest first. */
  async accounts(ctx: ShopContext, { limit = 50, cursor }: PageRequest): Promise<Page<NamedAccount>> {
    const [balance = '', after = ''] = cursor?.split(' ') ?? [];
    const rows = await this.db.read(ctx, (q) => q.many(ACCOUNTS, { balance: balance === '' ? Number.MAX_SAFE_INTEGER : Number(balance), after, limit: limit + 1 }));
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: await this.#named(ctx, rows.slice(0, limit)), ...(last ? { next: `${last.balance} ${last.person_id}` } : {}) };
  }

  /** Of these customers, those who may have an account, also if they have none yet. */
  async accountsOf(ctx: ShopContext, people: readonly string[]): Promise<NamedAccount[]> {
    const known = await this.customers.byIds(ctx, people);
    const ids = [...new Set(people.flatMap((id) => { const person = known.get(id); return person?.kind === 'member' ? [person.id] : []; }))];
    const rows = await this.db.read(ctx, async (q) => { const found: (AccountLine | undefined)[] = []; for (const person of ids) found.push(await q.one(ACCOUNT_OF, { person })); return found; });
    return ids.map((personId, at) => ({ personId, name: known.get(personId)?.name ?? null, balance: rows[at]?.balance ?? 0, changedAt: rows[at]?.changed_at ?? null }));
  }

  async #named(ctx: ShopContext, rows: readonly AccountLine[]): Promise<NamedAccount[]> {
    const people = await this.customers.byIds(ctx, rows.map((row) => row.person_id));
    return rows.map((row) => ({ personId: row.person_id, name: people.get(row.person_id)?.name ?? null, balance: row.balance, changedAt: row.changed_at }));
  }

  /** Movements of one account or of all, newest first. */
  async entries(ctx: ShopContext, personId: string | undefined, page: PageRequest): Promise<Page<NamedEntry>> {
    const found = await this.db.read(ctx, (q) => q.page(Entry, personId === undefined ? {} : { personId }, { by: 'at', direction: 'desc' }, page));
    const people = await this.customers.byIds(ctx, [...new Set(found.items.map((each) => each.personId))]);
    return { ...found, items: found.items.map((each) => Object.assign(each, { name: people.get(each.personId)?.name ?? null })) };
  }

  own(ctx: ShopContext, person: string): Promise<OwnAccount> {
    return this.db.read(ctx, async (q) => {
      const [account, open] = [await q.one(ACCOUNT_OF, { person }), await q.one(OPEN_USE, { person })];
      const entries = await q.many(HISTORY, { person, before: Number.MAX_SAFE_INTEGER, limit: SHOWN });
      return { balance: account?.balance ?? 0, open: open ? { id: open.id, code: open.code, amount: open.amount, expiresAt: open.expires_at } : null, entries };
    });
  }

  timeline(ctx: ShopContext, person: string, { before, limit }: { readonly before: number; readonly limit: number }, say: (minor: number, locale: 'en' | 'zh-CN') => string): Promise<readonly TimelineEntry[]> {
    return this.db.read(ctx, async (q) => (await q.many(HISTORY, { person, before, limit })).map(({ id, kind, amount, at, reason }) => ({
      id, at, icon: 'coins', title: { 'en': `${TITLES[kind].en}: ${say(amount, 'en')}`, 'zh-CN': `${TITLES[kind]['zh-CN']}：${say(amount, 'zh-CN')}` }, ...(reason === null ? {} : { detail: reason }),
    })));
  }
}
