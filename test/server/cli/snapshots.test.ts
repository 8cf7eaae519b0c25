import Database from 'better-sqlite3';
import { expect } from 'chai';
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../server/cli/program.js';
import { migrate } from '../../../server/data/migrate.js';
import { ProcessLock } from '../../../server/data/sqlite/process-lock.js';
import { migrations as shopMigrations } from '../../../server/shops/schema.js';

interface Answer { readonly code: number; readonly out: string; readonly err: string }

describe('the command line', () => {
  let folder: string, file: string;
  const run = async (args: readonly string[], env: Record<string, string> = {}): Promise<Answer> => {
    const out: string[] = [], err: string[] = [];
    const code = await runCommand(args, { env: { DATA_DIR: folder, PORT: '0', ...env }, out: (line) => { out.push(line); }, err: (line) => { err.push(line); } });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const shop = (name: string, platform = 'demo'): void => {
    const database = new Database(file);
    database.prepare(`INSERT INTO shop (shop_key, platform, name, zone, day_start_hour, currency, locale, state, created_at) VALUES (?, ?, ?, 'UTC', 0, 'EUR', 'en', 'active', 1)`).run(name, platform, name);
    database.close();
  };
  const names = (): string[] => {
    const database = new Database(file, { readonly: true });
    try { return (database.prepare('SELECT shop_key FROM shop ORDER BY id').all() as { shop_key: string }[]).map((row) => row.shop_key); } finally { database.close(); }
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guanxi-cli-'));
    file = join(folder, 'guanxi.sqlite');
    await migrate({ engine: 'sqlite', file }, 'core_migrations', shopMigrations);
    shop('first');
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  it('brings back with restore what backup saved, and keeps what it replaced', async () => {
    const saved = join(folder, 'saved.sqlite');
    expect(await run(['backup', saved])).to.include({ code: 0, err: '' });
    shop('second');
    const restored = await run(['restore', saved]);
    expect(restored.code, restored.err).to.equal(0);
    expect(names()).to.deep.equal(['first']);
    const kept = readdirSync(folder).find((name) => name.includes('before-restore'));
    expect(kept, 'the former database').to.be.a('string');
    expect(restored.out).to.include(kept!);
  });

  it('saves what is committed while a server holds the database', async () => {
    const lock = ProcessLock.take(file);
    const writer = new Database(file);
    writer.pragma('journal_mode = WAL');
    writer.prepare('UPDATE shop SET name = ?').run('changed');
    const saved = join(folder, 'saved.sqlite');
    const answer = await run(['backup', saved]);
    writer.close();
    lock.release();
    expect(answer.code, answer.err).to.equal(0);
    const copy = new Database(saved, { readonly: true });
    expect(copy.prepare('SELECT name FROM shop').get()).to.deep.equal({ name: 'changed' });
    copy.close();
  });

  it('overwrites no backup', async () => {
    const saved = join(folder, 'saved.sqlite');
    writeFileSync(saved, 'mine');
    const answer = await run(['backup', saved]);
    expect(answer.code).to.equal(1);
    expect(answer.err).to.match(/exists already/);
  });

  it('refuses to restore or reset while a server runs, and changes nothing', async () => {
    const saved = join(folder, 'saved.sqlite');
    await run(['backup', saved]);
    shop('second');
    const lock = ProcessLock.take(file);
    try {
      for (const args of [['restore', saved], ['demo', 'reset']]) {
        const answer = await run(args);
        expect(answer.code).to.equal(1);
        expect(answer.err).to.match(/in use by another process/);
      }
    } finally { lock.release(); }
    expect(names()).to.deep.equal(['first', 'second']);
  });

  for (const [what, make] of [
    ['a text', (path: string) => { writeFileSync(path, 'hello, I am no database'.repeat(100)); }],
    ['a database of somebody else', (path: string) => { const other = new Database(path); other.exec('CREATE TABLE t (a)'); other.close(); }],
    ['half a backup', (path: string) => { truncateSync(path, 12_288); }],
    ['no file at all', (path: string) => { rmSync(path); }],
  ] as const) {
    it(`refuses to restore ${what}, and changes nothing`, async () => {
      const saved = join(folder, 'saved.sqlite');
      await run(['backup', saved]);
      if (what !== 'half a backup' && what !== 'no file at all') rmSync(saved);
      make(saved);
      shop('second');
      const answer = await run(['restore', saved]);
      expect(answer.code).to.equal(1);
      expect(answer.err.split('\n')).to.have.length(1);
      expect(names()).to.deep.equal(['first', 'second']);
    });
  }

  it('resets a demo shop', async () => {
    const answer = await run(['demo', 'reset']);
    expect(answer.code, answer.err).to.equal(0);
    expect(existsSync(file)).to.equal(false);
  });

  it('never resets a real shop', async () => {
    shop('real', 'shopify');
    const answer = await run(['demo', 'reset']);
    expect(answer.code).to.equal(1);
    expect(answer.err).to.match(/real shop/);
    expect(names()).to.deep.equal(['first', 'real']);
  });

  it('names pg_dump and pg_restore for PostgreSQL', async () => {
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await run(['backup', 'x'], env)).err).to.match(/pg_dump/);
    expect((await run(['restore', 'x'], env)).err).to.match(/pg_restore/);
  });

  it('says in one sentence that no PostgreSQL answers', async () => {
    const answer = await run(['demo', 'reset'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(answer).to.include({ code: 1, err: 'No PostgreSQL answers at 127.0.0.1:1. Start it, or mend DATABASE_URL.' });
  });

  it('rejects a wrong setting by its name', async () => {
    expect((await run(['backup', 'x'], { PORT: 'many' })).err).to.match(/^PORT is wrong/);
    expect((await run(['backup', 'x'], { GUANXI_TYPO: '1' })).err).to.match(/GUANXI_TYPO is not a setting/);
  });

  it('rejects a folder that cannot be made', async () => {
    for (const place of ['/dev/null/data', ...(process.platform === 'linux' ? ['/proc/none'] : [])]) {
      expect((await run(['backup', 'x'], { DATA_DIR: place })).err).to.match(/cannot be written\. Choose another with DATA_DIR/);
    }
  });

  it('refuses production without a secret or a platform', async () => {
    expect((await run(['start'])).err).to.match(/GUANXI_SECRET is missing/);
    expect((await run(['start'], { GUANXI_SECRET: 'short' })).err).to.match(/GUANXI_SECRET is wrong: must have at least 32/);
  });

  it('answers an unknown command with a non-zero exit', async () => {
    expect((await run(['dance'])).code).to.not.equal(0);
    expect((await run(['import', 'dreams', 'x.csv'])).code).to.not.equal(0);
  });

  describe('doctor', () => {
    let other: Server, port: number;
    before((done) => { other = createServer().listen(0, '127.0.0.1', () => { port = (other.address() as AddressInfo).port; done(); }); });
    after(() => { other.close(); });

    it('finds nothing wrong with a sound installation', async () => {
      const answer = await run(['doctor']);
      expect(answer.code, answer.out + answer.err).to.equal(0);
      expect(answer.out).to.match(/ok +Integrity +every page and reference is sound/);
    });

    it('names a port in use and goes on', async () => {
      const answer = await run(['doctor'], { PORT: String(port) });
      expect(answer.code).to.equal(1);
      expect(answer.out).to.match(new RegExp(`BAD +Port +Port ${port} is in use`)).and.to.match(/Integrity/);
    });

    it('names a database from a newer version', async () => {
      const database = new Database(file);
      database.exec("INSERT INTO core_migrations (timestamp, name) VALUES (1999999999999, 'FromTheFuture1999999999999')");
      database.close();
      expect((await run(['doctor'])).out).to.match(/BAD +Migrations +The database comes from a newer Guanxi/);
    });
  });
});
