import { expect } from 'chai';
import { fixturePlugin, onEachServer } from '../../kit/index.js';

const plugins = [await fixturePlugin('bench-constant'), await fixturePlugin('throws-in-activate')];

onEachServer('what operators are told of each plugin', { plugins }, (server) => {
  const metrics = async (): Promise<string> => (await fetch(`${server().url}/metrics`)).text();
  const value = (text: string, name: string, plugin: string): number => Number(new RegExp(`^guanxi_plugin_${name}\\{plugin="${plugin}"\\} (\\S+)$`, 'm').exec(text)?.[1]);

  it('is whether it runs, and how its calls went', async () => {
    await server().install('bench-constant');
    const before = await metrics();
    expect(value(before, 'up', 'bench-constant')).to.equal(1);
    expect(value(before, 'up', 'throws-in-activate')).to.equal(0);
    expect(value(before, 'failures', 'throws-in-activate')).to.be.greaterThan(0);
    const shopper = await server().shopper();
    for (let n = 0; n < 3; n++) await shopper.must('GET', '/api/storefront/plugins/bench-constant/answer');
    const after = await metrics();
    expect(value(after, 'calls', 'bench-constant') - value(before, 'calls', 'bench-constant')).to.equal(3);
    for (const name of ['failures', 'timeouts', 'refused', 'detached']) expect(value(after, name, 'bench-constant'), name).to.equal(0);
  });
});
