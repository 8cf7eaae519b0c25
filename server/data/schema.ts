import type { EntityClass } from '../plugin-api/index.js';
import type { MigrationClass } from '../plugin-api/migration.js';
import { createIdempotency } from './migrations/idempotency.js';

export const entities: readonly EntityClass[] = [];
export const migrations: readonly MigrationClass[] = [createIdempotency];
