import { statement, type Invariant } from 'guanxi/plugin';

const P = 'plg_coupon_exchange';
const invariant = (rule: string, text: string): Invariant => ({ rule, statement: statement<{ readonly what: string }>(`${text} LIMIT 20`) });

/** What must hold of rewards and redemptions whatever a crowd does at once. */
export const invariants: Readonly<Record<string, Invariant>> = {
  stock: invariant('No more of a reward was given out than was taken from its stock.', `
    SELECT w.id AS what FROM ${P}_reward w JOIN (
      SELECT reward_id, COUNT(*) AS given FROM ${P}_redemption WHERE shop_id = :shop AND state NOT IN ('cancelled', 'revoked') GROUP BY reward_id) AS r ON r.reward_id = w.id
    WHERE w.shop_id = :shop AND w.stock IS NOT NULL AND r.given > w.stock - w.remaining`),
  paid: invariant('What was paid for a redemption is one movement of exactly its points.', `
    SELECT r.id AS what FROM ${P}_redemption r LEFT JOIN ledger_transaction t ON t.shop_id = r.shop_id AND t.id = r.spend_id
    WHERE r.shop_id = :shop AND r.spend_id IS NOT NULL AND (t.id IS NULL OR t.kind <> 'spend' OR -t.available <> r.cost)`),
  'given-back': invariant('A redemption that was cancelled has its points back, unless its person was erased.', `
    SELECT r.id AS what FROM ${P}_redemption r WHERE r.shop_id = :shop AND r.state = 'cancelled' AND r.spend_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_transaction t WHERE t.shop_id = r.shop_id AND t.reverses = r.spend_id)
      AND r.cost <> COALESCE((SELECT SUM(p.amount) FROM spend_part p WHERE p.shop_id = r.shop_id AND p.spend_id = r.spend_id), 0)
      AND NOT EXISTS (SELECT 1 FROM person e WHERE e.shop_id = r.shop_id AND e.id = r.person_id AND e.erased_at IS NOT NULL)`),
  'one-code': invariant('A code belongs to one redemption, and a redemption has one code.', `
    SELECT d.owner_ref AS what FROM discount_code d WHERE d.shop_id = :shop AND d.owner = 'coupon-exchange' GROUP BY d.owner_ref HAVING COUNT(*) > 1`),
};
