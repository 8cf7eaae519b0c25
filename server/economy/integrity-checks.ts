import { statement, type Statement } from '../plugin-api/index.js';
import { NEVER } from './ledger-rules.js';

/** One invariant: a statement that finds its breaches. `what` is one of the breaking rows' ids. */
export interface IntegrityCheck { readonly name: string; readonly rule: string; readonly statement: Statement<{ readonly what: string }> }

/** `postgres` where one text cannot be quick on both: SQLite joins by looking up, PostgreSQL by merging. */
const check = (name: string, rule: string, text: string, postgres = text): IntegrityCheck => ({ name, rule, statement: statement<{ what: string }>(`${text} LIMIT 20`, { postgres: `${postgres} LIMIT 20` }) });
/**
 * Rows of all kinds are sorted by what they are about and add up to nothing: one sort, where joining several sums would sort each and look up
 * every row. Without OFFSET 0 PostgreSQL, which cannot know how many there are, would let several workers sum up the same ids, and sort all their sums.
 */
const cancels = (name: string, rule: string, parts: readonly string[]): IntegrityCheck => {
  const summed = (all: string): string => `SELECT id AS what FROM (${all}) AS m GROUP BY id HAVING SUM(moved) <> 0`;
  return check(name, rule, summed(parts.join(' UNION ALL ')), summed(`${parts.join(' UNION ALL ')} OFFSET 0`));
};
const lots = (column: string, state: string): string => `
  SELECT a.person_id AS what FROM person_account a LEFT JOIN (
    SELECT person_id, SUM(remaining) AS total FROM lot WHERE shop_id = :shop AND state = '${state}' GROUP BY person_id) AS s ON s.person_id = a.person_id
  WHERE a.shop_id = :shop AND a.${column} <> COALESCE(s.total, 0)`;
const orphans = (child: string, column: string, parent: string): string => `
  SELECT CAST(c.${column} AS TEXT) AS what FROM ${child} c WHERE c.shop_id = :shop AND c.${column} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.shop_id = c.shop_id AND p.id = c.${column})`;
/** For a column with an index of its own: few parents have many children, and each is looked up once. */
const groupedOrphans = (child: string, column: string, parent: string): string => `
  SELECT c.${column} AS what FROM (SELECT ${column} FROM ${child} WHERE shop_id = :shop GROUP BY ${column}) AS c WHERE NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.shop_id = :shop AND p.id = c.${column})`;
/** A transaction posts to an account once, so that its largest amount there is its only one. */
const MOVED = ['available', 'pending', 'held', 'debt'].map((account) => `COALESCE(MAX(amount) FILTER (WHERE account = '${account}'), 0) AS ${account}`).join(', ');
const POSTED = `(SELECT transaction_id, SUM(amount) AS total, ${MOVED} FROM posting WHERE shop_id = :shop GROUP BY transaction_id) AS x`;
const TAKEN = '(SELECT SUM(a.amount) FROM allocation a WHERE a.shop_id = t.shop_id AND a.transaction_id = t.id)';

const ORPHAN = 'No row refers to another shop or to nothing.';
const CHILDREN: readonly (readonly [string, string, string])[] = [
  ['identity', 'person_id', 'person'], ['variant', 'product_id', 'product'], ['shop_order', 'person_id', 'person'], ['order_line', 'order_id', 'shop_order'], ['refund', 'order_id', 'shop_order'],
  ['refund_line', 'refund_id', 'refund'], ['order_code', 'order_id', 'shop_order'], ['discount_code', 'person_id', 'person'], ['person_account', 'person_id', 'person'],
  ['lot', 'person_id', 'person'], ['lot', 'transaction_id', 'ledger_transaction'],
  ['allocation', 'lot_id', 'lot'], ['points_adjustment', 'person_id', 'person'], ['points_adjustment', 'transaction_id', 'ledger_transaction'], ['expiry_notice', 'person_id', 'person'], ['person_merge', 'from_id', 'person'], ['person_merge', 'into_id', 'person'], ['points_hold', 'person_id', 'person'], ['points_hold', 'transaction_id', 'ledger_transaction'], ['allocation', 'transaction_id', 'ledger_transaction'], ['value_grant', 'person_id', 'person'], ['line_earning', 'order_line_id', 'order_line'],
  ['budget_charge', 'grant_id', 'value_grant'], ['budget_charge', 'budget_id', 'budget'], ['held_grant', 'grant_id', 'value_grant'], ['risk_score', 'person_id', 'person'],
];

