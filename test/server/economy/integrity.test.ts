import { expect } from 'chai';
import { statement } from '../../../server/plugin-api/index.js';
import { forEachEngine } from '../../kit/databases.js';
import { openEconomy, type Economy } from './economy-fixture.js';

const SPEND = "(SELECT id FROM ledger_transaction WHERE shop_id = :shop AND kind = 'spend')";
const GRANT = "(SELECT id FROM ledger_transaction WHERE shop_id = :shop AND kind = 'grant')";
/** What somebody with the database's password might do, and the invariants that must tell. */
const BREACHES: Readonly<Record<string, readonly string[]>> = {
  [`UPDATE posting SET amount = amount - 1 WHERE shop_id = :shop AND transaction_id = ${SPEND} AND account = 'available'`]: ['postings-balance'],
  [`UPDATE posting SET account = 'held' WHERE shop_id = :shop AND transaction_id = ${SPEND} AND account = 'available'`]: ['postings-balance'],
  [`DELETE FROM posting WHERE shop_id = :shop AND transaction_id = ${GRANT}`]: ['postings-balance', 'programme-outstanding'],
  [`UPDATE ledger_transaction SET available = available + 1 WHERE shop_id = :shop AND id = ${SPEND}`]: ['balances-posted', 'postings-balance', 'spend-allocations', 'transaction-lots'],
  'UPDATE person_account SET available = available + 1 WHERE shop_id = :shop': ['available-lots', 'balances-posted', 'programme-outstanding'],
  'UPDATE lot SET remaining = remaining - 1 WHERE shop_id = :shop': ['available-lots', 'lot-allocations'],
  'UPDATE lot SET remaining = remaining + 1, quantity = quantity + 1 WHERE shop_id = :shop': ['available-lots', 'transaction-lots'],
  'UPDATE allocation SET amount = amount + 1 WHERE shop_id = :shop': ['lot-allocations', 'spend-allocations', 'transaction-lots'],
  'DELETE FROM allocation WHERE shop_id = :shop': ['lot-allocations', 'spend-allocations', 'transaction-lots'],
};

forEachEngine('integrity', (open) => {
  let make: (more?: object) => Economy;
  before(async () => { make = (await openEconomy(open)).shop; });

  it('tells which invariants a change by hand breaks, and none before it', async () => {
    let untouched = true;
    for (const [breach, broken] of Object.entries(BREACHES)) {
      const e = make();
      const person = await e.member();
      await e.granted(person, 30);
      await e.spent(person, 10);
      // Of all shops the same: looked at once.
      if (untouched) await e.expectSound();
      untouched = false;
      await e.db.write(e.at(), (unit) => unit.run(statement(breach)));
      expect((await e.integrity.check(e.at())).map(({ check }) => check).sort(), breach).to.deep.equal(broken);
    }
  });
});
