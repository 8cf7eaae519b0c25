import type { EntityClass } from '../plugin-api/index.js';
import { PlanForecast } from './entities/plan-forecast.entity.js';
import { PlanSetting } from './entities/plan-setting.entity.js';
import { CreatePlanner } from './migrations/create-planner.migration.js';

export const entities: readonly EntityClass[] = [PlanForecast, PlanSetting];
export const migrations = [CreatePlanner];
