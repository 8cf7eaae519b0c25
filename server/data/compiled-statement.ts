import { GxError, type Params, type Scalar } from '../plugin-api/index.js';
import type { Engine } from './data-store.js';
import { RowParams } from './row-params.js';
import { assertScalar } from './scalar-guard.js';

/** A statement as one engine runs it: positional text, and the names whose values it wants in that order. */
export interface CompiledStatement {
  readonly engine: Engine;
  readonly text: string;
  readonly names: readonly string[];
  /** True for a plain SELECT (or WITH … SELECT): such a statement may run on a connection that must not write. */
  readonly reads: boolean;
}

/** What a driver is handed: whole numbers go to SQLite as 64-bit integers, because better-sqlite3 binds every number as a float. */
export type Bound = string | number | bigint | null;

// Comments, 'text' and "names" are passed through; `::` is PostgreSQL's cast; then a parameter, or a stray positional mark.
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:([A-Za-z_]\w*)|\?|\$\d+/g;

/** Turns `:name` into the engine's positional parameters. Errors: `GX_STATEMENT` for positional marks, which could shift the shop. */
export function compileStatement(text: string, engine: Engine): CompiledStatement {
  const names: string[] = [];
  const bare: string[] = [];
  let from = 0;
  const compiled = text.replace(TOKEN, (token: string, name: string | undefined, at: number) => {
    bare.push(text.slice(from, at));
    from = at + token.length;
    if (name === undefined) {
      if (token === '?' || token.startsWith('$')) throw new GxError('GX_STATEMENT', 500, `A statement uses the positional parameter "${token}"; name it (":name"). Statement: ${text.trim().slice(0, 160)}`);
      return token;
    }
    if (engine === 'sqlite') { names.push(name); return '?'; }
    const known = names.indexOf(name);
    return `$${known >= 0 ? known + 1 : names.push(name)}`;
  });
  bare.push(text.slice(from));
  const plain = bare.join(' ');
  const reads = /^\s*\(*\s*(SELECT|WITH|VALUES)\b/i.test(plain) && !/\b(INSERT|UPDATE|DELETE|MERGE|INTO|TRUNCATE|CREATE|DROP|ALTER)\b/i.test(plain);
  return { engine, text: compiled, names, reads };
}

/** Flags, counts and the shop come again and again: making their 64-bit integers anew is what an import spends its time on. */
const SMALL = Array.from({ length: 1_024 }, (_, n) => BigInt(n));
const wide = (given: number): bigint => (given >= 0 && given < SMALL.length ? SMALL[given]! : BigInt(given));

function forSqlite(name: string, given: Scalar | undefined): Bound {
  assertScalar(name, given);
  return typeof given === 'number' ? (Number.isSafeInteger(given) ? wide(given) : given) : typeof given === 'boolean' ? (given ? 1n : 0n) : given;
}
/** As the driver takes it. SQLite reads such a number as a float, which a whole number's column turns back. */
function asGiven(name: string, given: Scalar | undefined): Bound {
  assertScalar(name, given);
  return typeof given === 'boolean' ? Number(given) : given;
}

/** Values in the order the driver wants them. `:shop` comes from the context and from nowhere else. */
export function bindParams(compiled: CompiledStatement, params: Params, shopId: number | undefined): Bound[] {
  const { names } = compiled;
  const sqlite = compiled.engine === 'sqlite';
  const bind = sqlite ? forSqlite : asGiven;
  if (params instanceof RowParams) return params.bind(names, bind('shop', shopId), sqlite, asGiven);
  const values = new Array<Bound>(names.length);
  if (shopId !== undefined && params['shop'] !== undefined) {
    throw new GxError('GX_PARAMETER', 500, 'The parameter ":shop" is bound from the context; do not pass it.', { details: { parameter: 'shop' } });
  }
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    values[i] = bind(name, name === 'shop' && shopId !== undefined ? shopId : params[name]);
  }
  return values;
}

/** Errors: `GX_READ_ONLY` for a statement that is not plainly a read. */
export function assertReads(compiled: CompiledStatement): void {
  if (!compiled.reads) throw new GxError('GX_READ_ONLY', 500, `A read was given a statement that may write; use db.write or db.hot. Statement: ${compiled.text.trim().slice(0, 160)}`);
}
