import type { EntityClass, MigrationClass } from '../plugin-api/index.js';
import { BudgetEntity } from './entities/budget.entity.js';
import { CreateEconomy } from './migrations/1763800300000-create-economy.js';
import { WidenLedger } from './migrations/1764010100000-widen-ledger.js';
import { CreateHolds } from './migrations/1764010101000-create-holds.js';
import { CreateProgramme } from './migrations/1764010102000-create-programme.js';
import { CreateMerges } from './migrations/1764010104000-create-merges.js';
import { CreatePointsDesk } from './migrations/1764010105000-create-points-desk.js';
import { WidenBudgets } from './migrations/1764010500000-widen-budgets.js';
import { CreateRisk } from './migrations/1764010501000-create-risk.js';
import { SpendParts } from './migrations/1764010902000-spend-parts.js';
import { KeyPostings } from './migrations/1764011100000-key-postings.js';
import { PaceBudgets } from './migrations/1764011104000-pace-budgets.js';
import { SubstituteHeld } from './migrations/1764011205000-substitute-held.js';
import { CreateEarning } from './migrations/1764010700000-create-earning.js';

/** The ledger's own tables are append-only and reached by statements only, so they have no entities. */
export const entities: readonly EntityClass[] = [BudgetEntity];
export const migrations: readonly MigrationClass[] = [
  CreateEconomy,
  WidenLedger, CreateHolds, CreateProgramme, CreateMerges, CreatePointsDesk,
  WidenBudgets, CreateRisk,
  CreateEarning, SpendParts, KeyPostings, PaceBudgets, SubstituteHeld,
];
