import { copyFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataLocation, Engine } from '../../server/data/data-store.js';
import { migrate } from '../../server/data/migrate.js';
import type { MigrationClass } from '../../server/plugin-api/migration.js';
import { createLocation, type Place } from './locations.js';
import { modelOf } from './shared-model.js';

/** History tables and what they list, in the order in which they are run. */
export type Schema = readonly (readonly [historyTable: string, migrations: readonly MigrationClass[]])[];

const numbers = new WeakMap<MigrationClass, number>();
let given = 0;
/** Classes, not names: two suites may call different migrations alike. */
const numberOf = (each: MigrationClass): number => {
  const known = numbers.get(each) ?? ++given;
  numbers.set(each, known);
  return known;
};
const models = new Map<string, Promise<Place>>();

async function model(engine: Engine, schema: Schema): Promise<Place> {
  const place = await createLocation(engine);
  const { location } = place;
  // Whoever uses the kit without a test runner has nobody to call `dropModels`.
  if (location.engine === 'sqlite') process.once('exit', () => { rmSync(dirname(location.file), { recursive: true, force: true }); });
  for (const [history, migrations] of schema) await migrate(location, history, migrations);
  return place;
}

/**
 * A database of its own on which the migrations have run. They run once in a process: whoever asks again gets a copy, because a test that
 * only needs the tables should not pay for making them. With a name, under which every process means the same, they run once for all processes.
 */
export async function migratedLocation(engine: Engine, schema: Schema, name?: string): Promise<Place> {
  const key = JSON.stringify([engine, schema.map(([history, migrations]) => [history, migrations.map(numberOf)])]);
  let made = models.get(key);
  if (!made) models.set(key, made = name === undefined ? model(engine, schema) : modelOf(`${engine}-${name}`, () => model(engine, schema)));
  return copyOf((await made).location);
}

/** A database of its own with everything that another holds, which nobody may have open. */
export async function copyOf(location: DataLocation): Promise<Place> {
  if (location.engine === 'postgres') return createLocation('postgres', new URL(location.url).pathname.slice(1));
  const place = await createLocation('sqlite');
  copyFileSync(location.file, (place.location as Extract<DataLocation, { engine: 'sqlite' }>).file);
  return place;
}

/** Drops what copies are made of. */
export async function dropModels(): Promise<void> {
  const all = [...models.values()];
  models.clear();
  for (const each of await Promise.allSettled(all)) if (each.status === 'fulfilled') await each.value.drop();
}
