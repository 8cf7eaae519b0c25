import { notFound, sql, type Unit } from '../plugin-api/index.js';
import { PERSON_STATE } from './ledger-statements.js';

export interface FollowedPerson { readonly personId: string; readonly guest: boolean }

/** Who a person is today: the one it was merged into, if any. Undefined for an unknown or erased person. */
export function* livingPerson(personId: string): Unit<FollowedPerson | undefined> {
  let id = personId;
  // Merges are kept flat, so more than a few steps would be a circle.
  for (let steps = 0; steps < 8; steps++) {
    const row = yield* sql.one(PERSON_STATE, { id });
    if (!row || row.erased_at !== null) break;
    if (row.merged_into === null) return { personId: id, guest: row.kind === 'guest' };
    id = row.merged_into;
  }
  return undefined;
}

/** As `livingPerson`. Errors: 404 `GX_NOT_FOUND` for an unknown or erased person. */
export function* followPerson(personId: string): Unit<FollowedPerson> {
  const person = yield* livingPerson(personId);
  if (!person) throw notFound('person', personId);
  return person;
}
