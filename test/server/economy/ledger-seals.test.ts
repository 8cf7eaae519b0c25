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
    const integrity = new IntegrityService(e.db, { seals, systemNow: Date.now });
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

  it('keep shops apart', async () => {
    const e = make();
    await e.granted(await e.member(), 10);
    const seals = new LedgerSealsService(e.db, () => Date.now() + LATER);
    expect(await seals.seal(e.at())).to.equal(1);
    expect(await seals.broken(e.at())).to.deep.equal([]);
  });
});
