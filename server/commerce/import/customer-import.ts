import type { ImportField, ShopContext } from '../../plugin-api/index.js';
import type { CommerceIntake, CustomerSnapshot } from '../snapshots.js';
import type { ReportBuilder } from './import-report.js';
import { parseInstant, type DateOptions } from './import-values.js';
import type { MappedRow } from './row-source.js';
import { SeenKeys } from './seen-keys.js';

const field = (name: string, en: string, zh: string, aliases: readonly string[]): ImportField => ({ name, label: { en, 'zh-CN': zh }, required: false, aliases });

/** Columns of customer files; aliases of Shopify's `customers_export` stand first. */
export const CUSTOMER_FIELDS: readonly ImportField[] = [
  field('customer', 'Customer id', '顾客编号', ['customer id', 'id', 'customer_id', 'master_id', 'customer no', 'user id', 'member id', '会员编号', '客户编号']),
  field('email', 'E-mail', '电子邮箱', ['email', 'e-mail', 'email address', 'mail', '邮箱']),
  field('name', 'Name', '姓名', ['name', 'full name', 'customer name', 'default address name', '客户姓名']),
  field('firstName', 'First name', '名', ['first name', 'firstname', 'given name']),
  field('lastName', 'Last name', '姓', ['last name', 'lastname', 'surname', 'family name']),
  field('phone', 'Phone', '电话', ['phone', 'default address phone', 'mobile', '手机', '手机号']),
  field('locale', 'Language', '语言', ['locale', 'language']),
  field('createdAt', 'Customer since', '注册时间', ['created at', 'created', 'registered', 'signup date', '注册日期', '创建时间']),
];

/** Rows that customers were once merged from have neither id nor address. */
export function customerSnapshot(row: MappedRow, options: { readonly dates: DateOptions; readonly source: string; readonly shopify: boolean }, report: ReportBuilder): CustomerSnapshot | undefined {
  const { values } = row;
  const id = values['customer']?.replace(/^'/, '');
  const email = values['email']?.toLowerCase();
  if (id === undefined && email === undefined) { report.skip(row.row, 'missing', 'The row has neither a customer id nor an e-mail address.'); return undefined; }
  const created = values['createdAt'] === undefined ? undefined : parseInstant(values['createdAt'], options.dates);
  if (created && !created.ok) { report.skip(row.row, 'date', created.reason); return undefined; }
  const name = values['name'] ?? [values['firstName'], values['lastName']].filter((part) => part !== undefined).join(' ');
  return {
    externalId: id === undefined ? `${options.source}:${email!}` : options.shopify && /^\d+$/.test(id) ? `gid://shopify/Customer/${id}` : `${options.source}:${id}`,
    // An import knows nothing newer than the platform: its word counts until the platform speaks.
    updatedAt: created?.value ?? 0, ...(created ? { createdAt: created.value } : {}),
    ...(email === undefined ? {} : { email }), ...(name === '' ? {} : { name }), ...(values['phone'] === undefined ? {} : { phone: values['phone'].replace(/^'/, '') }), ...(values['locale'] === undefined ? {} : { locale: values['locale'] }),
  };
}

/** Takes customers one unit each; the data layer commits those of a block together. */
export async function takeCustomers(ctx: ShopContext, intake: CommerceIntake, rows: readonly MappedRow[], snapshots: readonly CustomerSnapshot[], seen: SeenKeys, report: ReportBuilder): Promise<void> {
  await Promise.all(snapshots.map(async (snapshot, index) => {
    const row = rows[index]!.row;
    if (seen.add(snapshot.externalId) > 1) { report.skip(row, 'duplicate', 'The customer stands in the file more than once; the first is taken.'); return; }
    try {
      if ((await intake.customer(ctx, snapshot)).created) report.taken += 1; else report.unchanged += 1;
    } catch (error) { report.skipRefused(row, error); }
  }));
}
