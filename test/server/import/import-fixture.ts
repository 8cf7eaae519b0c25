import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CommerceIntakeService } from '../../../server/commerce/commerce-intake.service.js';
import { DiscountCodesService } from '../../../server/commerce/discount-codes.service.js';
import { ImportTargets } from '../../../server/commerce/import/import-targets.js';
import { runImport, type ImportParts, type ImportRequest } from '../../../server/commerce/import/run-import.js';
import type { ImportReport } from '../../../server/commerce/import/import-report.js';
import * as importJobs from '../../../server/commerce/import/schema.js';
import * as commerce from '../../../server/commerce/schema.js';
import type { DataStore } from '../../../server/data/data-store.js';
import { OrderEarningService } from '../../../server/economy/earning/order-earning.service.js';
import * as economy from '../../../server/economy/schema.js';
import { OutboxService } from '../../../server/events/outbox.service.js';
import * as events from '../../../server/events/schema.js';
import type { ShopContext } from '../../../server/plugin-api/index.js';
import type { DatabaseOptions } from '../../kit/databases.js';

/** The tables that imports write to. */
export const importDatabase: DatabaseOptions = {
  entities: [...commerce.entities, ...economy.entities, ...events.entities, ...importJobs.entities],
  migrations: [...commerce.migrations, ...importJobs.migrations, ...economy.migrations, ...events.migrations],
};

export function importParts(store: DataStore): ImportParts {
  const outbox = new OutboxService(store);
  const intake = new CommerceIntakeService(store, outbox, new OrderEarningService(store), new DiscountCodesService(store, outbox));
  return { db: store, intake, targets: new ImportTargets() };
}

/** Files of one suite, and imports of them. */
export class ImportBench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'guanxi-import-'));
  #count = 0;
  constructor(readonly parts: ImportParts, readonly ctx: ShopContext) {}

  file(content: string | Uint8Array, zipped = false): string {
    const path = join(this.#folder, `${++this.#count}.csv${zipped ? '.gz' : ''}`);
    writeFileSync(path, zipped ? gzipSync(content) : content);
    return path;
  }
  import(kind: string, content: string | Uint8Array, more: Partial<ImportRequest> = {}): Promise<ImportReport> {
    return runImport(this.ctx, this.parts, { kind, file: this.file(content), ...more });
  }
  dispose(): void { rmSync(this.#folder, { recursive: true, force: true }); }
}
