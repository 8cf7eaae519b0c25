import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { Deadlines, LazySignal } from '../../../server/events/deadlines.js';

const built = new URL('../../../server/events/deadlines.js', import.meta.url).href;

describe('time limits', () => {
  it('strike also when nothing but hanging work is left in the process', () => {
    const program = `import { deadlines } from ${JSON.stringify(built)}; await deadlines.run(60, 'It', () => new Promise(() => {})).catch(({ code }) => { console.log(code); });`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect([stdout.trim(), status]).to.deep.equal(['GX_TIMEOUT', 0]);
  });

  it('are forgotten with the work they were for, whether it answers, rejects or throws', async () => {
    const limits = new Deadlines();
    expect(await limits.run(60_000, 'It', async () => 7)).to.equal(7);
    for (const work of [() => Promise.reject(new Error('no')), (): Promise<never> => { throw new Error('no'); }]) {
      expect(await limits.run(60_000, 'It', work).catch((error: Error) => error.message)).to.equal('no');
    }
    expect([...limits.running]).to.deep.equal([]);
  });

  it('abort a signal with their reason, also one that nobody had looked at yet', () => {
    const late = new LazySignal(), early = new LazySignal();
    const { signal } = early;
    const reason = new Error('over');
    for (const each of [late, early]) { each.abort(reason); each.abort(new Error('again')); }
    expect([signal.aborted, signal.reason, late.signal.aborted, late.signal.reason, late.aborted]).to.deep.equal([true, reason, true, reason, true]);
    expect(new LazySignal().signal.aborted).to.equal(false);
  });
});
