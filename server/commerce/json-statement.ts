import { statement, type Scalar, type Statement } from '../plugin-api/index.js';

/**
 * A statement over many rows or ids handed in as one JSON text, so that its SQL never changes with their number.
 * `@rows` becomes the rows of `:rows` (fields by `r.value ->> 'name'`), `@ids` a list of the texts in `:ids`. A table joined to `@rows` is looked up
 * for each row: left to itself, SQLite goes through the whole table and reads the JSON anew for each of its rows.
 */
export const jsonStatement = <Row = Record<string, Scalar>>(text: string): Statement<Row> => statement<Row>(
  text.replaceAll('@rows JOIN', '@rows CROSS JOIN').replaceAll('@rows', 'json_each(:rows) AS r').replaceAll('@ids', '(SELECT value FROM json_each(:ids))'),
  { postgres: text.replaceAll('@rows', 'jsonb_array_elements(CAST(:rows AS JSONB)) AS r(value)').replaceAll('@ids', '(SELECT jsonb_array_elements_text(CAST(:ids AS JSONB)))') },
);
