import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ADMIN_TOKEN, HttpClient, packageRoot } from '../../kit/index.js';
import { guanxi, must, Workshop } from './plugin-workshop.js';

/** Output of a process, and a way to wait for the next text that matches. */
class Listener {
  text = '';
  #heard = 0;
  #waiting: (() => void)[] = [];
  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (chunk: string) => { this.text += chunk; for (const wake of this.#waiting.splice(0)) wake(); });
    child.once('exit', () => { this.text += '\n[ended]'; for (const wake of this.#waiting.splice(0)) wake(); });
  }
  async next(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.text.slice(this.#heard));
      if (found) { this.#heard += found.index + found[0].length; return found; }
      if (this.text.endsWith('[ended]')) throw new Error(`It ended before it said ${pattern.source}:\n${this.text}`);
      await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    }
  }
}

describe('guanxi plugins dev', function () {
  // It starts three hosts, one after the other.
  this.timeout(120_000);
  let shop: Workshop, child: ChildProcess | undefined;
  before(async () => {
    shop = new Workshop();
    await must(guanxi('plugins', 'new', 'gift-list', '--dir', shop.path('gift-list')));
  });
  after(async () => {
    if (child && child.exitCode === null) { const gone = once(child, 'exit'); child.kill('SIGTERM'); await gone; }
    shop[Symbol.dispose]();
  });

  it('starts a host with the plugin, again after a change, and keeps the last good one when it does not compile', async () => {
    child = spawn(process.execPath, [join(packageRoot, 'dist/server/cli/guanxi.js'), 'plugins', 'dev', shop.path('gift-list'), '--port', '0', '--data', shop.path('data')], {
      env: { ...process.env, GUANXI_SEED: 'none', GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = new Listener(child);
    const versionAt = async (base: string): Promise<unknown> => {
      const { bearer } = await new HttpClient(base).must<{ bearer: string }>('POST', '/api/admin/sign-in', { token: ADMIN_TOKEN });
      const { items } = await new HttpClient(base, bearer).must<{ items: { id: string; version: string; hostState: string }[] }>('GET', '/api/admin/marketplace');
      return items.map(({ id, version, hostState }) => `${id} ${version} ${hostState}`).find((line) => line.startsWith('gift-list'));
    };
    const first = (await said.next(/Storefront\s+(http:\S+)\/demo/))[1]!;
    expect(await versionAt(first)).to.equal('gift-list 0.1.0 active');

    shop.edit((text) => text.replace("version: '0.1.0',\n  api", "version: '0.2.0',\n  api"), 'gift-list', 'manifest.ts');
    const second = (await said.next(/Storefront\s+(http:\S+)\/demo/))[1]!;
    expect(await versionAt(second)).to.equal('gift-list 0.2.0 active');

    shop.edit((text) => `${text}const wrong: number = 'text';\n`, 'gift-list', 'plugin.ts');
    await said.next(/plugin\.ts\(\d+,\d+\): error TS2322/);
    await said.next(/Watching/);
    expect(await versionAt(second)).to.equal('gift-list 0.2.0 active');

    // What stops a plugin is told here, too; the rest of the host goes on.
    shop.edit((text) => text.replace("const wrong: number = 'text';\n", '').replace('  entities:', "  activate: () => { throw new Error('no luck today'); },\n  entities:"), 'gift-list', 'plugin.ts');
    const third = (await said.next(/Storefront\s+(http:\S+)\/demo/))[1]!;
    await said.next(/gift-list does not run\. .*no luck today/);
    expect(await versionAt(third)).to.equal('gift-list 0.2.0 failed');
    const gone = once(child, 'exit');
    child.kill('SIGINT');
    expect((await gone)[0]).to.equal(0);
  });
});
