import { statement } from '../../../server/plugin-api/index.js';
import type { Economy } from './economy-fixture.js';

const INSERT = statement(`INSERT INTO points_programme (shop_id, version, name_en, name_zh, worth, live_days, return_days, undelivered_days, debt_policy, guest_limit, guest_days, adjustment_limit, at, actor)
  VALUES (:shop, 1, 'Points', '积分', 100, 365, 7, 15, 'ask_at_next_redemption', 300, 7, 10000, 0, 'test')`);

/** Stores that the shop asks before points pay a debt: the check of the ledger reads the policy where the merchant saved it. */
export const asksFirst = (e: Economy): Promise<number> => e.db.write(e.at(), (unit) => unit.run(INSERT));
