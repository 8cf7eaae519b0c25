import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Finding } from './finding.js';

/** Beside `manifest.json`: `{ "algorithm": "sha256", "files": { "plugin.js": "<64 hex digits>" } }`, every file of the folder but itself. */
export const INTEGRITY_FILE = 'integrity.json';
const listSchema = z.strictObject({ algorithm: z.literal('sha256'), files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)) });

/** Every file below a built plugin's folder by its path with forward slashes, and the symbolic links among them. */
export async function filesOf(root: URL): Promise<{ readonly files: readonly string[]; readonly links: readonly string[] }> {
  const folder = fileURLToPath(root);
  const files: string[] = [], links: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = `${entry.parentPath}${sep}${entry.name}`.slice(folder.length).split(sep).filter(Boolean).join('/');
    if (entry.isSymbolicLink()) links.push(path);
    else if (entry.isFile()) files.push(path);
  }
  return { files: files.sort(), links };
}

const hashOf = async (root: URL, path: string): Promise<string> => createHash('sha256').update(await readFile(new URL(path.split('/').map(encodeURIComponent).join('/'), root))).digest('hex');

/** What `guanxi plugins build` does last: lists every file with its hash. */
export async function writeIntegrity(root: URL): Promise<void> {
  const files = (await filesOf(root)).files.filter((path) => path !== INTEGRITY_FILE);
  const hashes = await Promise.all(files.map(async (path) => [path, await hashOf(root, path)] as const));
  await writeFile(new URL(INTEGRITY_FILE, root), `${JSON.stringify({ algorithm: 'sha256', files: Object.fromEntries(hashes) }, null, 1)}\n`);
}

/** Compares the folder with its list: nothing changed, nothing missing, nothing added. `required`: a missing list is an error. */
export async function checkIntegrity(root: URL, required: boolean): Promise<readonly Finding[]> {
  let text: string;
  try { text = await readFile(new URL(INTEGRITY_FILE, root), 'utf8'); }
  catch { return required ? [{ code: 'GX_INTEGRITY_MISSING', message: `${INTEGRITY_FILE} is missing, so nobody can tell whether the files are those the author built. Build the package with "guanxi plugins build".` }] : []; }
  let listed: Readonly<Record<string, string>>;
  try { listed = listSchema.parse(JSON.parse(text)).files; }
  catch { return [{ code: 'GX_INTEGRITY_INVALID', message: `${INTEGRITY_FILE} cannot be read. Build the package again with "guanxi plugins build".` }]; }
  const { files } = await filesOf(root);
  const findings = await Promise.all(files.map(async (path): Promise<readonly Finding[]> => {
    if (path === INTEGRITY_FILE) return [];
    const expected = listed[path];
    if (expected === undefined) return [{ code: 'GX_INTEGRITY_EXTRA', message: `the file ${path} is not in ${INTEGRITY_FILE}. Remove it, or build the package again.` }];
    return await hashOf(root, path) === expected ? [] : [{ code: 'GX_INTEGRITY_MODIFIED', message: `the file ${path} was changed after it was built. Install the package again; if you changed it yourself, build it again.` }];
  }));
  const absent = Object.keys(listed).filter((path) => !files.includes(path));
  return [...findings.flat(), ...absent.map((path): Finding => ({ code: 'GX_INTEGRITY_ABSENT', message: `the file ${path} is listed in ${INTEGRITY_FILE} but is not there. Install the package again.` }))];
}
