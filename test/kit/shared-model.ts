import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataLocation } from '../../server/data/data-store.js';
import type { Place } from './locations.js';

const POLL_MS = 50;
const folder = process.env['GUANXI_TEST_SHARED'];

const isRunning = (pid: number): boolean => { try { process.kill(pid, 0); return true; } catch { return false; } };
/** Whether it falls to this process to make it. */
function claim(file: string): boolean {
  try { writeFileSync(file, String(process.pid), { flag: 'wx' }); return true; }
  catch {
    const maker = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (maker && !isRunning(maker)) rmSync(file, { force: true });
    return false;
  }
}

/** A folder that goes with the model of this name, beside it; undefined where processes share nothing. */
export const besideModel = (name: string): string | undefined => folder && join(folder, name);

/**
 * What databases are copied from. The processes of `npm test` make each model once for all of them, in the folder that `GUANXI_TEST_SHARED`
 * names and on the one PostgreSQL server, which both end with the run; elsewhere each process makes its own.
 */
export async function modelOf(name: string, make: () => Promise<Place>): Promise<Place> {
  if (!folder) return make();
  const told = join(folder, `${name}.json`), claimed = join(folder, `${name}.claim`);
  while (!existsSync(told)) {
    if (!claim(claimed)) { await delay(POLL_MS); continue; }
    try {
      const { location, drop } = await make();
      let left: DataLocation = location;
      if (location.engine === 'sqlite') {
        left = { engine: 'sqlite', file: join(folder, `${name}.db`) };
        copyFileSync(location.file, left.file);
        await drop();
      }
      writeFileSync(`${told}.draft`, JSON.stringify(left));
      renameSync(`${told}.draft`, told);
    } catch (error) {
      rmSync(claimed, { force: true });
      throw error;
    }
  }
  return { location: JSON.parse(readFileSync(told, 'utf8')) as DataLocation, drop: async () => { /* with the run */ } };
}
