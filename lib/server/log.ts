import 'server-only';
import pino, { type Logger } from 'pino';

/**
 * The server's log: one JSON line each, to standard output. Credentials never get here because AWS errors are logged
 * as AppError only; the paths below are a second net for objects somebody logs whole.
 */
export const log: Logger = pino({
  name: 'cairn',
  level: 'info',
  base: undefined,
  redact: {
    paths: ['*.secretAccessKey', '*.sessionToken', '*.accessKeyId', '*.authorization', '*.cookie', '*.databaseUrl'],
    censor: '[hidden]',
  },
});

/** Called once, when the settings have been read. */
export function setLogLevel(level: string): void {
  log.level = level;
}
