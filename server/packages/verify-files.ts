import { init } from 'es-module-lexer';
import type { Manifest } from '../plugin-api/index.js';
import { BuiltFolder } from './built-folder.js';
import type { Finding } from './finding.js';
import { checkIntegrity } from './integrity.js';
import { checkCopies, needsOf } from './single-copies.js';
import { verifyImports } from './verify-imports.js';
import { verifyWidgets } from './verify-widgets.js';

/**
 * Everything wrong with a built plugin's files; `guanxi plugins check` and the host ask the same. None of its code runs. Of bundled plugins
 * only the widgets are looked at: they are built and tested with the host. `folder`: what of it has been read already.
 */
export async function verifyFiles(root: URL, manifest: Manifest, kind: 'bundled' | 'package', folder = new BuiltFolder(root)): Promise<readonly Finding[]> {
  await init();
  const links = folder.links.map((path): Finding => ({ code: 'GX_PATH_ESCAPE', message: `${path} is a symbolic link. Put the file itself there.` }));
  if (kind === 'bundled') return [...links, ...checkIntegrity(folder, false), ...verifyWidgets(folder, manifest)];
  const needs = needsOf(folder.path);
  return [...links, ...checkIntegrity(folder, true), ...checkCopies(folder.path, needs), ...verifyImports(folder, needs.dependencies), ...verifyWidgets(folder, manifest)];
}
