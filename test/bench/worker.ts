import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A child process that answers one message at a time. */
export class Worker {
  readonly #child: ChildProcess;
  constructor(module: string, env: Readonly<Record<string, string>> = {}) {
    this.#child = fork(fileURLToPath(new URL(module, import.meta.url)), { execArgv: [], env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  ask<T>(message: object | string): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = (): void => { this.#child.off('message', onMessage); this.#child.off('exit', onExit); };
      const onMessage = (reply: { readonly result: T } | { readonly error: string }): void => { done(); if ('error' in reply) reject(new Error(reply.error)); else resolve(reply.result); };
      const onExit = (code: number | null, signal: string | null): void => { done(); reject(new Error(`A process of the benchmark ended (${signal ?? `exit code ${code ?? '?'}`}).`)); };
      this.#child.on('message', onMessage).on('exit', onExit);
      this.#child.send(message);
    });
  }

  stop(): void { this.#child.kill('SIGKILL'); }
}
