import { statement, type Invariant } from 'guanxi/plugin';

const P = 'plg_interaction_games';
const invariant = (rule: string, text: string): Invariant => ({ rule, statement: statement<{ readonly what: string }>(`${text} LIMIT 20`) });

/** What must hold of decks, prizes and plays whatever a crowd does at once. */
export const invariants: Readonly<Record<string, Invariant>> = {
  'prize-stock': invariant('A prize has as many as there were, less those that were won; a game that is over has none left.', `
    SELECT z.activity_id AS what FROM ${P}_prize z JOIN ${P}_deck d ON d.shop_id = z.shop_id AND d.activity_id = z.activity_id LEFT JOIN (
      SELECT activity_id, prize, COUNT(*) AS won FROM ${P}_play WHERE shop_id = :shop AND (outcome = 'won' OR checked IN ('instead', 'over')) GROUP BY activity_id, prize) AS w ON w.activity_id = z.activity_id AND w.prize = z.prize
    WHERE z.shop_id = :shop AND (COALESCE(w.won, 0) > z.total - z.remaining OR (COALESCE(w.won, 0) < z.total - z.remaining AND NOT (z.remaining = 0 AND d.drawn = d.size AND d.reserve = 0)))`),
  'deck-drawn': invariant('Each ticket of a deck was drawn once, and none was passed over.', `
    SELECT d.activity_id AS what FROM ${P}_deck d LEFT JOIN (
      SELECT activity_id, COUNT(ticket) AS tickets, COALESCE(MAX(ticket), -1) AS last FROM ${P}_play WHERE shop_id = :shop GROUP BY activity_id) AS p ON p.activity_id = d.activity_id
    WHERE d.shop_id = :shop AND (d.drawn <> COALESCE(p.tickets, 0) OR d.drawn <> COALESCE(p.last, -1) + 1)`),
  'play-grant': invariant('What was won was given exactly once, what was not won was not given, and whoever was consoled was consoled once.', `
    SELECT p.id AS what FROM ${P}_play p LEFT JOIN (
      SELECT cause_ref, SUM(CASE WHEN grant_key LIKE '%:prize' THEN 1 ELSE 0 END) AS prizes, SUM(CASE WHEN reversed_at IS NULL THEN 1 ELSE 0 END) AS given,
        SUM(CASE WHEN reversed_at IS NULL AND kind <> 'points' THEN 1 ELSE 0 END) AS things, SUM(CASE WHEN reversed_at IS NULL AND kind = 'points' THEN amount ELSE 0 END) AS points
      FROM value_grant WHERE shop_id = :shop AND source = 'interaction-games.wheel' GROUP BY cause_ref) AS g ON g.cause_ref = p.id
    WHERE p.shop_id = :shop AND (p.checked IS NULL OR p.checked <> 'held') AND (COALESCE(g.points, 0) <> p.points_won OR COALESCE(g.given, 0) > 1 OR CASE p.outcome
      WHEN 'won' THEN COALESCE(g.prizes, 0) <> 1 WHEN 'fallback' THEN COALESCE(g.things, 0) > 0 ELSE COALESCE(g.given, 0) > 0 END)`),
  'play-paid': invariant('A play costs what it says, once.', `
    SELECT p.id AS what FROM ${P}_play p LEFT JOIN (
      SELECT cause_ref, SUM(-available) AS paid FROM ledger_transaction WHERE shop_id = :shop AND source = 'interaction-games.wheel' AND kind = 'spend' GROUP BY cause_ref) AS t ON t.cause_ref = p.id
    WHERE p.shop_id = :shop AND p.cost <> COALESCE(t.paid, 0)`),
};
