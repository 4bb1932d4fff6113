import 'server-only';
import pino, { type Logger, type LoggerOptions } from 'pino';

const SECRET_FIELDS = [
  'secretAccessKey',
  'sessionToken',
  'accessKeyId',
  'credentials',
  'authorization',
  'Authorization',
  'cookie',
  'password',
  'databaseUrl',
];

/** What is hidden wherever it stands in what is logged, three levels deep: as deep as errors and requests put it. */
export const REDACT: LoggerOptions['redact'] = {
  paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]),
  censor: '[hidden]',
};

/**
 * The server's log: one JSON line each, to standard output. Credentials never get here because AWS errors are logged
 * as AppError only; the list above is a second net for objects somebody logs whole.
 */
export const log: Logger = pino({ name: 'cairn', level: 'info', base: undefined, redact: REDACT });

/** Called once, when the settings have been read. */
export function setLogLevel(level: string): void {
  log.level = level;
}
