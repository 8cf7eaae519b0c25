import { expect } from 'chai';
import { bindParams, compileStatement } from '../../../server/data/compiled-statement.js';
import { GxError } from '../../../server/plugin-api/index.js';

describe('compiled statements', () => {
  const sqlite = (text: string) => compileStatement(text, 'sqlite');
  const postgres = (text: string) => compileStatement(text, 'postgres');

  it('gives each engine its positional parameters', () => {
    const text = 'SELECT a FROM t WHERE shop_id = :shop AND b = :b AND c = :shop';
    expect(sqlite(text)).to.deep.include({ text: 'SELECT a FROM t WHERE shop_id = ? AND b = ? AND c = ?', names: ['shop', 'b', 'shop'] });
    expect(postgres(text)).to.deep.include({ text: 'SELECT a FROM t WHERE shop_id = $1 AND b = $2 AND c = $1', names: ['shop', 'b'] });
  });

  it('leaves casts, texts, names and comments alone', () => {
    const text = `SELECT ':a' || 'it''s :b' || x::text AS ":c" -- :d ? $1
      /* :e ? */ FROM t WHERE shop_id = :shop AND y = :f::bigint`;
    expect(postgres(text).names).to.deep.equal(['shop', 'f']);
    expect(postgres(text).text).to.equal(text.replace(':shop', '$1').replace(':f::', '$2::'));
  });

  it('refuses positional parameters, which could shift the shop', () => {
    for (const text of ['SELECT 1 FROM t WHERE shop_id = :shop AND a = ?', 'SELECT 1 FROM t WHERE shop_id = :shop AND a = $1']) {
      expect(() => sqlite(text)).to.throw(GxError).with.property('code', 'GX_STATEMENT');
    }
  });

  it('tells reading from writing', () => {
    for (const text of ['SELECT 1', ' select updated_at, deleted FROM t', 'WITH a AS (SELECT 1) SELECT * FROM a', "SELECT 'DELETE FROM t'", 'SELECT 1 -- UPDATE t']) expect(sqlite(text).reads, text).to.equal(true);
    for (const text of ['UPDATE t SET a = 1', 'WITH a AS (SELECT 1) INSERT INTO t SELECT 1', 'WITH a AS (DELETE FROM t RETURNING 1) SELECT * FROM a', 'DROP TABLE t', 'PRAGMA user_version', 'SELECT 1 INTO t']) expect(sqlite(text).reads, text).to.equal(false);
  });

  it('binds whole numbers and flags as integers', () => {
    const compiled = sqlite('SELECT :a, :b, :c, :d, :e FROM t WHERE shop_id = :shop');
    expect(bindParams(compiled, { a: 5, b: 0.5, c: true, d: null, e: 'x' }, 3)).to.deep.equal([5n, 0.5, 1n, null, 'x', 3n]);
    expect(bindParams(postgres('SELECT :a, :b FROM t WHERE shop_id = :shop'), { a: 5, b: false }, 3)).to.deep.equal([5, 0, 3]);
  });

  it('names the parameter that is missing, also when it hides in the prototype', () => {
    expect(() => bindParams(sqlite('SELECT :a, :b, :shop'), { a: 1 }, 1)).to.throw(GxError, ':b');
    expect(() => bindParams(sqlite('SELECT :constructor, :shop'), {}, 1)).to.throw(GxError, 'constructor');
  });
});
