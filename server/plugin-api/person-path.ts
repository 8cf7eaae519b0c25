/**
 * SQL for rows that follow their person when two become one and go back when they are two again (`customer.merged`, `customer.split`): for tables with a column
 * `origin` (text, nullable, at least 400 characters) beside `person_id`. It is the path of those whose row it was, the last one first, so that merges are undone step
 * by step, and telling either of them twice changes nothing. Bind `person`, who became another, and `into`, the other.
 */
export const personPath = {
  /** What a merge sets in the rows of `:person`. */
  leaves: "person_id = :into, origin = CASE WHEN origin IS NULL THEN CAST(:person AS TEXT) ELSE CAST(:person AS TEXT) || '/' || origin END",
  /** Which rows of `:into` came with `:person`; `alias`: of the table, where others are read beside it. */
  theirs: (alias = ''): string => {
    const row = alias === '' ? '' : `${alias}.`;
    return `${row}person_id = CAST(:into AS TEXT) AND (${row}origin = CAST(:person AS TEXT) OR ${row}origin LIKE CAST(:person AS TEXT) || '/%')`;
  },
  /** What a split sets in them. */
  returns: 'person_id = :person, origin = CASE WHEN origin = :person THEN NULL ELSE SUBSTR(origin, LENGTH(CAST(:person AS TEXT)) + 2) END',
} as const;
