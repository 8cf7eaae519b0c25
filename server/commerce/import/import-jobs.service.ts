import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { actorName, conflict, GxError, newId, notFound, refused, type Page, type PageRequest, type ShopContext } from '../../plugin-api/index.js';
import { openCsv } from './csv-reader.js';
import { ImportJob, type ImportUpload } from './import-job.entity.js';
import { complaint, openImport, runImport, type ImportParts } from './run-import.js';
import { ReportBuilder } from './import-report.js';
import type { RowSource } from './row-source.js';

/** A file as it comes in; never held in memory. */
export interface IncomingFile { readonly name: string; readonly body: Readable }
export interface ImportPreview {
  readonly columns: readonly string[];
  /** Field → column as it would be imported. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly unused: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  /** The first rows, by field. */
  readonly sample: readonly { readonly row: number; readonly values: Readonly<Record<string, string | undefined>> }[];
  /** The first rows as they stand in the file, by column, with what the companions add. */
  readonly raw: readonly (readonly string[])[];
  /** How each companion file is joined to the table. */
  readonly companions: readonly JoinedFile[];
  /** What has to be mapped before the import can start. */
  readonly complaint: string | undefined;
}
export interface JoinedFile {
  readonly name: string;
  /** The shared column. */
  readonly by: string;
  readonly adds: readonly string[];
  /** Rows of the companion. */
  readonly rows: number;
  /** How many of the table's first rows (`sampled`) it knows. */
  readonly matched: number;
  readonly sampled: number;
}
export interface ImportChoice { readonly mapping?: Readonly<Record<string, string>>; readonly currency?: string | null; readonly dayFirst?: boolean }

const MOST_BYTES = 512 * 1024 * 1024;
const SAMPLE_ROWS = 10;
const MATCH_ROWS = 500;
const MOST_FILES = 4;

/** The table's first rows, blank ones passed over. */
async function firstRows(file: string): Promise<readonly (readonly string[])[]> {
  const first: (readonly string[])[] = [];
  for await (const { rows } of (await openCsv(file)).blocks) {
    for (const cells of rows) if (cells.some((cell) => cell.trim() !== '')) first.push(cells);
    if (first.length >= MATCH_ROWS) break;
  }
  return first.slice(0, MATCH_ROWS);
}

function joinsOf(source: RowSource, rows: readonly (readonly string[])[]): JoinedFile[] {
  return source.companions.map((companion): JoinedFile => ({
    name: companion.name, by: companion.by, adds: companion.columns.map(({ name }) => name), rows: companion.rows.size,
    matched: rows.filter((cells) => companion.rows.has(cells[companion.key]?.trim() ?? '')).length, sampled: rows.length,
  }));
}

const namesOf = (files: readonly ImportUpload[]): string[] => files.slice(1).map(({ name }) => name);
const started = (): Error => conflict('GX_IMPORT_STARTED', 'The import has been started or its files were changed meanwhile. Reload the page, or begin a new import.');

/** Imports of the admin: upload, preview of the mapping, start, progress, report, cancel. State is rows, so every node can show it. */
export class ImportJobsService {
  readonly #running = new Map<string, AbortController>();

  constructor(private readonly parts: ImportParts, private readonly folder: string, private readonly systemNow: () => number) {}

