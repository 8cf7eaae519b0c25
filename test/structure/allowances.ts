/** A place that may do what is forbidden elsewhere. `path` is a file or, ending in `/`, a folder. */
export interface Allowance { readonly path: string; readonly reason: string }

/** Where system time is right: for machines, not for what a person sees. */
export const systemTime: readonly Allowance[] = [
  { path: 'server/shops/clock.ts', reason: 'the injected clock itself' },
  { path: 'server/cli/', reason: 'commands measure how long they take' },
  { path: 'server/http/identify.ts', reason: 'bearers expire by system time' },
  { path: 'server/http/admin/session.routes.ts', reason: 'sign-in links and bearers expire by system time' },
  { path: 'server/http/platforms/demo.mount.ts', reason: 'bearers expire by system time' },
  { path: 'server/http/storefront/me.routes.ts', reason: 'bearers expire by system time' },
  { path: 'server/http/storefront/points.routes.ts', reason: 'the bearer of a guest who signs in expires by system time' },
  { path: 'server/compose.ts', reason: 'forgets idempotency keys, which are kept by system time, and hands quotas, seals and the check of overdue events the time that they count by' },
  { path: 'server/plugin-api/ids.ts', reason: 'ids sort by the moment they were made, whatever the shop\'s clock says' },
  { path: 'server/data/idempotency-record.ts', reason: 'a key is a time-out of the transport' },
];

/** Where a statement may cross shops. */
export const acrossShops: readonly Allowance[] = [
  { path: 'server/data/', reason: 'defines and runs system statements' },
  { path: 'server/shops/', reason: 'finds a shop by its key before there is a context' },
  { path: 'server/installs/', reason: 'loads every shop\'s installs once into the cache that all requests read' },
  { path: 'server/events/', reason: 'claims due deliveries of whatever shop' },
  { path: 'server/http/admin/session.routes.ts', reason: 'a sign-in link names its shop; before it is used there is no context' },
  { path: 'server/privacy/', reason: 'asks the database which tables hold rows of shops and of plugins, and keeps what plugins declare of theirs' },
  { path: 'server/cli/plugins/drop-plugin.ts', reason: 'counts and drops the tables of a plugin whose code is gone, in all shops' },
  { path: 'server/jobs/', reason: 'claims due work of whatever shop' },
  { path: 'server/secrets/', reason: 'the host\'s own secret belongs to no shop' },
];

/** Where the ORM is visible. */
export const ormImports: readonly Allowance[] = [
  { path: 'server/cli/', reason: 'copies, checks and clears whole databases while no store is open' },
  { path: 'server/data/', reason: 'the data layer wraps the ORM' },
  { path: 'server/host/load-code.ts', reason: 'checks a plugin\'s entities before any data source opens' },
  { path: 'server/plugin-api/migration.ts', reason: 'migrations are handed to the ORM' },
  { path: 'server/plugin-api/entity.ts', reason: 'entity decorators build on the ORM\'s' },
  { path: 'server/plugin-api/columns.ts', reason: 'column decorators build on the ORM\'s' },
];

/** Packages besides `guanxi/plugin` that server-side plugin code imports. */
export const pluginPackages: readonly (Allowance & { readonly specifier: string })[] = [
  { path: 'plugins/', specifier: 'node:crypto', reason: 'hashes and random numbers: computation without any reach' },
];

export const isAllowed = (list: readonly Allowance[], path: string): boolean =>
  list.some((allowance) => (allowance.path.endsWith('/') ? path.startsWith(allowance.path) : path === allowance.path));

/** Allowances that no longer name anything; a list that only grows would end up allowing everything. */
export const dangling = (list: readonly Allowance[], paths: readonly string[]): string[] =>
  list.map(({ path }) => path).filter((path) => !paths.some((file) => (path.endsWith('/') ? file.startsWith(path) : file === path)));
