import type { EntityClass, MigrationClass } from '../../plugin-api/index.js';
import { openCheckouts } from './migrations/open-checkouts.js';
import { demoTables } from './migrations/demo-tables.js';

/** The demo's tables are reached by statements alone. */
export const entities: readonly EntityClass[] = [];
export const migrations: readonly MigrationClass[] = [demoTables, openCheckouts];
