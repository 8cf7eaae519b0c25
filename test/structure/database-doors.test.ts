import { acrossShops, dangling, isAllowed, ormImports, systemTime } from './allowances.js';
import { hits, product, serverSide, sources } from './source-tree.js';
import { none } from './none.js';

describe('doors into the database', () => {
  const outside = (folder: string): ReturnType<typeof serverSide> => serverSide().filter(({ path }) => !path.startsWith(folder));

  it('are three: nothing outside server/data opens a transaction', () => {
    none(outside('server/data/').flatMap((file) => hits(file, /\.transaction\(|\bstartTransaction\(|\bBEGIN (IMMEDIATE|TRANSACTION)\b/)), 'Not allowed');
  });

  it('leave the ORM\'s own ways of writing unused', () => {
    none(outside('server/data/').flatMap((file) => hits(file, /\b(manager|\w*[rR]epo\w*|dataSource)\.save\(|\.createQueryBuilder\(|\.getRepository\(|\.queryRunner\b|\bmanager\.query\(/)), 'Not allowed');
  });

  it('hide the ORM', () => {
    const breaches = product().filter(({ path }) => !isAllowed(ormImports, path)).flatMap((file) => file.imports.filter(({ specifier }) => /^(typeorm|better-sqlite3|pg)($|\/)/.test(specifier)).map(({ specifier }) => `${file.path} → ${specifier}`));
    none(breaches, 'Not allowed');
  });

  it('cross shops only in listed places', () => {
    none(product().filter(({ path }) => !isAllowed(acrossShops, path)).flatMap((file) => hits(file, /new SystemStatement\b/)), 'Not allowed');
  });

  it('never ask the database for the time', () => {
    none(serverSide().flatMap((file) => hits(file, /\bCURRENT_TIMESTAMP\b|\bstrftime\(|\bdatetime\(|\b(SELECT|VALUES|SET|WHERE|AND|,)\s*\(?now\(\)/i)), 'Not allowed');
  });
});

describe('time', () => {
  it('comes from the injected clock, except in listed places', () => {
    const found = product().filter(({ path }) => !isAllowed(systemTime, path) && (path.startsWith('server/') || path.startsWith('plugins/'))).flatMap((file) => hits(file, /\bDate\.now\(\)|\bnew Date\(\)/));
    none(found, 'Not allowed');
  });

  it('has no allowance left over', () => {
    const paths = sources().map(({ path }) => path);
    none([systemTime, acrossShops, ormImports].flatMap((list) => dangling(list, paths)), 'Not allowed');
  });
});
