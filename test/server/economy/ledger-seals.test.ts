import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { IntegrityService } from '../../../server/economy/integrity.service.js';
import { LedgerSealsService } from '../../../server/economy/seals/ledger-seals.service.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

const TAMPER = statement("UPDATE ledger_transaction SET note = 'nothing to see here' WHERE shop_id = :shop AND id = (SELECT MIN(id) FROM ledger_transaction WHERE shop_id = :shop AND id > :after)");
const WRITE = statement('UPDATE ledger_transaction SET note = :note, actor = :note, cause_ref = :note WHERE shop_id = :shop AND id = (SELECT MAX(id) FROM ledger_transaction WHERE shop_id = :shop)');
type Sealed = Readonly<Record<'id' | 'person_id' | 'kind' | 'source' | 'cause_ref' | 'at' | 'business_date' | 'available' | 'pending' | 'held' | 'debt' | 'note' | 'actor', string | number | null>>;
const SEALED = statement<Sealed>('SELECT * FROM ledger_transaction WHERE shop_id = :shop ORDER BY id');
const HASH = statement<{ hash: string }>('SELECT hash FROM ledger_seal WHERE shop_id = :shop AND seq = 1');
const LATER = 11 * 60_000;

forEachEngine('seals of the ledger', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  it('take in every settled entry once, and name the day that was touched afterwards', async () => {
    const e = make();
    let clock = Date.now();
    const seals = new LedgerSealsService(e.db, () => clock);
    const integrity = new IntegrityService(e.db, { seals, plugins: { all: () => [] }, systemNow: Date.now });
    const person = await e.member();
    for (let n = 0; n < 5; n++) await e.granted(person, 10);
    expect(await seals.seal(e.at()), 'too young').to.equal(0);
    clock += LATER;
    expect(await seals.seal(e.at())).to.equal(5);
    expect(await seals.seal(e.at()), 'again').to.equal(0);
    await e.spent(person, 20);
    await e.granted(person, 1);
    clock += LATER;
    expect(await seals.seal(e.at(START + 1))).to.equal(2);
    const { violations, seals: told } = await integrity.prove(e.at());
    expect({ violations, told }).to.deep.equal({ violations: [], told: { count: 2, entries: 7, since: '2026-03-01', until: '2026-03-01' } });
    await e.db.write(e.at(), (unit) => unit.run(TAMPER, { after: '0' }));
    expect(await seals.verify(e.at())).to.deep.include({ count: 2, entries: 7, broken: [1] });
    expect((await integrity.check(e.at())).map(({ check, rows }) => [check, rows])).to.deep.equal([['ledger-seals', ['1']]]);
  });

  it('follow each other: one that is missing, was made up, or closes over an entry that came later is found by its numbers', async () => {
    const e = make();
    let clock = Date.now();
    const seals = new LedgerSealsService(e.db, () => clock);
    const person = await e.member();
    for (let n = 0; n < 3; n++) {
      await e.granted(person, 10);
      clock += LATER;
      await seals.seal(e.at(START + n));
    }
    await e.expectSound();
    const found = async (sabotage: string): Promise<unknown> => {
      await e.db.write(e.at(), (unit) => unit.run(statement(sabotage)));
      return (await e.integrity.check(e.at())).map(({ check, rows }) => [check, [...rows].sort()]);
    };
    expect(await found("UPDATE ledger_seal SET prev_hash = 'made up' WHERE shop_id = :shop AND seq = 2")).to.deep.equal([['seal-chain', ['2']]]);
    expect(await found('DELETE FROM ledger_seal WHERE shop_id = :shop AND seq = 1')).to.deep.equal([['seal-chain', ['2']]]);
    expect(await found('UPDATE ledger_seal SET entries = entries + 1 WHERE shop_id = :shop AND seq = 3')).to.deep.equal([['seal-chain', ['2', '3']]]);
  });

  it('keep shops apart', async () => {
    const e = make();
    await e.granted(await e.member(), 10);
    const seals = new LedgerSealsService(e.db, () => Date.now() + LATER);
    expect(await seals.seal(e.at())).to.equal(1);
    expect((await seals.verify(e.at())).broken).to.deep.equal([]);
  });

  it('hash each entry as the list that JSON makes of it, whatever people wrote', async () => {
    const e = make();
    const person = await e.member();
    const written = ['plain', '"quoted" \\ and / slashed', 'tab\t line\n return\r \b\f \u0001\u001f\u007f', '积分 ₂ é \u2028 \u{1F600}', "'); --", '[1,"2"]', '', 'null'];
    for (const note of written) {
      await e.granted(person, 10);
      await e.db.write(e.at(), (unit) => unit.run(WRITE, { note }));
    }
    await e.granted(person, 10);
    expect(await new LedgerSealsService(e.db, () => Date.now() + LATER).seal(e.at())).to.equal(written.length + 1);
    const { entries, hash } = await e.db.read(e.at(), async (q) => ({ entries: await q.many(SEALED), hash: (await q.one(HASH))!.hash }));
    const told = entries.map((row) => JSON.stringify([row.id, row.person_id, row.kind, row.source, row.cause_ref, row.at, row.business_date, row.available, row.pending, row.held, row.debt, row.note, row.actor]));
    expect(hash).to.equal(createHash('sha256').update(told.join('')).digest('hex'));
  });

  it('find a change in whatever column', async () => {
    const others = { person_id: "(SELECT MAX(p.id) FROM person p WHERE p.shop_id = :shop AND p.id <> ledger_transaction.person_id)", business_date: "'2026-02-28'" };
    const changes = { ...others, ...Object.fromEntries(['kind', 'source', 'cause_ref', 'note', 'actor'].map((column) => [column, "'other'"])), ...Object.fromEntries(['at', 'available', 'pending', 'held', 'debt'].map((column) => [column, `${column} + 1`])) };
    for (const [column, value] of Object.entries(changes)) {
      const e = make();
      await e.member();
      await e.granted(await e.member(), 10);
      const seals = new LedgerSealsService(e.db, () => Date.now() + LATER);
      await seals.seal(e.at());
      await e.db.write(e.at(), (unit) => unit.run(statement(`UPDATE ledger_transaction SET ${column} = ${value} WHERE shop_id = :shop`)));
      expect((await seals.verify(e.at())).broken, column).to.deep.equal([1]);
    }
  });
});
