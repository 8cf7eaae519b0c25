import { pluginTables } from '../../server/privacy/plugin-tables.js';
import { statement, type Scalar, type ShopContext } from '../../server/plugin-api/index.js';
import type { TestHost } from '../kit/test-host.js';

export type Row = Readonly<Record<string, Scalar>>;
/** Tables of the core that plugins write through their capabilities. */
export const THROUGH = ['activity', 'activity_version', 'discount_code', 'ledger_transaction', 'posting', 'value_grant'];
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A table with more rows is looked at by its ends and its counts: a demo's thousands of sample rows are all alike. */
const MANY = 300;

const known = new Map<string, ReturnType<typeof statement>>();
/** The same statement for the same text, which each connection then prepares once. */
const kept = <T>(text: string): ReturnType<typeof statement<T>> => {
  const found = known.get(text) ?? statement<T>(text);
  known.set(text, found);
  return found as ReturnType<typeof statement<T>>;
};

const countOf = async (host: TestHost, ctx: ShopContext, table: string): Promise<number> =>
  (await host.services.store.read(ctx, (q) => q.one(kept<{ n: number }>(`SELECT CAST(COUNT(*) AS BIGINT) AS n FROM ${table} WHERE shop_id = :shop`))))?.n ?? 0;

const ordered = (rows: readonly Row[]): readonly Row[] => {
  const key = (row: Row): string => String(row['id'] ?? JSON.stringify(row));
  return [...rows].sort((a, b) => byText(key(a), key(b)));
};
/** A shop's rows of one table, in the order of their ids; ids are made in the order of time. */
export async function rowsOf(host: TestHost, ctx: ShopContext, table: string): Promise<readonly Row[]> {
  return ordered(await host.services.store.read(ctx, (q) => q.many<Row>(kept<Row>(`SELECT * FROM ${table} WHERE shop_id = :shop`))));
}
const listIds = (table: string, order: 'ASC' | 'DESC', limit: number) => kept<{ id: string }>(`SELECT id FROM ${table} WHERE shop_id = :shop ORDER BY id ${order} LIMIT ${limit}`);
/** Ids of a shop's rows with their places in the table; of many rows only the first and the last. Nothing of a table without ids. */
export async function idsOf(host: TestHost, ctx: ShopContext, table: string): Promise<readonly { readonly id: string; readonly place: string }[]> {
  const list = (order: 'ASC' | 'DESC', limit: number) => host.services.store.read(ctx, (q) => q.many(listIds(table, order, limit)));
  const ids = await list('ASC', MANY + 1).catch(() => []);
  const many = ids.length > MANY;
  const first = ids.slice(0, many ? MANY / 2 : MANY).map(({ id }, at) => ({ id, place: `${table}#${at}` }));
  return many ? [...first, ...(await list('DESC', MANY / 2)).map(({ id }, at) => ({ id, place: `${table}#-${at}` })).reverse()] : first;
}
/** The plugin's tables that hold rows of shops. */
export const tablesOf = async (host: TestHost, plugin: string): Promise<readonly string[]> => (await pluginTables(host.services.store, plugin)).rows.map(({ name }) => name);
/** Those, and the core's tables that plugins write through their capabilities. */
export const tablesWritten = async (host: TestHost, plugin: string): Promise<readonly string[]> => [...await tablesOf(host, plugin), ...THROUGH];

/** All rows of a shop in these tables as one text; equal texts mean that nothing changed. */
export async function snapshot(host: TestHost, ctx: ShopContext, tables: readonly string[], leaveOut: readonly string[] = []): Promise<string> {
  const lists = await host.services.store.read(ctx, async (q) => {
    const found: (readonly Row[])[] = [];
    for (const table of tables) found.push(await q.many<Row>(kept<Row>(`SELECT * FROM ${table} WHERE shop_id = :shop LIMIT ${MANY + 1}`)));
    return found;
  });
  const parts: string[] = [];
  for (const [at, table] of tables.entries()) {
    if (lists[at]!.length > MANY) {
      const latest = kept<{ at: number }>(`SELECT MAX(updated_at) AS at FROM ${table} WHERE shop_id = :shop`);
      parts.push(`${table} ${await countOf(host, ctx, table)} ${await host.services.store.read(ctx, (q) => q.one(latest)).then((row) => row?.at, () => '')}`);
    } else for (const row of ordered(lists[at]!)) parts.push(`${table} ${JSON.stringify(Object.entries(row).filter(([name]) => !leaveOut.includes(name)))}`);
  }
  return parts.join('\n');
}
/** The first table in which two snapshots differ. */
export function changedTable(before: string, after: string): string | undefined {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const line = b.find((each) => !a.includes(each)) ?? a.find((each) => !b.includes(each)) ?? (a.length === b.length ? undefined : a[0]);
  return line?.split(' ', 1)[0];
}
