import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { IntegrityService } from '../../../server/economy/integrity.service.js';
import { LedgerSealsService } from '../../../server/economy/seals/ledger-seals.service.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, START, type Economy } from './economy-fixture.js';

const TAMPER = statement("UPDATE ledger_transaction SET note = 'nothing to see here' WHERE shop_id = :shop AND id = (SELECT MIN(id) FROM ledger_transaction WHERE shop_id = :shop AND id > :after)");
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
    expect(await integrity.check(e.at())).to.deep.equal([]);
    await e.db.write(e.at(), (unit) => unit.run(TAMPER, { after: '0' }));
    expect(await seals.broken(e.at())).to.deep.equal([1]);
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
    expect(await seals.broken(e.at())).to.deep.equal([]);
  });
});
