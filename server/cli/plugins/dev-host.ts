import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandIo } from '../program.js';

const cli = fileURLToPath(new URL('../guanxi.js', import.meta.url));
/** How long a host may take to finish what is under way before it is ended. */
const PATIENCE_MS = 5_000;

/** The demo shop in a child process, with one plugin more; restarted with every good build. */
export class DevHost {
  #child: ChildProcess | undefined;
  constructor(private readonly io: CommandIo, private readonly env: Readonly<Record<string, string>>) {}

  async start(): Promise<void> {
    await this.stop();
    const child = spawn(process.execPath, [cli, 'demo', 'start'], { env: { ...this.io.env, ...this.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const tell = (write: (line: string) => void) => (chunk: string): void => { const text = chunk.replace(/[^\n]*\r/g, '').trimEnd(); if (text) write(text); };
    child.stdout.setEncoding('utf8').on('data', tell((line) => { this.io.out(line); }));
    child.stderr.setEncoding('utf8').on('data', tell((line) => { this.io.err(line); }));
    child.once('exit', (code) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.io.err(`The host ended${code === null ? '' : ` with code ${code}`}. It is started again after the next change.`);
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const impatient = setTimeout(() => { child.kill('SIGKILL'); }, PATIENCE_MS);
    await gone;
    clearTimeout(impatient);
  }
}
