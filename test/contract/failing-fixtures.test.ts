import { expect } from 'chai';
import { goodPlugin, removeGoodPlugins } from '../fixtures/contract/good-plugin.js';
import { engines } from '../kit/databases.js';
import { checkPlugin } from './check-plugin.js';
import { contractChecks } from './contract-checks.js';
import { failing, leaks, type Failing } from '../fixtures/contract/failing-plugins.js';

async function found({ check, variation, options }: Failing, more: object = {}): Promise<readonly string[]> {
  const findings = await checkPlugin(await goodPlugin(variation), { browser: true, ...options, ...more, only: [check] });
  for (const { message } of findings) expect(message).to.match(/^\S[^\n]{20,}[.!?)…]$/);
  return findings.map(({ code }) => code);
}

describe('the contract suite', function () {
  this.timeout(60_000);
  after(removeGoodPlugins);

  it('passes a good plugin, in every check and on every engine', async function () {
    this.timeout(180_000);
    for (const engine of engines) {
      const browser = engine === 'sqlite', findings = await checkPlugin(await goodPlugin(), { engine, browser });
      expect(findings.map(({ code }) => code), engine).to.deep.equal(browser ? [] : ['GX_BROWSER_LEFT_OUT']);
    }
  });

  it('has seen every one of its checks fail', () => {
    expect(contractChecks.map(({ name }) => name).filter((name) => !failing.some(({ check }) => check === name))).to.deep.equal([]);
  });

  for (const fixture of failing) {
    it(`sees ${fixture.what}`, async () => { expect(await found(fixture)).to.include.members([...fixture.codes]); });
  }
  if (engines.includes('postgres')) {
    for (const fixture of leaks) it(`sees ${fixture.what} on PostgreSQL as well`, async () => { expect(await found(fixture, { engine: 'postgres' })).to.include.members([...fixture.codes]); });
  }

  it('runs none of the code when the files are not sound', async () => {
    const findings = await checkPlugin(await goodPlugin({ manifest: (manifest) => ({ ...manifest, api: '^9.0' }), before: (text) => `${text}\nglobalThis.goodNotesRan = true;` }));
    expect(findings.map(({ code }) => code)).to.deep.equal(['GX_API_RANGE']);
    expect(globalThis).to.not.have.property('goodNotesRan');
  });

  it('says plainly what it left out without a browser', async () => {
    const findings = await checkPlugin(await goodPlugin(), { browser: false, only: ['widgets', 'settings-form'] });
    expect(findings).to.have.length(1);
    expect(findings[0]).to.include({ code: 'GX_BROWSER_LEFT_OUT', warning: true });
    expect(findings[0]?.message).to.contain('widgets that define nothing').and.contain('playwright-core');
  });

  it('refuses a check that does not exist', async () => {
    const error = await checkPlugin(await goodPlugin(), { only: ['everything'] }).then(() => undefined, (reason: unknown) => reason);
    expect(String(error)).to.contain('There is no check "everything". There are: manifest, ');
  });
});
