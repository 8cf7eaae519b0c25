import { refused, type Database, type ShopContext } from '../../plugin-api/index.js';
import type { CommerceIntake, ProductSnapshot } from '../snapshots.js';
import { plainName } from './column-mapping.js';
import { customerSnapshot, takeCustomers } from './customer-import.js';
import { ReportBuilder, type ImportReport } from './import-report.js';
import type { ImportTargets } from './import-targets.js';
import { OrderAssembly } from './order-assembly.js';
import { OrderBatches, type BatchIntake } from './order-import.js';
import { ProductAssembly, takeProducts } from './product-import.js';
import { openRows, type MappedRow, type RowSource } from './row-source.js';
import { SeenKeys } from './seen-keys.js';

export interface ImportParts { readonly db: Database; readonly intake: CommerceIntake & BatchIntake; readonly targets: ImportTargets }
export interface ImportRequest {
  /** `orders`, `customers`, `products`, or a kind that a plugin takes. */
  readonly kind: string;
  readonly file: string;
  /** Companion files whose rows are looked up by a shared column, e.g. dates and customers of invoices. */
  readonly joins?: readonly string[];
  /** What the companions are called in messages; the names of their files if not given. */
  readonly joinNames?: readonly string[];
  /** Field → column, over what is recognised; an empty column leaves the field out. */
  readonly map?: Readonly<Record<string, string>>;
  /** Currency of amounts without one; the shop's if not given. */
  readonly currency?: string;
  /** Stands before ids of the file, so that two systems' numbers do not meet; `csv` if not given. */
  readonly source?: string;
  /** Whether 03/04/2026 is the third of April; no if not given. */
  readonly dayFirst?: boolean;
  readonly signal?: AbortSignal;
  /** Called after each batch. `share` is the part of the file that is done, 0–1. */
  readonly onProgress?: (progress: { readonly share: number; readonly read: number; readonly taken: number; readonly skipped: number }) => void;
}

const BLOCK = 500;

/** Shopify's own exports, told by columns that nobody else names so. */
const isShopifyExport = (header: readonly string[]): boolean => {
  const names = new Set(header.map(plainName));
  return (names.has('lineitemquantity') && names.has('financialstatus')) || (names.has('acceptsemailmarketing') && names.has('totalspent')) || (names.has('acceptsmarketing') && names.has('totalspent'));
};

/** The file's columns with what they would be imported as, for a preview. @throws GX_IMPORT_FILE, GX_IMPORT_MAP, GX_IMPORT_JOIN… (422) */
export async function openImport(targets: ImportTargets, request: Pick<ImportRequest, 'kind' | 'file' | 'joins' | 'joinNames' | 'map' | 'signal'>): Promise<RowSource> {
  return openRows(request.file, targets.kind(request.kind).fields, request);
}

/** What is missing before the file can be imported; undefined when nothing is. */
export function complaint(kind: string, source: RowSource): string | undefined {
  const { mapping, missing } = source.result;
  if (missing.length > 0) return `No column was found for: ${missing.join(', ')}. Name them with --map field=column. Columns: ${source.header.join(', ')}.`;
  if (kind === 'orders' && !['total', 'unitPrice', 'lineTotal', 'subtotal'].some((name) => mapping.has(name))) return `No column was found for an amount (total, unitPrice or lineTotal). Columns: ${source.header.join(', ')}.`;
  if (kind === 'orders' && !['order', 'platformId', 'customer', 'email'].some((name) => mapping.has(name))) return `No column was found for an order number or a customer. Columns: ${source.header.join(', ')}.`;
  return undefined;
}

/**
 * Imports a file as it streams by: memory does not grow with it, a second run changes nothing. Rows that cannot be taken are reported and
 * the rest goes in. Cancelling stops between batches; what was taken stays.
 * @throws GX_IMPORT_FILE, GX_IMPORT_MAP, GX_IMPORT_JOIN… (422), GX_NOT_FOUND for an unknown kind.
 */
