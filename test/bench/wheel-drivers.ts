import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { compileStatement, type CompiledStatement } from '../../server/data/compiled-statement.js';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import type { Statement } from '../../server/plugin-api/index.js';

type Params = Readonly<Record<string, string | number | null>>;
export type Script = Generator<readonly [Statement<unknown>, Params], string, Record<string, unknown>[]>;
/** Answers after its commit. */
export type Run = (script: () => Script) => Promise<string>;
interface Waiting { readonly script: () => Script; readonly resolve: (result: string) => void; readonly reject: (error: unknown) => void }
const GROUP = 64;

function compiler(engine: Engine): (text: Statement<unknown>) => CompiledStatement {
  const known = new Map<Statement<unknown>, CompiledStatement>();
  return (text) => {
    let compiled = known.get(text);
    if (!compiled) known.set(text, compiled = compileStatement(engine === 'postgres' ? text.postgres : text.text, engine));
    return compiled;
  };
}
const valuesOf = (names: readonly string[], params: Params): (string | number | null)[] => names.map((name) => params[name] ?? null);

/** better-sqlite3: all wishes of one turn of the event loop in one transaction, up to 64, a savepoint each, synchronous=FULL. */
function sqliteDriver(file: string): { run: Run; close: () => Promise<void> } {
  const db = new Sqlite(file);
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON']) db.pragma(pragma);
  const compile = compiler('sqlite');
  const prepared = new Map<Statement<unknown>, Sqlite.Statement>();
  const [begin, commit, mark, release, undo] = ['BEGIN IMMEDIATE', 'COMMIT', 'SAVEPOINT unit', 'RELEASE unit', 'ROLLBACK TO unit'].map((text) => db.prepare(text)) as [Sqlite.Statement, Sqlite.Statement, Sqlite.Statement, Sqlite.Statement, Sqlite.Statement];
  const one = (script: Script): string => {
    let at = script.next();
    while (!at.done) {
      const [text, params] = at.value;
      let ready = prepared.get(text);
      if (!ready) prepared.set(text, ready = db.prepare(compile(text).text));
      const values = valuesOf(compile(text).names, params);
      at = script.next(ready.reader ? ready.all(...values) as Record<string, unknown>[] : (ready.run(...values), []));
    }
    return at.value;
  };
  let queue: Waiting[] = [];
  const flush = (): void => {
    const group = queue.slice(0, GROUP);
    queue = queue.slice(GROUP);
    const results = [] as (string | Error)[];
    begin.run();
    for (const { script } of group) {
      mark.run();
      try { results.push(one(script())); } catch (error) { undo.run(); results.push(error as Error); }
      release.run();
    }
    commit.run();
    group.forEach(({ resolve, reject }, at) => { const result = results[at]!; if (typeof result === 'string') resolve(result); else reject(result); });
    if (queue.length) setImmediate(flush);
  };
  return {
    run: (script) => new Promise((resolve, reject) => { if (!queue.length) setImmediate(flush); queue.push({ script, resolve, reject }); }),
    close: () => { db.close(); return Promise.resolve(); },
  };
}

/** pg: one transaction in flight for the hot row, up to 64 wishes in it, a savepoint each, named statements. */
async function postgresDriver(url: string): Promise<{ run: Run; close: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const compile = compiler('postgres');
  const names = new Map<Statement<unknown>, string>();
  const ask = async (text: Statement<unknown>, params: Params): Promise<Record<string, unknown>[]> => {
    let name = names.get(text);
    if (!name) names.set(text, name = `t${names.size}`);
    const { text: sql, names: wanted } = compile(text);
    return (await client.query<Record<string, unknown>>({ name, text: sql, values: valuesOf(wanted, params) })).rows;
  };
  const one = async (script: Script): Promise<string> => {
    let at = script.next();
    while (!at.done) at = script.next(await ask(...at.value));
    return at.value;
  };
  const queue: Waiting[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    busy = true;
    while (queue.length) {
      const group = queue.splice(0, GROUP);
      const results: (string | Error)[] = [];
      await client.query('BEGIN');
      for (const { script } of group) {
        await client.query('SAVEPOINT unit');
        try { results.push(await one(script())); await client.query('RELEASE unit'); }
        catch (error) { await client.query('ROLLBACK TO unit'); results.push(error as Error); }
      }
      await client.query('COMMIT');
      group.forEach(({ resolve, reject }, at) => { const result = results[at]!; if (typeof result === 'string') resolve(result); else reject(result); });
    }
    busy = false;
  };
  return {
    run: (script) => new Promise((resolve, reject) => { queue.push({ script, resolve, reject }); if (!busy) { busy = true; setImmediate(() => { void flush(); }); } }),
    close: async () => { while (busy) await new Promise(setImmediate); await client.end(); },
  };
}

export const bareDriver = (location: DataLocation): Promise<{ run: Run; close: () => Promise<void> }> =>
  (location.engine === 'sqlite' ? Promise.resolve(sqliteDriver(location.file)) : postgresDriver(location.url));
