import { EventEmitter } from 'node:events';
import pg from 'pg';

/** One channel of PostgreSQL for all of ours: the name travels in the message. */
const CHANNEL = 'guanxi';

/** Hears what other nodes say, on a connection of its own that comes back after a loss. What was said meanwhile is lost: listeners poll as well. */
export class Notifications {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly url: string) {}

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'guanxi-listen', keepAlive: true, connectionTimeoutMillis: 5_000 });
    const lost = (): void => {
      if (this.#closed || this.#client !== client) return;
      this.#client = undefined;
      client.end().catch(() => {});
      this.#again();
    };
    this.#client = client;
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.#heard(payload));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
  }

  #again(): void {
    this.#retry = setTimeout(() => {
      this.start().catch(() => { this.#client = undefined; if (!this.#closed) this.#again(); });
    }, 500 + Math.random() * 500);
    this.#retry.unref();
  }

  #heard(payload: string | undefined): void {
    try {
      const [channel, text] = JSON.parse(payload ?? '') as [string, string];
      this.#emitter.emit(channel, text);
    } catch { /* Not one of ours. */ }
  }

  static message(channel: string, payload: string): [string, string] { return [CHANNEL, JSON.stringify([channel, payload])]; }

  on(channel: string, listener: (payload: string) => void): void { this.#emitter.on(channel, listener); }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => {});
  }
}
