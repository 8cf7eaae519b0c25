import type { EntityClass } from '../plugin-api/index.js';
import { CreateJobs } from './migrations/create-jobs.migration.js';

export const entities: readonly EntityClass[] = [];
export const migrations = [CreateJobs];
