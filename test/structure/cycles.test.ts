import { expect } from 'chai';
import { init, parse } from 'es-module-lexer';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { circles } from './circles.js';
import { filesUnder, product, read, root } from './source-tree.js';
import { none } from './none.js';

describe('modules', () => {
  it('form no circles when they run', async () => {
    // The compiled files tell: imports that were only types are gone there.
    await init();
    const edges = new Map<string, Set<string>>();
    for (const { path } of product()) {
      const file = `dist/${path.replace(/\.ts$/, '.js')}`;
      if (!existsSync(join(root, file))) continue;
      const targets = parse(read(file))[0].flatMap((found) => ((found.type === 'static' || found.type === 'reexport-star') && found.specifier.startsWith('.') ? [posix.join(posix.dirname(file), found.specifier)] : []));
      edges.set(file, new Set(targets));
    }
    expect(edges.size, 'compiled files').to.be.greaterThan(20);
    none(circles(edges), 'Not allowed');
  });

  it('are compiled from sources that exist', () => {
    const orphans = filesUnder('dist').filter((path) => path.endsWith('.d.ts') && !path.includes('node_modules') && !existsSync(join(root, path.replace(/^dist\//, '').replace(/\.d\.ts$/, '.ts'))));
    none(orphans, 'Not allowed');
  });
});
