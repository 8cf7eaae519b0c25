import type { OpenDataStore } from './data-store.js';
import { PostgresDataStore } from './postgres/postgres-data-store.js';
import { SqliteDataStore } from './sqlite/sqlite-data-store.js';

/** Opens the store of this process. Errors: 503 `GX_DATA_LOCKED`, 500 `GX_DATA_FOLDER`, 503 `GX_DATA_UNAVAILABLE`. */
export const openDataStore: OpenDataStore = (options) => {
  const { location } = options;
  return location.engine === 'sqlite' ? SqliteDataStore.open(location.file, options) : PostgresDataStore.open(location.url, options);
};
