import { expect } from 'chai';
import { filesUnder, read } from './source-tree.js';

const lines = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
const under = (folder: string): string[] => filesUnder(folder).filter((path) => path.endsWith('.ts'));

describe('sizes', () => {
  it('keep the host small enough to be read in one sitting, and its tests at least as long', () => {
    const [host, tests] = [lines(under('server/host')), lines(under('test/server/host'))];
    expect(host, 'lines of server/host').to.be.within(1, 1_500);
    expect(tests, 'lines of test/server/host').to.be.at.least(host);
  });

  it('let a complete small plugin be written in 400 lines', () => {
    const folder = 'test/fixtures/packages/wish-list';
    const plugin = under(folder).filter((path) => !path.includes('/test/') && !path.includes('/node_modules/') && !path.includes('/dist/'));
    for (const part of ['entities', 'migrations', 'routes', 'services', 'widgets']) expect(plugin.some((path) => path.startsWith(`${folder}/${part}/`)), part).to.equal(true);
    expect(lines(plugin), `lines of ${folder}`).to.be.within(1, 400);
  });
});