  /** Stores the files (the table first, then companions) under DATA_DIR/imports. @throws GX_IMPORT_SIZE (413) beyond 512 MB a file. */
  async upload(ctx: ShopContext, kind: string, files: readonly IncomingFile[]): Promise<ImportJob> {
    this.parts.targets.kind(kind);
    if (files.length === 0 || files.length > MOST_FILES) throw refused('GX_IMPORT_FILE', `Send one file, and at most ${MOST_FILES - 1} companion files with it.`);
    await mkdir(this.folder, { recursive: true });
    const stored: ImportUpload[] = [];
    try {
      for (const file of files) stored.push(await this.#store(file));
    } catch (error) {
      await this.#remove(stored);
      throw error;
    }
    return this.parts.db.write(ctx, (unit, inner) => unit.insert(ImportJob, {
      kind, state: 'uploaded', files: stored, mapping: {}, currency: null, dayFirst: false, progress: 0, rowsRead: 0, rowsTaken: 0, rowsSkipped: 0, startedBy: actorName(inner.actor),
    }));
  }

  /**
   * Adds a file to an import that has not been started: as a companion, or as the table when its rows repeat what stands once in the table
   * so far. One that cannot be joined is not kept.
   * @throws GX_IMPORT_JOIN… and GX_IMPORT_FILE (422), GX_IMPORT_STARTED (409), GX_IMPORT_SIZE (413)
   */
  async addCompanion(ctx: ShopContext, id: string, file: IncomingFile): Promise<ImportJob> {
    const job = await this.#waiting(ctx, id);
    if (job.files.length >= MOST_FILES) throw refused('GX_IMPORT_FILE', `An import takes at most ${MOST_FILES - 1} companion files. Join some of them before importing.`);
    const stored = await this.#store(file);
    try {
      const files = await this.#joinable(job, [...job.files, stored]).catch(async (error: unknown) => {
        if (!(error instanceof GxError) || error.code !== 'GX_IMPORT_JOIN_REPEATS') throw error;
        return this.#joinable(job, [stored, ...job.files]).catch(() => { throw error; });
      });
      return await this.#replaceFiles(ctx, job, files);
    } catch (error) {
      await this.#remove([stored]);
      throw error;
    }
  }

  /** Takes a companion away again; `place` counts from 1. @throws GX_NOT_FOUND, GX_IMPORT_STARTED (409) */
  async removeCompanion(ctx: ShopContext, id: string, place: number): Promise<ImportJob> {
    const job = await this.#waiting(ctx, id);
    const gone = place >= 1 ? job.files[place] : undefined;
    if (!gone) throw notFound('companion file', String(place));
    const changed = await this.#replaceFiles(ctx, job, job.files.filter((file) => file !== gone));
    await this.#remove([gone]);
    return changed;
  }

  list(ctx: ShopContext, request: PageRequest): Promise<Page<ImportJob>> {
    return this.parts.db.read(ctx, (q) => q.page(ImportJob, {}, { by: 'createdAt', direction: 'desc' }, request));
  }
  async get(ctx: ShopContext, id: string): Promise<ImportJob> {
    const job = await this.parts.db.read(ctx, (q) => q.findOne(ImportJob, { id }));
    if (!job) throw notFound('import', id);
    return job;
  }

  /** How the file would be read with this mapping; nothing is stored. */
  async preview(ctx: ShopContext, id: string, mapping: Readonly<Record<string, string>> = {}): Promise<ImportPreview> {
    const job = await this.get(ctx, id);
    const source = await this.#open(job.kind, job.files, mapping);
    const rows = await firstRows(this.#paths(job.files)[0]!);
    const sample: ImportPreview['sample'][number][] = [];
    for await (const { rows } of source.rows(new ReportBuilder())) {
      sample.push(...rows.slice(0, SAMPLE_ROWS - sample.length).map(({ row, values }) => ({ row, values })));
      if (sample.length >= SAMPLE_ROWS) break;
    }
    return {
      columns: source.header, mapping: Object.fromEntries([...source.result.mapping].map(([field, place]) => [field, source.header[place]!])), unused: source.result.unused,
      encoding: source.csv.encoding, delimiter: source.csv.delimiter, sample, raw: rows.slice(0, SAMPLE_ROWS).map((cells) => source.wide(cells).cells), companions: joinsOf(source, rows), complaint: complaint(job.kind, source),
    };
  }

  /**
   * Starts the import and answers at once; `get` tells how far it is. A finished, failed or cancelled import can be started again: what is
   * in already counts as unchanged. @throws GX_IMPORT_RUNNING (409), GX_IMPORT_MAP (422)
   */
  async start(ctx: ShopContext, id: string, choice: ImportChoice = {}): Promise<ImportJob> {
    const { complaint: wrong } = await this.preview(ctx, id, choice.mapping);
    if (wrong !== undefined) throw refused('GX_IMPORT_MAP', wrong);
    const job = await this.parts.db.write(ctx, async (unit, inner) => {
      const found = await unit.findOne(ImportJob, { id });
      if (!found) throw notFound('import', id);
      if (found.state === 'running' && !this.#stale(found)) throw conflict('GX_IMPORT_RUNNING', 'This import is running already.');
      await unit.update(ImportJob, { id }, {
        state: 'running', mapping: { ...choice.mapping }, currency: choice.currency ?? null, dayFirst: choice.dayFirst ?? false, progress: 0, rowsRead: 0, rowsTaken: 0, rowsSkipped: 0,
        report: null, error: null, aliveAt: this.systemNow(), startedAt: inner.now, finishedAt: null,
      });
      return (await unit.findOne(ImportJob, { id }))!;
    });
    const stop = new AbortController();
    this.#running.set(job.id, stop);
    void this.#run(ctx, job, stop).finally(() => this.#running.delete(job.id));
    return job;
  }

  /** Stops after the batch under way; what was taken stays. */
  async cancel(ctx: ShopContext, id: string): Promise<ImportJob> {
    const job = await this.get(ctx, id);
    const running = this.#running.get(job.id);
    if (running) running.abort();
    else if (job.state === 'running' || job.state === 'uploaded') await this.parts.db.write(ctx, (unit, inner) => unit.update(ImportJob, { id }, { state: 'cancelled', finishedAt: inner.now }));
    return this.get(ctx, id);
  }

  /** Removes the import's files and row; what it brought in stays. */
  async remove(ctx: ShopContext, id: string): Promise<void> {
    const job = await this.get(ctx, id);
    if (this.#running.has(id)) throw conflict('GX_IMPORT_RUNNING', 'Cancel the import before removing it.');
    await this.#remove(job.files);
    await this.parts.db.write(ctx, (unit) => unit.delete(ImportJob, { id }));
  }

  /** Ends what runs, for a graceful stop. */
  async stop(): Promise<void> {
    for (const running of this.#running.values()) running.abort();
    while (this.#running.size > 0) await new Promise((done) => { setTimeout(done, 20); });
  }

  /** A run whose process has gone: nobody here runs it and its row has shown no sign of life for a minute. */
  #stale(job: ImportJob): boolean { return !this.#running.has(job.id) && this.systemNow() - (job.aliveAt ?? 0) > 60_000; }

  async #run(ctx: ShopContext, job: ImportJob, stop: AbortController): Promise<void> {
    const [file, ...joins] = this.#paths(job.files);
    const joinNames = namesOf(job.files);
    let told = 0;
    let telling: Promise<unknown> = Promise.resolve();
    const save = (set: Partial<Omit<ImportJob, 'id' | 'shopId' | 'createdAt'>>): Promise<unknown> => this.parts.db.write(ctx, (unit) => unit.update(ImportJob, { id: job.id }, set));
    try {
      const report = await runImport(ctx, this.parts, {
        kind: job.kind, file: file!, joins, joinNames, map: job.mapping, dayFirst: job.dayFirst, signal: stop.signal, ...(job.currency === null ? {} : { currency: job.currency }),
        onProgress: ({ share, read, taken, skipped }) => {
          const now = this.systemNow();
          if (now - told < 500) return;
          told = now;
          telling = telling.then(() => save({ aliveAt: now, progress: Math.round(share * 1000), rowsRead: read, rowsTaken: taken, rowsSkipped: skipped })).catch(() => undefined);
        },
      });
      await telling;
      await save({ state: report.cancelled ? 'cancelled' : 'done', report, rowsRead: report.read, rowsTaken: report.taken, rowsSkipped: report.skipped, ...(report.cancelled ? {} : { progress: 1000 }), finishedAt: ctx.now });
    } catch (error) {
      await telling;
      const message = error instanceof GxError ? error.message : 'The import stopped because of an error in the server. What was taken stays; start it again.';
      await save({ state: 'failed', error: message.slice(0, 1_000), finishedAt: ctx.now }).catch(() => undefined);
    }
  }

  #paths(files: readonly ImportUpload[]): string[] { return files.map(({ stored }) => join(this.folder, stored)); }

  #open(kind: string, files: readonly ImportUpload[], map: Readonly<Record<string, string>> = {}): Promise<RowSource> {
    const [file, ...joins] = this.#paths(files);
    return openImport(this.parts.targets, { kind, file: file!, joins, joinNames: namesOf(files), map });
  }
  /** The files, if the first can be read with the others as its companions. */
  async #joinable(job: ImportJob, files: readonly ImportUpload[]): Promise<readonly ImportUpload[]> {
    const source = await this.#open(job.kind, files);
    source.csv.close();
    const stranger = joinsOf(source, await firstRows(this.#paths(files)[0]!)).find(({ matched, sampled }) => sampled > 0 && matched === 0);
    if (!stranger) return files;
    throw refused('GX_IMPORT_JOIN_MATCH', `None of the table's first ${stranger.sampled} rows is found in "${stranger.name}" by the column "${stranger.by}". Check that both files are of the same export.`, { file: stranger.name, column: stranger.by });
  }

  async #waiting(ctx: ShopContext, id: string): Promise<ImportJob> {
    const job = await this.get(ctx, id);
    if (job.state !== 'uploaded') throw started();
    return job;
  }

  /** Two merchants may change the files of one import at the same time: the second is told. */
  #replaceFiles(ctx: ShopContext, before: ImportJob, files: readonly ImportUpload[]): Promise<ImportJob> {
    return this.parts.db.write(ctx, async (unit) => {
      const found = await unit.findOne(ImportJob, { id: before.id });
      if (!found) throw notFound('import', before.id);
      if (found.state !== 'uploaded' || found.files.map(({ stored }) => stored).join() !== before.files.map(({ stored }) => stored).join()) throw started();
      await unit.update(ImportJob, { id: before.id }, { files });
      return (await unit.findOne(ImportJob, { id: before.id }))!;
    });
  }

  async #store(file: IncomingFile): Promise<ImportUpload> {
    const stored = `${newId()}.upload`;
    let bytes = 0;
    const counter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > MOST_BYTES ? new GxError('GX_IMPORT_SIZE', 413, 'The file is larger than 512 MB. Split it, or compress it with gzip.') : null, chunk);
      },
    });
    try { await pipeline(file.body, counter, createWriteStream(join(this.folder, stored), { flags: 'wx' })); } catch (error) {
      await rm(join(this.folder, stored), { force: true });
      throw error;
    }
    return { name: file.name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 200), stored, bytes };
  }

  async #remove(files: readonly ImportUpload[]): Promise<void> {
    for (const { stored } of files) await rm(join(this.folder, stored), { force: true });
  }
}
