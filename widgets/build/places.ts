import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the package, seen from the source, from `dist/widgets/build`, and where the package is installed. */
export const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();
export const browserOut = resolve(root, 'dist/browser');

export interface WidgetSource {
  readonly plugin: string;
  readonly surface: 'admin' | 'storefront';
  /** `wheel` for `wheel.element.ts`, built as `wheel.js`. */
  readonly name: string;
  readonly file: string;
}

const foldersIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];

/** Folders of plugins under a folder such as `plugins`. */
export const pluginsIn = (folder: string): string[] =>
  foldersIn(folder).filter((name) => existsSync(join(folder, name, 'manifest.ts')) || existsSync(join(folder, name, 'widgets'))).sort();

/**
 * The widget modules of one plugin: `widgets/{admin,storefront}/*.element.ts` whose file default-exports a class. Elements that are
 * imported by others lie in a folder below.
 */
export function widgetsOf(pluginFolder: string, plugin: string): WidgetSource[] {
  return (['admin', 'storefront'] as const).flatMap((surface) => {
    const folder = join(pluginFolder, 'widgets', surface);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).filter((file) => file.endsWith('.element.ts')).sort()
      .map((file) => ({ plugin, surface, name: file.slice(0, -'.element.ts'.length), file: join(folder, file) }));
  });
}