/** The invariants of domain §4.2 and reliability §3.5, as far as their tables are the core's. Each answers no rows. */
export const INTEGRITY_CHECKS: readonly IntegrityCheck[] = [
  check('postings-balance', 'The postings of a transaction sum to zero and say what it says; none is without its transaction, and no transaction that moved something is without postings.', `
    SELECT x.transaction_id AS what FROM ${POSTED} LEFT JOIN ledger_transaction t ON t.shop_id = :shop AND t.id = x.transaction_id
    WHERE t.id IS NULL OR x.total <> 0 OR x.available <> t.available OR x.pending <> t.pending OR x.held <> t.held OR x.debt <> -t.debt
    UNION ALL SELECT t.id FROM ledger_transaction t WHERE t.shop_id = :shop AND (t.available <> 0 OR t.pending <> 0 OR t.held <> 0 OR t.debt <> 0)
      AND NOT EXISTS (SELECT 1 FROM posting x WHERE x.shop_id = t.shop_id AND x.transaction_id = t.id)`, `
    SELECT COALESCE(x.transaction_id, t.id) AS what FROM ${POSTED} FULL JOIN (SELECT id, available, pending, held, debt FROM ledger_transaction WHERE shop_id = :shop) AS t ON t.id = x.transaction_id
    WHERE t.id IS NULL OR x.total <> 0 OR COALESCE(x.available, 0) <> t.available OR COALESCE(x.pending, 0) <> t.pending OR COALESCE(x.held, 0) <> t.held OR COALESCE(x.debt, 0) <> -t.debt`),
  check('balances-posted', 'What a person has and owes is the sum of their transactions.', `
    SELECT a.person_id AS what FROM person_account a LEFT JOIN (
      SELECT person_id, SUM(available) AS available, SUM(pending) AS pending, SUM(held) AS held, SUM(debt) AS debt FROM ledger_transaction WHERE shop_id = :shop GROUP BY person_id) AS s ON s.person_id = a.person_id
    WHERE a.shop_id = :shop AND (a.available <> COALESCE(s.available, 0) OR a.pending <> COALESCE(s.pending, 0) OR a.held <> COALESCE(s.held, 0) OR a.debt <> COALESCE(s.debt, 0))`),
  check('available-lots', 'Available points are what active lots hold.', lots('available', 'active')),
  check('pending-lots', 'Pending points are what pending lots hold.', lots('pending', 'pending')),
  check('held-holds', 'Held points are what open holds set aside.', `
    SELECT a.person_id AS what FROM person_account a LEFT JOIN (
      SELECT person_id, SUM(amount) AS total FROM points_hold WHERE shop_id = :shop AND state = 'held' GROUP BY person_id) AS s ON s.person_id = a.person_id
    WHERE a.shop_id = :shop AND a.held <> COALESCE(s.total, 0)`),
  check('hold-transactions', 'A hold set its points aside once, and once it is over it is spent or put back once.', `
    SELECT h.id AS what FROM points_hold h JOIN ledger_transaction t ON t.shop_id = h.shop_id AND t.id = h.transaction_id
    LEFT JOIN ledger_transaction e ON e.shop_id = h.shop_id AND e.id = h.settled_id
    WHERE h.shop_id = :shop AND (t.kind <> 'hold' OR t.held <> h.amount OR (h.state = 'held') <> (h.settled_id IS NULL)
      OR (h.state = 'captured' AND (e.kind <> 'spend' OR e.available <> -h.amount)) OR (h.state IN ('released', 'expired') AND (e.kind NOT IN ('release', 'forfeit') OR e.held <> -h.amount)))`),
  check('programme-outstanding', 'Issued = redeemed + expired + reversed + adjusted + outstanding.', `
    SELECT 'programme' AS what FROM (SELECT
      COALESCE((SELECT SUM(x.amount) FROM posting x WHERE x.shop_id = :shop AND x.account NOT IN ('available', 'pending', 'held', 'debt')), 0) AS programme,
      COALESCE((SELECT SUM(a.available + a.pending + a.held - a.debt) FROM person_account a WHERE a.shop_id = :shop), 0) AS people) AS s WHERE s.programme + s.people <> 0`),
  check('spend-parts', 'What went back of a spend in parts is booked, and is not more than was spent.', `
    SELECT p.spend_id AS what FROM spend_part p JOIN ledger_transaction s ON s.shop_id = p.shop_id AND s.id = p.spend_id JOIN ledger_transaction t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE p.shop_id = :shop GROUP BY p.spend_id, s.kind, s.available HAVING s.kind <> 'spend' OR SUM(p.amount) > -s.available OR SUM(p.amount) <> SUM(t.available)`),
  check('lot-bounds', 'No lot holds less than nothing or more than it had; a closed lot holds nothing.', `
    SELECT l.id AS what FROM lot l WHERE l.shop_id = :shop AND (l.remaining < 0 OR l.remaining > l.quantity OR (l.state IN ('expired', 'cancelled') AND l.remaining <> 0))`),
  cancels('lot-allocations', 'A lot holds what it had minus what was taken from it.', [
    'SELECT lot_id AS id, amount AS moved FROM allocation WHERE shop_id = :shop', 'SELECT id, remaining - quantity FROM lot WHERE shop_id = :shop AND remaining <> quantity']),
  cancels('transaction-lots', 'What a transaction moved is what it put into lots minus what it took from them.', [
    'SELECT transaction_id AS id, quantity AS moved FROM lot WHERE shop_id = :shop', 'SELECT transaction_id, -amount FROM allocation WHERE shop_id = :shop',
    'SELECT id, -(available + pending) FROM ledger_transaction WHERE shop_id = :shop AND available + pending <> 0']),
  check('spend-allocations', 'The lots gave exactly what was spent.',
    `SELECT t.id AS what FROM ledger_transaction t WHERE t.shop_id = :shop AND t.kind = 'spend' AND -t.available <> COALESCE(${TAKEN}, 0)`,
    `SELECT t.id AS what FROM ledger_transaction t LEFT JOIN (SELECT transaction_id, SUM(amount) AS taken FROM allocation WHERE shop_id = :shop GROUP BY transaction_id) AS a ON a.transaction_id = t.id
    WHERE t.shop_id = :shop AND t.kind = 'spend' AND -t.available <> COALESCE(a.taken, 0)`),
  check('reversed-once', 'A spend is given back at most once, and whole.', `
    SELECT t.reverses AS what FROM ledger_transaction t JOIN ledger_transaction o ON o.shop_id = t.shop_id AND o.id = t.reverses
    WHERE t.shop_id = :shop GROUP BY t.reverses, o.kind, o.available HAVING COUNT(*) > 1 OR o.kind <> 'spend' OR SUM(t.available) <> -o.available`),
  check('never-negative', 'Nobody has less than nothing.', 'SELECT a.person_id AS what FROM person_account a WHERE a.shop_id = :shop AND (a.available < 0 OR a.pending < 0 OR a.held < 0 OR a.debt < 0)'),
  check('debt-or-available', 'Nobody owes points and has points to spend, unless the shop asks at the next redemption.', `
    SELECT a.person_id AS what FROM person_account a WHERE a.shop_id = :shop AND a.debt > 0 AND a.available > 0 AND NOT EXISTS (
      SELECT 1 FROM points_programme g WHERE g.shop_id = :shop AND g.debt_policy = 'ask_at_next_redemption' AND g.version = (SELECT MAX(n.version) FROM points_programme n WHERE n.shop_id = :shop))`),
  check('adjustment-agreed', 'A large adjustment was agreed to by somebody else, and booked as it was asked for.', `
    SELECT j.id AS what FROM points_adjustment j LEFT JOIN ledger_transaction t ON t.shop_id = j.shop_id AND t.id = j.transaction_id
    WHERE j.shop_id = :shop AND ((j.state = 'approved') <> (j.transaction_id IS NOT NULL) OR (j.state = 'approved' AND (t.kind <> 'adjust' OR t.available <> j.amount)))`),
  check('closed-accounts', 'Who became another person, or was erased, holds and owes nothing.', `
    SELECT a.person_id AS what FROM person_account a JOIN person p ON p.shop_id = a.shop_id AND p.id = a.person_id
    WHERE a.shop_id = :shop AND (a.closed = 1 OR p.merged_into IS NOT NULL OR p.erased_at IS NOT NULL) AND a.available + a.pending + a.held + a.debt <> 0`),
  check('expiry-guard', 'An account knows its soonest expiry, so that a spend never takes expired points.', `
    SELECT l.person_id AS what FROM lot l JOIN person_account a ON a.shop_id = l.shop_id AND a.person_id = l.person_id
    WHERE l.shop_id = :shop AND l.state = 'active' AND l.remaining > 0 AND l.expires_at < a.next_expiry_at`),
  check('guest-limit', 'Guests earn no more than guests may, and spend nothing.', `
    SELECT a.person_id AS what FROM person_account a JOIN person p ON p.shop_id = a.shop_id AND p.id = a.person_id
    WHERE a.shop_id = :shop AND p.kind = 'guest' AND (a.guest_earned > (SELECT COALESCE(MAX(g.guest_limit), 300) FROM points_programme g WHERE g.shop_id = :shop) OR EXISTS (SELECT 1 FROM ledger_transaction t WHERE t.shop_id = a.shop_id AND t.person_id = a.person_id AND t.kind = 'spend'))`),
  check('grant-transaction', 'Each grant of points has exactly one transaction of its amount, and one reversal if it was undone.', `
    SELECT g.id AS what FROM value_grant g LEFT JOIN (
      SELECT grant_id, SUM(CASE kind WHEN 'grant' THEN 1 ELSE 0 END) AS made, SUM(CASE kind WHEN 'grant' THEN available + pending ELSE 0 END) AS amount, SUM(CASE kind WHEN 'reversal' THEN 1 ELSE 0 END) AS undone
      FROM ledger_transaction WHERE shop_id = :shop AND grant_id IS NOT NULL GROUP BY grant_id) AS s ON s.grant_id = g.id
    WHERE g.shop_id = :shop AND g.kind = 'points' AND (COALESCE(s.made, 0) <> 1 OR s.amount <> g.amount OR s.undone <> CASE WHEN g.reversed_at IS NULL THEN 0 ELSE 1 END)`),
  check('granted-transaction', 'Each transaction of a grant has its grant.', `
    SELECT t.id AS what FROM ledger_transaction t WHERE t.shop_id = :shop AND t.grant_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM value_grant g WHERE g.shop_id = t.shop_id AND g.id = t.grant_id AND g.kind = 'points')`),
  check('order-earnings', 'What an order earned and lost is in the ledger.', `
    SELECT e.order_id AS what FROM (SELECT order_id, SUM(points - reversed) AS net FROM line_earning WHERE shop_id = :shop GROUP BY order_id) AS e
    LEFT JOIN (SELECT cause_ref, SUM(available + pending - debt) AS net FROM ledger_transaction WHERE shop_id = :shop AND source = 'core.order' AND kind IN ('earn', 'reversal') GROUP BY cause_ref) AS t
    ON t.cause_ref = e.order_id WHERE e.net <> COALESCE(t.net, 0)`),
  check('earning-rule', 'What an order earned names a version of the rule.', `
    SELECT e.order_line_id AS what FROM line_earning e WHERE e.shop_id = :shop AND e.rule_version > 1 AND NOT EXISTS (SELECT 1 FROM earn_rule r WHERE r.shop_id = e.shop_id AND r.version = e.rule_version)`),
  check('order-undone', 'A cancelled or fully refunded order leaves no points, unless its person was erased before.', `
    SELECT e.order_id AS what FROM line_earning e JOIN shop_order o ON o.shop_id = e.shop_id AND o.id = e.order_id
    WHERE e.shop_id = :shop AND (o.cancelled_at IS NOT NULL OR o.fully_refunded = 1) AND e.points <> e.reversed
      AND NOT EXISTS (SELECT 1 FROM line_earning f JOIN person p ON p.shop_id = f.shop_id AND p.id = f.person_id LEFT JOIN person n ON n.shop_id = p.shop_id AND n.id = p.merged_into
        WHERE f.shop_id = e.shop_id AND f.order_id = e.order_id AND (p.erased_at IS NOT NULL OR n.erased_at IS NOT NULL))`),
  check('refund-lines', 'A line counts what its refunds gave back.', `
    SELECT l.id AS what FROM order_line l LEFT JOIN (
      SELECT f.order_id, x.line_external_id, SUM(x.amount) AS amount, SUM(x.quantity) AS quantity FROM refund f JOIN refund_line x ON x.shop_id = f.shop_id AND x.refund_id = f.id
      WHERE f.shop_id = :shop GROUP BY f.order_id, x.line_external_id) AS s ON s.order_id = l.order_id AND s.line_external_id = l.external_id
    WHERE l.shop_id = :shop AND (l.refunded_amount <> COALESCE(s.amount, 0) OR l.refunded_quantity <> COALESCE(s.quantity, 0))`),
  check('refund-attached', 'No refund waits for an order that is there.', `
    SELECT f.id AS what FROM refund f WHERE f.shop_id = :shop AND f.order_id IS NULL AND EXISTS (SELECT 1 FROM shop_order o WHERE o.shop_id = f.shop_id AND o.external_id = f.order_external_id)`),
  check('person-orders', 'A person counts their paid orders, and when the last one was.', `
    SELECT p.id AS what FROM person p LEFT JOIN (
      SELECT person_id, COUNT(*) AS orders, MAX(placed_at) AS last FROM shop_order WHERE shop_id = :shop AND paid_at IS NOT NULL AND cancelled_at IS NULL AND test = 0 GROUP BY person_id) AS s ON s.person_id = p.id
    WHERE p.shop_id = :shop AND (p.order_count <> COALESCE(s.orders, 0) OR COALESCE(p.last_order_at, 0) <> COALESCE(s.last, 0))`),
  check('code-used-once', 'A code is used by one order at most.', `
    SELECT c.code AS what FROM order_code c WHERE c.shop_id = :shop AND c.used = 1 AND c.released = 0 GROUP BY c.code HAVING COUNT(*) > 1`),
  check('code-state', 'A used code names its order.', "SELECT d.code AS what FROM discount_code d WHERE d.shop_id = :shop AND d.state IN ('reserved', 'used') AND d.order_ref IS NULL"),
  check('budget-ceiling', 'No budget is overspent.', 'SELECT b.id AS what FROM budget b WHERE b.shop_id = :shop AND b.spent > b.ceiling'),
  check('budget-charges', 'A budget has spent what the grants of its period took that still stand.', `
    SELECT b.id AS what FROM budget b LEFT JOIN (
      SELECT budget_id, period_key, SUM(amount) AS total FROM budget_charge WHERE shop_id = :shop AND returned_at = ${NEVER} GROUP BY budget_id, period_key) AS c ON c.budget_id = b.id AND c.period_key = b.period_key
    WHERE b.shop_id = :shop AND b.spent <> COALESCE(c.total, 0)`),
  check('budget-returned', 'What was given back to budgets belongs to grants that were undone.', `
    SELECT c.grant_id AS what FROM budget_charge c JOIN value_grant g ON g.shop_id = c.shop_id AND g.id = c.grant_id
    WHERE c.shop_id = :shop AND (c.returned_at < ${NEVER}) <> (g.reversed_at IS NOT NULL)`),
  check('held-grants', 'A refused grant was taken back; one that waits or was released by staff was not refused.', `
    SELECT h.grant_id AS what FROM held_grant h JOIN value_grant g ON g.shop_id = h.shop_id AND g.id = h.grant_id
    WHERE h.shop_id = :shop AND (h.state = 'refused' AND g.reversed_at IS NULL OR h.state = 'held' AND g.reversed_at IS NOT NULL)`),
  check('seal-chain', 'Seals follow each other without a gap, each names the one before, and between two of them nothing was added or removed.', `
    SELECT CAST(s.seq AS TEXT) AS what FROM ledger_seal s LEFT JOIN ledger_seal b ON b.shop_id = s.shop_id AND b.seq = s.seq - 1
    WHERE s.shop_id = :shop AND ((s.seq > 1 AND b.seq IS NULL) OR s.prev_hash <> COALESCE(b.hash, '')
      OR s.entries <> (SELECT COUNT(*) FROM ledger_transaction t WHERE t.shop_id = s.shop_id AND t.id > COALESCE(b.last_id, '0') AND t.id <= s.last_id))`),
  check('orphan-ledger_transaction-person_id', ORPHAN, groupedOrphans('ledger_transaction', 'person_id', 'person')),
  ...CHILDREN.map(([child, column, parent]) => check(`orphan-${child}-${column}`, ORPHAN, orphans(child, column, parent))),
];
