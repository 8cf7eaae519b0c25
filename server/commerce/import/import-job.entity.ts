import { Field, ShopEntity, Table, choice, flag, instant, integer, json, text, type Instant } from '../../plugin-api/index.js';
import type { ImportReport } from './import-report.js';

export const IMPORT_STATES = ['uploaded', 'running', 'done', 'cancelled', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
/** An uploaded file of an import: the table itself, or a companion. `stored` is its name in the imports folder. */
export interface ImportUpload { readonly name: string; readonly stored: string; readonly bytes: number }

/** One import of the admin: what was uploaded, how its columns are read, how far it is, and what came of it. */
@Table('import_job')
export class ImportJob extends ShopEntity {
  @Field(text({ max: 60 })) kind!: string;
  @Field(choice(IMPORT_STATES)) state!: ImportState;
  @Field(json()) files!: readonly ImportUpload[];
  /** Field → column. */
  @Field(json()) mapping!: Readonly<Record<string, string>>;
  @Field(text({ max: 3, nullable: true })) currency!: string | null;
  @Field(flag()) dayFirst!: boolean;
  /** Thousandths of the file. */
  @Field(integer()) progress!: number;
  @Field(integer()) rowsRead!: number;
  @Field(integer()) rowsTaken!: number;
  @Field(integer()) rowsSkipped!: number;
  @Field(json({ nullable: true })) report!: ImportReport | null;
  @Field(text({ max: 1_000, nullable: true })) error!: string | null;
  @Field(text({ max: 200 })) startedBy!: string;
  /** System time of the last sign of life of the process that runs it. */
  @Field(instant({ nullable: true })) aliveAt!: Instant | null;
  @Field(instant({ nullable: true })) startedAt!: Instant | null;
  @Field(instant({ nullable: true })) finishedAt!: Instant | null;
}
