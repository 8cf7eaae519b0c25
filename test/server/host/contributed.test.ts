import { expect } from 'chai';
import { blamed } from '../../../server/containment/containment.js';
import { attributed, namedKind, namedTarget, namedType } from '../../../server/containment/contributed.js';
import { RunRecords } from '../../../server/containment/run-records.js';
import { z, type ImportTarget, type RewardKind, type ShopContext, type Unit } from '../../../server/plugin-api/index.js';

const ctx = { shop: { id: 1, key: 'demo' } } as ShopContext;
const runs = new RunRecords();
const lineOf = (inner: ShopContext, name: string) => runs.line('giver', inner.shop, 'contribution', name);
const who = (): string => { const line = blamed(); return line ? `${line.plugin} ${line.name}` : 'nobody'; };

describe('what a plugin contributes to a transaction', () => {
  it('is put to the plugin at each of its steps, and to nobody in between', () => {
    const steps: string[] = [];
    function* unit(): Unit<string> {
      steps.push(`begin ${who()}`);
      const one = yield 'first' as never;
      steps.push(`${String(one)} ${who()}`);
      try { yield 'second' as never; } catch (error) { steps.push(`${(error as Error).message} ${who()}`); }
      return 'done';
    }
    const wrapped = attributed(lineOf(ctx, 'x'), unit());
    expect(wrapped.next().value).to.equal('first');
    expect(who()).to.equal('nobody');
    expect(wrapped.next('answer').value).to.equal('second');
    expect(wrapped.throw(new Error('refused'))).to.deep.equal({ done: true, value: 'done' });
    expect(steps).to.deep.equal(['begin giver x', 'answer giver x', 'refused giver x']);
  });

  it('throws what it throws, and is closed when it is given up', () => {
    let closed = 0;
    function* unit(): Unit<void> { try { yield 'step' as never; throw new Error('its own'); } finally { closed += 1; } }
    const failing = attributed(lineOf(ctx, 'x'), unit());
    failing.next();
    expect(() => failing.next()).to.throw('its own');
    const abandoned = attributed(lineOf(ctx, 'x'), unit());
    abandoned.next();
    abandoned.return();
    expect(closed).to.equal(2);
  });

  it('keeps the shape of rewards, kinds of activities and imports', async () => {
    const seen: string[] = [];
    const note = (what: string): void => { seen.push(`${what}: ${who()}`); };
    const kind: RewardKind = {
      *issue(_ctx, _request, grantId) { note('issue'); yield 'x' as never; return { grantId }; },
      *revoke() { note('revoke'); yield 'x' as never; },
      options: async () => { note('options'); return [{ ref: 'r', title: 'R' }]; },
    };
    const named = namedKind('mug', kind, lineOf);
    const issuing = named.issue(ctx, {} as never, 'g1');
    issuing.next();
    expect(issuing.next()).to.deep.equal({ done: true, value: { grantId: 'g1' } });
    named.revoke(ctx, 'g1').next();
    expect(await named.options(ctx)).to.deep.equal([{ ref: 'r', title: 'R' }]);
    const type = namedType('quiz', { config: z.object({}), *publish() { note('publish'); yield 'x' as never; } }, lineOf);
    type.publish!(ctx, {} as never).next();
    expect(namedType('plain', { config: z.object({}) }, lineOf).publish).to.equal(undefined);
    const target: ImportTarget = { title: { en: 'T', 'zh-CN': 'T' }, fields: [], take: async () => { note('take'); return { taken: 1, unchanged: 0, skipped: [] }; } };
    expect(await namedTarget('things', target, lineOf).take(ctx, [])).to.deep.equal({ taken: 1, unchanged: 0, skipped: [] });
    expect(seen).to.deep.equal(['issue: giver reward mug', 'revoke: giver reward mug', 'options: giver choices of mug', 'publish: giver publish quiz', 'take: giver import things']);
  });
});
