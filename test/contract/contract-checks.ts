import type { ContractCheck } from './contract-check.js';
import { disposalIsWhole } from './checks/disposal.check.js';
import { erasureIsWhole } from './checks/erasure.check.js';
import { filesAreSound } from './checks/files.check.js';
import { handlersAreIdempotent } from './checks/handlers.check.js';
import { importIsSilent } from './checks/import.check.js';
import { jobsStop } from './checks/jobs.check.js';
import { lifecycleIsHarmless } from './checks/lifecycle.check.js';
import { manifestIsSound } from './checks/manifest.check.js';
import { migrationsGoBothWays } from './checks/migrations.check.js';
import { packageIsWhole } from './checks/package.check.js';
import { purgeIsWhole } from './checks/purge.check.js';
import { schemaIsItsEntities } from './checks/schema.check.js';
import { servicesResolve } from './checks/services.check.js';
import { settingsFormRenders } from './checks/settings-form.check.js';
import { settingsHold } from './checks/settings.check.js';
import { started } from './checks/started.check.js';
import { textsAreWhole } from './checks/texts.check.js';
import { twoShops } from './checks/two-shops.check.js';
import { widgetsBehave } from './checks/widgets.check.js';

/** The whole contract, in the order in which it is checked: each check finds the host as those before it left it. */
export const contractChecks: readonly ContractCheck[] = [
  manifestIsSound, filesAreSound, packageIsWhole, textsAreWhole,
  importIsSilent, settingsHold,
  started, servicesResolve, migrationsGoBothWays, schemaIsItsEntities, twoShops, handlersAreIdempotent, jobsStop, erasureIsWhole, lifecycleIsHarmless, purgeIsWhole, disposalIsWhole,
  settingsFormRenders, widgetsBehave,
];
