import type { AdminRoutes } from '../../plugin-api/index.js';
import type { RouteTable } from '../../host/route-table.js';
import type { CoreServices } from '../core-services.js';
import { budgetRoutes } from './budgets.routes.js';
import { customerRoutes } from './customers.routes.js';
import { earningRoutes } from './earning.routes.js';
import { economyChartRoutes } from './economy-charts.routes.js';
import { economyRoutes } from './economy.routes.js';
import { importRoutes } from './imports.routes.js';
import { homeRoutes } from './home.routes.js';
import { orderRoutes } from './orders.routes.js';
import { plannerRoutes } from './planner.routes.js';
import { colleagueRoutes } from './colleagues.routes.js';
import { pointsRoutes } from './points.routes.js';
import { privacyRoutes } from './privacy.routes.js';
import { productRoutes } from './products.routes.js';
import { riskRoutes } from './risk.routes.js';
import { segmentRoutes } from './segments.routes.js';
import { stackingRoutes } from './stacking.routes.js';

/** The pages about customers, orders and money. */
export function coreAdminRoutes(routes: AdminRoutes, table: RouteTable, services: CoreServices): void {
  homeRoutes(routes, services);
  customerRoutes(routes, services);
  segmentRoutes(routes, services);
  orderRoutes(routes, services);
  productRoutes(routes, services);
  economyRoutes(routes, services);
  economyChartRoutes(routes, services);
  earningRoutes(routes, services);
  plannerRoutes(routes, services);
  pointsRoutes(routes, services);
  colleagueRoutes(routes, services);
  budgetRoutes(routes, services);
  riskRoutes(routes, services);
  stackingRoutes(routes, services);
  privacyRoutes(routes, services);
  importRoutes(routes, table, services);
}
