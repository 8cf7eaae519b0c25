import type { EntityClass } from '../plugin-api/index.js';
import { CreateActivities } from './migrations/create-activities.migration.js';
import { CreatePublicationSheets } from './migrations/create-publication-sheets.migration.js';

export const entities: readonly EntityClass[] = [];
export const migrations = [CreateActivities, CreatePublicationSheets];
