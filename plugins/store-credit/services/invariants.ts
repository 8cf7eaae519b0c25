import { statement, type Invariant } from 'guanxi/plugin';

const P = 'plg_store_credit';
const invariant = (rule: string, text: string): Invariant => ({ rule, statement: statement<{ readonly what: string }>(`${text} LIMIT 20`) });

/** What must hold of accounts whatever a crowd does at once. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'balance': invariant('An account holds the sum of its entries, and never less than nothing.', `
    SELECT a.person_id AS what FROM ${P}_account a LEFT JOIN (SELECT person_id, SUM(amount) AS moved FROM ${P}_entry WHERE shop_id = :shop GROUP BY person_id) AS e ON e.person_id = a.person_id
    WHERE a.shop_id = :shop AND (a.balance <> COALESCE(e.moved, 0) OR a.balance < 0)`),
  'use-code': invariant('What was taken for an order has one code of exactly that amount.', `
    SELECT u.id AS what FROM ${P}_use u LEFT JOIN discount_code d ON d.shop_id = u.shop_id AND d.owner = 'store-credit' AND d.owner_ref = u.id
    WHERE u.shop_id = :shop AND (d.id IS NULL OR d.worth <> u.amount OR d.kind <> 'amount' OR u.state = 'open' AND d.state = 'revoked')`),
  'use-paid': invariant('What was taken for an order was taken from an account once, and went back as often as it says.', `
    SELECT u.id AS what FROM ${P}_use u LEFT JOIN (
      SELECT ref, SUM(CASE kind WHEN 'use' THEN -amount ELSE 0 END) AS taken, SUM(CASE kind WHEN 'return' THEN amount ELSE 0 END) AS back FROM ${P}_entry WHERE shop_id = :shop AND kind IN ('use', 'return') GROUP BY ref) AS e ON e.ref = u.id
    WHERE u.shop_id = :shop AND (COALESCE(e.taken, 0) <> u.amount OR COALESCE(e.back, 0) <> u.back)`),
};
