import type { Statement } from '../plugin-api/index.js';
import { compileStatement, type CompiledStatement } from './compiled-statement.js';
import type { Engine, SystemStatement } from './data-store.js';

/** Texts built at run time (entity access); more than this many shapes and the oldest goes. */
const TEXT_LIMIT = 1_000;

/** Compiles each statement once per store. */
export class StatementCache {
  readonly #statements = new WeakMap<object, CompiledStatement>();
  readonly #texts = new Map<string, CompiledStatement>();

  constructor(readonly engine: Engine) {}

  of(statement: Statement<unknown> | SystemStatement<unknown>): CompiledStatement {
    let compiled = this.#statements.get(statement);
    if (compiled === undefined) {
      compiled = this.text(this.engine === 'postgres' ? statement.postgres : statement.text);
      this.#statements.set(statement, compiled);
    }
    return compiled;
  }

  text(text: string): CompiledStatement {
    let compiled = this.#texts.get(text);
    if (compiled === undefined) {
      compiled = compileStatement(text, this.engine);
      if (this.#texts.size >= TEXT_LIMIT) {
        const oldest = this.#texts.keys().next().value;
        if (oldest !== undefined) this.#texts.delete(oldest);
      }
      this.#texts.set(text, compiled);
    }
    return compiled;
  }
}
