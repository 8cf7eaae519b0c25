import type { EntityClass, MigrationClass } from '../plugin-api/index.js';
import { BudgetEntity } from './entities/budget.entity.js';
import { CreateEconomy } from './migrations/1763800300000-create-economy.js';

/** The ledger's own tables are append-only and reached by statements only, so they have no entities. */
export const entities: readonly EntityClass[] = [BudgetEntity];
export const migrations: readonly MigrationClass[] = [CreateEconomy];
