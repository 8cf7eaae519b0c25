import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';

/** Whether a package can be imported from here. */
export function isInstalled(name: string): boolean {
  try { return existsSync(fileURLToPath(import.meta.resolve(name))); } catch { return false; }
}

/** Imports what only some tests need, and says what to do where it is not installed: an author of a plugin installs no more than they use. */
export async function tool<T>(name: string, load: () => Promise<T>): Promise<T> {
  if (!isInstalled(name)) throw new Error(`This test needs ${name}. Run: npm install --save-dev ${name}`);
  return load();
}
