import { ConfigError } from '../config.js';
import { GxError } from '../plugin-api/index.js';

/** Ends a command with one sentence and a non-zero exit. */
export class CommandError extends Error { override name = 'CommandError'; }

interface SystemError { readonly code?: string; readonly syscall?: string; readonly port?: number; readonly address?: string; readonly path?: string }

/** The sentence for a person: what happened and what to do. Undefined for what nobody foresaw; then the stack is worth showing. */
export function sentenceFor(error: unknown): string | undefined {
  if (error instanceof CommandError || error instanceof ConfigError || error instanceof GxError) return error.message;
  if (error instanceof AggregateError && error.errors.length) return sentenceFor(error.errors[0]);
  const { code, syscall, port, address, path } = (error ?? {}) as SystemError;
  switch (code) {
    case 'EADDRINUSE': return `Port ${port ?? '?'} is in use. Stop the program that has it, or choose another: PORT=${(port ?? 3000) + 1}.`;
    case 'EADDRNOTAVAIL': return `This machine has no address ${address ?? ''}. Check HOST.`;
    case 'EACCES': case 'EPERM':
      return syscall === 'listen' ? `Port ${port ?? '?'} needs rights that this user lacks. Choose one above 1023 with PORT.` : `${path ?? 'A folder'} cannot be read or written by this user. Mend its rights, or choose another place.`;
    case 'EROFS': return `${path ?? 'The data folder'} lies on a read-only disk. Choose another with DATA_DIR.`;
    case 'ENOSPC': return 'The disk is full. Free some space and try again.';
    case 'ENOENT': return path ? `There is no file ${path}.` : undefined;
    case 'ECONNREFUSED': return `No PostgreSQL answers at ${address ?? 'the host'}:${port ?? '?'}. Start it, or mend DATABASE_URL.`;
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'The host in DATABASE_URL is not known. Mend DATABASE_URL.';
    case '28P01': case '28000': return 'PostgreSQL refuses the user or the password in DATABASE_URL.';
    case '3D000': return 'The database named in DATABASE_URL does not exist. Create it first, for example with createdb.';
    default: return undefined;
  }
}

/** Writes the sentence, or the stack of a surprise, to standard error. */
export function explain(error: unknown, write: (line: string) => void): void {
  const sentence = sentenceFor(error);
  write(sentence ?? `Something unexpected happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
