import { expect } from 'chai';
import fc from 'fast-check';
import { Breaker, BREAKER_RULE, type BreakerRule } from '../../../server/containment/breaker.js';
import { RunRecords } from '../../../server/containment/run-records.js';
import { GxError } from '../../../server/plugin-api/index.js';

type Step = { readonly wait: number; readonly ok: boolean };
const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 12_000 }), ok: fc.boolean() }), { maxLength: 120 });
const rules = fc.record({ failures: fc.integer({ min: 1, max: 8 }), share: fc.double({ min: 0, max: 1, noNaN: true }), windowMs: fc.integer({ min: 1_000, max: 60_000 }), coolDownMs: fc.integer({ min: 100, max: 60_000 }) });

/** Calls one after the other, each ended before the next begins; tells what each was let through as and how things stood after it. */
function history(rule: BreakerRule, given: readonly Step[]): { at: number; admission: string; ok: boolean; before: string; after: string; openedAt: number }[] {
  const breaker = new Breaker(rule);
  let at = 0;
  return given.map(({ wait, ok }) => {
    at += wait;
    const before = breaker.state, openedAt = breaker.openedAt;
    const admission = breaker.admit(at);
    if (admission !== 'refused') { if (ok) breaker.succeeded(at, admission === 'probe'); else breaker.failed(at, admission === 'probe'); }
    return { at, admission, ok, before, after: breaker.state, openedAt };
  });
}

describe('the rule of the breaker', () => {
  it('opens only at enough failures in a window, and at once when there are', () => {
    fc.assert(fc.property(rules, steps, (rule, given) => {
      const all = history(rule, given);
      for (const [n, step] of all.entries()) {
        if (step.before !== 'closed' || step.after !== 'open') continue;
        // Since it was closed last; the window slides in halves, so it never counts more than one and a half of them.
        const since = all.slice(0, n).findLastIndex((each) => each.after === 'closed' && each.before !== 'closed') + 1;
        const counted = all.slice(since, n + 1).filter(({ at, before }) => before === 'closed' && at > step.at - 1.5 * rule.windowMs);
        expect(step.ok).to.equal(false);
        expect(counted.filter(({ ok }) => !ok).length).to.be.at.least(rule.failures);
      }
    }));
    fc.assert(fc.property(rules, (rule) => {
      const breaker = new Breaker(rule);
      const opened = Array.from({ length: rule.failures }, (_, n) => breaker.failed(n, false));
      expect(opened.indexOf(true), 'failures alone reach every share').to.equal(rule.failures - 1);
    }));
  });

  it('stays closed when few of many calls fail', () => {
    const breaker = new Breaker(BREAKER_RULE);
    for (let n = 0; n < 10_000; n++) {
      expect(breaker.admit(n * 10)).to.equal('call');
      if (n % 3 === 2) breaker.failed(n * 10, false); else breaker.succeeded(n * 10, false);
    }
    expect(breaker.state).to.equal('closed');
  });

  it('refuses everything while it rests, and then lets through one at a time until one succeeds', () => {
    fc.assert(fc.property(rules, steps, (rule, given) => {
      for (const { at, admission, ok, before, after, openedAt } of history(rule, given)) {
        if (before === 'closed') expect(admission).to.equal('call');
        else if (at < openedAt + rule.coolDownMs) expect([admission, after]).to.deep.equal(['refused', 'open']);
        else expect([admission, after]).to.deep.equal(['probe', ok ? 'closed' : 'open']);
      }
    }));
    fc.assert(fc.property(rules, fc.integer({ min: 1, max: 20 }), (rule, crowd) => {
      const breaker = new Breaker(rule);
      breaker.trip(0);
      expect(breaker.waitMs(0)).to.equal(rule.coolDownMs);
      const admitted = Array.from({ length: crowd }, () => breaker.admit(rule.coolDownMs));
      expect(admitted.filter((each) => each === 'probe')).to.have.length(1);
      expect(admitted.filter((each) => each === 'call')).to.have.length(0);
      expect(breaker.waitMs(rule.coolDownMs)).to.be.greaterThan(0);
      breaker.withdrawn(true);
      expect(breaker.admit(rule.coolDownMs)).to.equal('probe');
    }));
  });

  it('hears nothing of calls that began before it opened', () => {
    const breaker = new Breaker(BREAKER_RULE);
    breaker.trip(0);
    for (let n = 0; n < 20; n++) { breaker.succeeded(n, false); expect(breaker.failed(n, false)).to.equal(false); }
    expect([breaker.state, breaker.openedAt]).to.deep.equal(['open', 0]);
    expect(breaker.admit(BREAKER_RULE.coolDownMs)).to.equal('probe');
    breaker.succeeded(BREAKER_RULE.coolDownMs, false);
    expect(breaker.state, 'only its probe closes it').to.equal('half-open');
  });
});

