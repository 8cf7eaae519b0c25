import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../server/cli/program.js';

export interface Said { readonly code: number; readonly out: string; readonly err: string }

/** `guanxi …` as an author types it, in this process. */
export async function guanxi(...args: readonly string[]): Promise<Said> {
  const out: string[] = [], err: string[] = [];
  const code = await runCommand(args, { env: { ...process.env, PORT: '0' }, out: (line) => { out.push(line); }, err: (line) => { err.push(line); } });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A folder in which an author works, removed at the end. */
export class Workshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'guanxi-workshop-'));
  path(...names: readonly string[]): string { return join(this.folder, ...names); }
  read(...names: readonly string[]): string { return readFileSync(this.path(...names), 'utf8'); }
  write(text: string, ...names: readonly string[]): void { writeFileSync(this.path(...names), text); }
  edit(change: (text: string) => string, ...names: readonly string[]): void { this.write(change(this.read(...names)), ...names); }
  json(change: (value: Record<string, unknown>) => Record<string, unknown>, ...names: readonly string[]): void {
    this.edit((text) => JSON.stringify(change(JSON.parse(text) as Record<string, unknown>), null, 2), ...names);
  }
  /** A copy of a built plugin to break; what it is built with stays linked. */
  copy(from: string, to: string): string {
    cpSync(this.path(from), this.path(to), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    return this.path(to);
  }
  /** Every file below, without what is installed and built. */
  files(below: string): string[] {
    return readdirSync(this.path(below), { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile() && !/node_modules|[\\/]dist|\.guanxi/.test(entry.parentPath)).map((entry) => join(entry.parentPath, entry.name));
  }
  [Symbol.dispose](): void { rmSync(this.folder, { recursive: true, force: true }); }
}

export async function must(said: Promise<Said>): Promise<Said> {
  const answer = await said;
  if (answer.code !== 0) throw new Error(`The command failed: ${answer.err}`);
  return answer;
}
