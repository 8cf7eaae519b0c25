import type { Manifest } from '../plugin-api/index.js';
import type { Finding } from './finding.js';
import { checkIntegrity, filesOf } from './integrity.js';
import { checkCopies, dependenciesOf } from './single-copies.js';
import { verifyImports } from './verify-imports.js';
import { verifyWidgets } from './verify-widgets.js';

/**
 * Everything wrong with a built plugin's files; `guanxi plugins check` and the host ask the same. None of its code runs. Of bundled plugins
 * only the widgets are looked at: they are built and tested with the host.
 */
export async function verifyFiles(root: URL, manifest: Manifest, kind: 'bundled' | 'package'): Promise<readonly Finding[]> {
  const widgets = verifyWidgets(root, manifest);
  if (kind === 'bundled') return [...await checkIntegrity(root, false), ...await widgets];
  const { links } = await filesOf(root);
  return [
    ...links.map((path): Finding => ({ code: 'GX_PATH_ESCAPE', message: `${path} is a symbolic link. Put the file itself there.` })),
    ...await checkIntegrity(root, true), ...checkCopies(root), ...await verifyImports(root, dependenciesOf(root)), ...await widgets,
  ];
}