describe('the records of runs', () => {
  const shop = (id: number) => ({ id, key: `shop-${id}` });
  const fail = (runs: RunRecords, id: number, now: number, times = 5, surface: 'route' | 'job' = 'route'): void => {
    const line = runs.line('p', shop(id), surface, 'x');
    for (let n = 0; n < times; n++) { const pass = line.admit(now); if (pass) line.failed(new Error('about lin@example.test'), now, 3, pass); }
  };

  it('suspend one surface of one plugin in one shop', () => {
    const runs = new RunRecords();
    fail(runs, 1, 0);
    expect(runs.line('p', shop(1), 'route', 'y').admit(1), 'the surface, not the handler').to.equal(undefined);
    for (const [plugin, id, surface] of [['p', 1, 'job'], ['p', 2, 'route'], ['q', 1, 'route']] as const) expect(runs.line(plugin, shop(id), surface, 'x').admit(1), `${plugin} ${id} ${surface}`).to.not.equal(undefined);
    expect(runs.snapshot(1, 10_000)[0]?.suspensions).to.have.length(1);
    expect(runs.snapshot(1, 10_000)[0]?.suspensions[0]).to.include({ surface: 'route', state: 'open', retryInMs: 20_000 });
    expect(runs.snapshot(2).flatMap(({ suspensions }) => suspensions), 'another shop hears nothing of it').to.deep.equal([]);
    expect(runs.snapshot(2).flatMap(({ handlers }) => handlers).reduce((sum, { failures }) => sum + failures, 0)).to.equal(0);
  });

  it('call a plugin degraded that fails in three shops, in all of them, until one call succeeds', () => {
    const told: (string | undefined)[] = [];
    const runs = new RunRecords({ onDegraded: (_plugin, reason) => { told.push(reason); } });
    fail(runs, 1, 0);
    fail(runs, 2, 0, 5, 'job');
    expect(told).to.deep.equal([]);
    fail(runs, 3, 0);
    expect(told).to.have.length(1);
    const well = runs.line('p', shop(4), 'route', 'x');
    expect(well.admit(1), 'a shop where nothing failed').to.equal(undefined);
    expect(well.refusal(1)).to.include({ code: 'GX_PLUGIN_SUSPENDED', status: 503 });
    expect(runs.line('p', shop(4), 'hook', 'onDisable').admit(1), 'it can still be taken out of a shop').to.not.equal(undefined);
    const probe = well.admit(30_001);
    expect(probe).to.deep.equal({ own: false, whole: true });
    expect(runs.line('p', shop(5), 'route', 'x').admit(30_001), 'one at a time').to.equal(undefined);
    well.failed(new Error('still'), 30_001, 1, probe!);
    expect(well.admit(30_002)).to.equal(undefined);
    const second = well.admit(60_002);
    well.succeeded(60_002, 1, second!);
    expect(told.at(-1)).to.equal(undefined);
    expect(runs.line('p', shop(5), 'route', 'x').admit(60_003)).to.deep.equal({ own: false, whole: false });
    expect(runs.line('p', shop(1), 'route', 'x').admit(60_003), 'that shop still asks with a probe of its own').to.deep.equal({ own: true, whole: false });
  });

  it('take a refusal for an answer, and do not blame a plugin for a busy database', () => {
    const runs = new RunRecords();
    const line = runs.line('p', shop(1), 'route', 'x');
    for (let n = 0; n < 20; n++) {
      line.failed(new GxError('GX_P_NO', 409, 'No.'), 0, 1, line.admit(0)!);
      line.failed(new GxError('GX_BUSY', 503, 'Busy.'), 0, 1, line.admit(0)!);
    }
    expect(line).to.include({ calls: 40, failures: 0 });
    expect(line.admit(0)).to.not.equal(undefined);
  });

  it('tell times by share and errors without what they quote', () => {
    const runs = new RunRecords();
    const line = runs.line('p', shop(1), 'job', 'x');
    for (let ms = 1; ms <= 100; ms++) line.succeeded(0, ms, line.admit(0)!);
    expect([line.percentile(0.5), line.percentile(0.95), line.slowestMs]).to.deep.equal([50, 100, 100]);
    line.failed(new TypeError('lin@example.test is not a number'), 0, 1, line.admit(0)!);
    expect(line.lastError?.code).to.equal('GX_PLUGIN_FAILED');
    expect(line.lastError?.text).to.match(/^TypeError \(.*breaker\.test\.\w+:\d+\)$/);
    expect(JSON.stringify(runs.snapshot(1))).to.not.contain('lin@');
  });

  it('forget who never failed when there are too many, and nobody else', () => {
    const runs = new RunRecords();
    fail(runs, 7, 0);
    for (let id = 100; id < 20_200; id++) runs.line('p', shop(id), 'route', 'x');
    expect(runs.of('p').shops.size).to.be.below(20_001);
    expect(runs.of('p').shops.has(7)).to.equal(true);
    expect(runs.line('p', shop(7), 'route', 'x').failures).to.equal(5);
  });
});
