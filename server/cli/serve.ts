import { loadConfig, type Config } from '../config.js';
import { portIsFree } from './port-probe.js';
import { blameDetachedErrors } from '../containment/detached-errors.js';
import { CommandError, explain } from './command-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How long requests, jobs and the outbox may take to finish when the process is asked to stop. */
const DRAIN_MS = 20_000;

/** Starts the server and keeps it until a signal; the composition root is loaded late, so that wrong settings answer at once. */
async function serve(config: Config, tell: (running: import('../main.js').RunningServer) => Promise<void>): Promise<void> {
  // Before the migrations and the seeding, which would be in vain.
  await portIsFree(config.host, config.port);
  const { startServer } = await import('../main.js');
  // Before the start: what a plugin leaves behind while it is imported or activated must not end the process either.
  blameDetachedErrors((await import('../http/server-log.js')).serverLog(config));
  const running = await startServer(config);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log(`${signal}: finishing what is under way …`);
    setTimeout(() => { console.error('Not everything finished in time; it goes on at the next start.'); process.exit(1); }, DRAIN_MS).unref();
    running.close().then(() => { process.exit(0); }, (error: unknown) => { explain(error, (line) => { console.error(line); }); process.exit(1); });
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  await tell(running);
}

/** The demo shop, with links to look around. Every failure to start is a sentence and exit code 1. */
export async function serveDemo(env: Environment): Promise<void> {
  try {
    const config = loadConfig(env, 'demo');
    await serve(config, async (running) => {
      const shop = running.services.shops.byKey('demo') ?? running.services.shops.all()[0];
      const place = config.location.engine === 'sqlite' ? config.location.file : 'PostgreSQL';
      console.log(`\nGuanxi is running, data in ${place}.\n`);
      if (shop) console.log(`  Admin       ${await running.adminLink(shop)}\n              (signs in once; restart for another)`);
      console.log(`  Storefront  ${running.url}/demo\n`);
      for (const { id, error } of running.services.host.report()) if (error) console.error(`The plugin ${id} does not run. ${error}\n`);
      console.log('Stop with Ctrl+C.');
    });
  } catch (error) {
    explain(error, (line) => { console.error(line); });
    process.exit(1);
  }
}

/** A server for real shops. Throws what `runCommand` turns into a sentence. */
export async function serveProduction(env: Environment): Promise<void> {
  const config = loadConfig(env, 'production');
  if (!env['DATABASE_URL'] && !env['DATA_DIR']) throw new CommandError('Say where the data is: DATABASE_URL for PostgreSQL, or DATA_DIR for a folder with a SQLite database.');
  if (!config.publicUrl) throw new CommandError('PUBLIC_URL is missing. Set it to the https address under which shops reach this server.');
  if (/^(.)\1*$/.test(config.secret ?? '') || new Set(config.secret).size < 10) throw new CommandError('GUANXI_SECRET is too simple. Make a random one with: openssl rand -base64 48');
  await serve(config, (running) => { console.log(`Guanxi listens on ${running.url} for ${config.publicUrl ?? running.url}.`); return Promise.resolve(); });
}
