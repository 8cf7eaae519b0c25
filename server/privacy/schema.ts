import type { EntityClass } from '../plugin-api/index.js';
import { CreateAudit } from './migrations/create-audit.migration.js';
import { CreatePrivacy } from './migrations/create-privacy.migration.js';
import { CreatePurges } from './migrations/create-purges.migration.js';

export const entities: readonly EntityClass[] = [];
export const migrations = [CreateAudit, CreatePrivacy, CreatePurges];
