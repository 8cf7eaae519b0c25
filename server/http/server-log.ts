import { pino, type Logger } from 'pino';
import type { Config } from '../config.js';

/** Structured lines on standard output, without what would let somebody in or name a person. */
export const serverLog = (config: Config): Logger =>
  pino({ level: config.logLevel, redact: ['*.token', '*.bearer', '*.email', '*.phone', '*.authorization', 'err.config', 'token', 'bearer', 'email'] });
