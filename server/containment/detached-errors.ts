import type { Logger } from 'pino';
import { blamed } from './containment.js';

/**
 * Errors that nobody awaits (timers, emitters, forgotten promises) are put to the plugin in whose call they began and count as its
 * failures, and the process goes on. An error of the core itself ends the process: nobody knows what it left half done.
 */
export function blameDetachedErrors(log: Logger): () => void {
  const caught = (error: unknown): void => {
    const line = blamed();
    if (!line) {
      log.fatal({ err: error }, 'an error that nobody handles; stopping');
      process.exit(1);
    }
    line.strayed(error, performance.now());
    const { plugin, shop, surface, name } = line;
    log.error({ err: error, plugin, shop, surface, name }, 'a plugin threw where nobody waits for it');
  };
  process.on('uncaughtException', caught).on('unhandledRejection', caught);
  return () => { process.off('uncaughtException', caught).off('unhandledRejection', caught); };
}
