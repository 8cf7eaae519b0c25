import { expect } from 'chai';
import { SystemStatement } from '../../../server/data/data-store.js';
import { AuditService } from '../../../server/privacy/audit.service.js';
import { onBothEngines } from '../events/bench.js';

const raw = (text: string, postgres = text): SystemStatement => new SystemStatement(text, postgres);

onBothEngines('audit', 'fresh', (bench) => {
  const make = (): AuditService => new AuditService(bench().store);
  const run = (text: string, postgres?: string): Promise<unknown> => bench().store.system.run(raw(text, postgres));
  const failure = async (work: () => Promise<unknown>): Promise<string> => { try { await work(); return ''; } catch (error) { return `${String(error)} ${String((error as { cause?: unknown }).cause ?? '')}`; } };
  /** What an intruder with the database's own rights could do. */
  const disarm = async (): Promise<void> => {
    if (bench().store.engine === 'postgres') await run('DROP TRIGGER audit_no_change ON audit');
    else for (const verb of ['update', 'delete']) await run(`DROP TRIGGER audit_no_${verb}`);
  };
  const fill = async (audit: AuditService): Promise<void> => { for (let n = 1; n <= 5; n += 1) await audit.record(bench().ctx(), 'points.adjust', `person:p${n}`, { amount: n }); };

  it('numbers each shop by itself and names actor, time and target', async () => {
    const audit = make();
    await fill(audit);
    await audit.record(bench().ctx(2, { kind: 'job', name: 'core.retention' }), 'x.y', 'z');
    const { items } = await audit.list(bench().ctx());
    expect(items.map((entry) => entry.seq)).to.deep.equal([5, 4, 3, 2, 1]);
    expect(items[0]).to.deep.include({ actor: 'staff:Lin', action: 'points.adjust', target: 'person:p5', detail: { amount: 5 }, at: bench().clock.now() });
    expect((await audit.list(bench().ctx(2))).items.map((entry) => [entry.seq, entry.actor])).to.deep.equal([[1, 'job:core.retention']]);
    expect(await audit.verify(bench().ctx())).to.deep.include({ ok: true, entries: 5 });
    expect(await audit.verify(bench().ctx(3))).to.deep.include({ ok: true, entries: 0 });
  });

  it('has no gaps when many write at once and some are undone', async () => {
    const audit = make();
    await Promise.all(Array.from({ length: 40 }, async (_, n) => {
      if (n % 4 > 0) return audit.record(bench().ctx(), 'a.b', `t${n}`);
      return failure(() => bench().store.write(bench().ctx(), async (_unit, ctx) => { await audit.record(ctx, 'a.b', 'undone'); throw new Error('undo'); }));
    }));
    expect(await audit.verify(bench().ctx())).to.deep.include({ ok: true, entries: 30 });
    expect((await audit.list(bench().ctx(), { limit: 200 }, { target: 'undone' })).items).to.deep.equal([]);
  });

  it('pages and filters', async () => {
    const audit = make();
    await fill(audit);
    const first = await audit.list(bench().ctx(), { limit: 2 });
    expect(first.items.map((entry) => entry.seq)).to.deep.equal([5, 4]);
    const second = await audit.list(bench().ctx(), { limit: 3, cursor: first.next });
    expect(second.items.map((entry) => entry.seq)).to.deep.equal([3, 2, 1]);
    expect(second.next).to.equal(undefined);
    expect((await audit.list(bench().ctx(), {}, { target: 'person:p2', actor: 'staff:Lin' })).items).to.have.length(1);
    expect(await failure(() => audit.list(bench().ctx(), { cursor: 'x; DROP' }))).to.match(/cursor/);
  });

  it('refuses to be changed or removed by raw SQL', async () => {
    const audit = make();
    await fill(audit);
    for (const text of [`UPDATE audit SET action = 'nothing' WHERE seq = 2`, 'DELETE FROM audit WHERE seq = 5', 'DELETE FROM audit']) {
      expect(await failure(() => run(text)), text).to.match(/append-only/);
    }
    expect(await audit.verify(bench().ctx())).to.deep.include({ ok: true, entries: 5 });
  });

  const forgeries: readonly (readonly [string, string, number, string])[] = [
    ['a changed line', `UPDATE audit SET detail = '{"amount":999}' WHERE shop_id = 1 AND seq = 3`, 3, 'content'],
    ['a removed line', 'DELETE FROM audit WHERE shop_id = 1 AND seq = 2', 2, 'missing'],
    ['a shortened chain', 'DELETE FROM audit WHERE shop_id = 1 AND seq > 3', 4, 'missing'],
    ['a forged link', `UPDATE audit SET prev_hash = 'x' WHERE shop_id = 1 AND seq = 4`, 4, 'chain'],
    ['a moved head', `UPDATE audit_head SET hash = 'x' WHERE shop_id = 1`, 5, 'head'],
  ];
  for (const [what, text, seq, reason] of forgeries) {
    it(`notices ${what} even if the triggers were removed`, async () => {
      const audit = make();
      await fill(audit);
      await disarm();
      await run(text);
      expect(await audit.verify(bench().ctx())).to.deep.equal({ ok: false, seq, reason });
    });
  }
});
