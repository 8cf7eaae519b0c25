import { migration } from '../../plugin-api/index.js';

/** Who became somebody else is asked for with each gift that is given once, and whenever people are judged. */
export const FindMergedPeople = migration('FindMergedPeople', 1764010950000, {
  up: (m) => m.createIndex('person', ['mergedInto'], { where: 'merged_into IS NOT NULL' }),
  down: (m) => m.run('DROP INDEX ix_person_merged_into'),
});
