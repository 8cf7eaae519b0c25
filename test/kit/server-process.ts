import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ADMIN_TOKEN } from './test-server.js';
import { HttpClient } from './http-client.js';

const runner = fileURLToPath(new URL('./serve-demo.js', import.meta.url));

/** The demo as its own process, for tests that kill it. */
export class ServerProcess {
  private constructor(readonly child: ChildProcess, readonly url: string, readonly output: () => string) {}

  /** Answers when it listens. `command` is another script with its arguments, e.g. of an installed package, run in `cwd`. */
  static async start(env: Readonly<Record<string, string>>, { command = [runner], cwd }: { readonly command?: readonly string[]; readonly cwd?: string } = {}): Promise<ServerProcess> {
    const child = spawn(process.execPath, command, { ...(cwd ? { cwd } : {}), env: { ...process.env, PORT: '0', GUANXI_SEED: 'none', GUANXI_ADMIN_TOKEN: ADMIN_TOKEN, LOG_LEVEL: 'error', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /Storefront\s+(http:\/\/\S+?)\/demo/.exec(output);
        if (found?.[1]) resolve(found[1]);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => { reject(new Error(`The server ended with ${code ?? 'a signal'} before it listened:\n${output}`)); });
    });
    return new ServerProcess(child, url, () => output);
  }

  async admin(): Promise<HttpClient> {
    const { bearer } = await new HttpClient(this.url).must<{ bearer: string }>('POST', '/api/admin/sign-in', { token: ADMIN_TOKEN });
    return new HttpClient(this.url, bearer);
  }

  /** SIGKILL: nothing gets the chance to finish. */
  async kill(): Promise<void> {
    // Whoever has ended by itself will not end again.
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** SIGTERM; answers the exit code. */
  async stop(): Promise<number | null> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    return ((await gone) as [number | null])[0];
  }
}
