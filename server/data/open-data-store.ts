import type { OpenDataStore } from './data-store.js';
import { SqliteDataStore } from './sqlite/sqlite-data-store.js';

/** Opens the store of this process. Errors: 503 `GX_DATA_LOCKED`, 500 `GX_DATA_FOLDER`, 503 `GX_DATA_UNAVAILABLE`. */
export const openDataStore: OpenDataStore = (options) => {
  const { location } = options;
  return SqliteDataStore.open((location as { file: string }).file, options);
};