export async function runImport(ctx: ShopContext, parts: ImportParts, request: ImportRequest): Promise<ImportReport> {
  const report = new ReportBuilder();
  let source: RowSource;
  try { source = await openImport(parts.targets, request); } catch (error) {
    if (request.signal?.aborted) return report.build(true);
    throw error;
  }
  const wrong = complaint(request.kind, source);
  if (wrong !== undefined) throw refused('GX_IMPORT_MAP', wrong, { missing: source.result.missing });
  const sink = sinkOf(ctx, parts, request, source, report);
  try {
    for await (const { rows, share } of source.rows(report)) {
      for (const row of rows) if (sink.push(row)) { await sink.flush(); request.signal?.throwIfAborted(); }
      request.onProgress?.({ share, read: report.read, taken: report.taken, skipped: report.skipped });
      request.signal?.throwIfAborted();
    }
    sink.finish?.();
    await sink.flush();
  } catch (error) {
    if (request.signal?.aborted) return report.build(true);
    throw error;
  }
  request.onProgress?.({ share: 1, read: report.read, taken: report.taken, skipped: report.skipped });
  return report.build();
}

/** Takes rows; `push` answers whether it is time to flush. */
interface Sink { push(row: MappedRow): boolean; finish?(): void; flush(): Promise<void> }

function sinkOf(ctx: ShopContext, parts: ImportParts, request: ImportRequest, source: RowSource, report: ReportBuilder): Sink {
  const shared = {
    currency: (request.currency ?? ctx.shop.currency).toUpperCase(), source: request.source ?? 'csv', shopify: isShopifyExport(source.header),
    dates: { zone: ctx.shop.zone, now: ctx.now, dayFirst: request.dayFirst ?? false },
  };
  switch (request.kind) {
    case 'orders': return orderSink(ctx, parts, source, { ...shared, shop: ctx.shop }, report);
    case 'customers': return customerSink(ctx, parts, shared, report);
    case 'products': return productSink(ctx, parts, { ...shared, now: ctx.now }, report);
    default: return targetSink(ctx, parts, request.kind, report);
  }
}

function orderSink(ctx: ShopContext, parts: ImportParts, source: RowSource, options: ConstructorParameters<typeof OrderAssembly>[1], report: ReportBuilder): Sink {
  const assembly = new OrderAssembly(source.result.mapping, options, report);
  const batches = new OrderBatches(ctx, parts.db, parts.intake, report);
  let last = 2;
  const add = (row: number, done: ReturnType<OrderAssembly['push']>): void => { if (done) batches.add(row, done); };
  return {
    push(row) { add(last, assembly.push(row)); last = row.row; return batches.full; },
    finish() { add(last, assembly.finish()); },
    flush: () => batches.flush(),
  };
}

function customerSink(ctx: ShopContext, parts: ImportParts, options: Parameters<typeof customerSnapshot>[1], report: ReportBuilder): Sink {
  const seen = new SeenKeys();
  let rows: MappedRow[] = [];
  let snapshots: NonNullable<ReturnType<typeof customerSnapshot>>[] = [];
  return {
    push(row) {
      const snapshot = customerSnapshot(row, options, report);
      if (snapshot) { rows.push(row); snapshots.push(snapshot); }
      return rows.length >= BLOCK;
    },
    async flush() {
      const [takenRows, takenSnapshots] = [rows, snapshots];
      rows = []; snapshots = [];
      await takeCustomers(ctx, parts.intake, takenRows, takenSnapshots, seen, report);
    },
  };
}

function productSink(ctx: ShopContext, parts: ImportParts, options: ConstructorParameters<typeof ProductAssembly>[0], report: ReportBuilder): Sink {
  const assembly = new ProductAssembly(options, report);
  let products: { row: number; snapshot: ProductSnapshot }[] = [];
  let last = 2;
  const add = (snapshot: ProductSnapshot | undefined): void => { if (snapshot) products.push({ row: last, snapshot }); };
  return {
    push(row) { add(assembly.push(row)); last = row.row; return products.length >= BLOCK / 5; },
    finish() { add(assembly.finish()); },
    async flush() { const taken = products; products = []; await takeProducts(ctx, parts.intake, taken, report); },
  };
}

function targetSink(ctx: ShopContext, parts: ImportParts, kind: string, report: ReportBuilder): Sink {
  const target = parts.targets.target(kind)!;
  const required = target.fields.filter((field) => field.required).map(({ name }) => name);
  let rows: MappedRow[] = [];
  return {
    push(row) {
      const missing = required.find((name) => row.values[name] === undefined);
      if (missing !== undefined) { report.skip(row.row, 'missing', `The row has no ${missing}.`); return false; }
      rows.push(row);
      return rows.length >= BLOCK;
    },
    async flush() {
      const taken = rows;
      rows = [];
      if (taken.length === 0) return;
      const answer = await target.take(ctx, taken);
      report.taken += answer.taken;
      report.unchanged += answer.unchanged;
      for (const { row, reason } of answer.skipped) report.skip(row, 'refused', reason);
    },
  };
}
