import { hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { BuiltFolder } from './built-folder.js';
import type { Finding } from './finding.js';

/** Beside `manifest.json`: `{ "algorithm": "sha256", "files": { "plugin.js": "<64 hex digits>" } }`, every file of the folder but itself. */
export const INTEGRITY_FILE = 'integrity.json';
const listSchema = z.strictObject({ algorithm: z.literal('sha256'), files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)) });

const hashesOf = (folder: BuiltFolder): Map<string, string> => new Map([...folder.files].filter((path) => path !== INTEGRITY_FILE).map((path) => [path, hash('sha256', folder.bytes(path)!)]));

/** What `guanxi plugins build` does last: lists every file with its hash. */
export async function writeIntegrity(root: URL): Promise<void> {
  await writeFile(new URL(INTEGRITY_FILE, root), `${JSON.stringify({ algorithm: 'sha256', files: Object.fromEntries(hashesOf(new BuiltFolder(root))) }, null, 1)}\n`);
}

/** Compares the folder with its list: nothing changed, nothing missing, nothing added. `required`: a missing list is an error. */
export function checkIntegrity(folder: BuiltFolder, required: boolean): readonly Finding[] {
  const text = folder.text(INTEGRITY_FILE);
  if (text === undefined) return required ? [{ code: 'GX_INTEGRITY_MISSING', message: `${INTEGRITY_FILE} is missing, so nobody can tell whether the files are those the author built. Build the package with "guanxi plugins build".` }] : [];
  let listed: Readonly<Record<string, string>>;
  try { listed = listSchema.parse(JSON.parse(text)).files; }
  catch { return [{ code: 'GX_INTEGRITY_INVALID', message: `${INTEGRITY_FILE} cannot be read. Build the package again with "guanxi plugins build".` }]; }
  const hashes = hashesOf(folder);
  const findings = [...hashes].flatMap(([path, found]): readonly Finding[] => {
    const expected = listed[path];
    if (expected === undefined) return [{ code: 'GX_INTEGRITY_EXTRA', message: `the file ${path} is not in ${INTEGRITY_FILE}. Remove it, or build the package again.` }];
    return found === expected ? [] : [{ code: 'GX_INTEGRITY_MODIFIED', message: `the file ${path} was changed after it was built. Install the package again; if you changed it yourself, build it again.` }];
  });
  const absent = Object.keys(listed).filter((path) => !hashes.has(path));
  return [...findings, ...absent.map((path): Finding => ({ code: 'GX_INTEGRITY_ABSENT', message: `the file ${path} is listed in ${INTEGRITY_FILE} but is not there. Install the package again.` }))];
}
