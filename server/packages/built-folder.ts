import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A built plugin's folder as it lies on the disk: each file is listed and read once. Paths have forward slashes. A symbolic link is no file
 * and is never followed, so whatever is read lies in the folder. Reads at once: hosts verify a hundred packages before they listen, and a
 * promise for each file would cost more than reading it.
 */
export class BuiltFolder {
  readonly files: ReadonlySet<string>;
  readonly links: readonly string[];
  /** Its path, ending as `root` ends. */
  readonly path: string;
  readonly #read = new Map<string, Buffer>();

  constructor(readonly root: URL) {
    this.path = fileURLToPath(root);
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true })
      .map((entry) => ({ entry, path: `${entry.parentPath}${sep}${entry.name}`.slice(this.path.length).split(sep).filter(Boolean).join('/') }));
    this.files = new Set(entries.filter(({ entry }) => entry.isFile()).map(({ path }) => path).sort());
    this.links = entries.filter(({ entry }) => entry.isSymbolicLink()).map(({ path }) => path);
  }

  /** Undefined when there is no such file in the folder. */
  bytes(path: string): Buffer | undefined {
    if (!this.files.has(path)) return undefined;
    let bytes = this.#read.get(path);
    if (!bytes) this.#read.set(path, bytes = readFileSync(this.path + path));
    return bytes;
  }
  text(path: string): string | undefined { return this.bytes(path)?.toString('utf8'); }
}
