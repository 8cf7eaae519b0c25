import type { EntityClass } from '../plugin-api/index.js';
import { CreateEvents } from './migrations/create-events.migration.js';
import { IndexDeadEvents } from './migrations/index-dead-events.migration.js';

export const entities: readonly EntityClass[] = [];
export const migrations = [CreateEvents, IndexDeadEvents];
