import type { LogLevel } from '../contract/logs';

/** Where a line's own word for its level stands: further on the words may be data. */
const HEAD_CHARS = 120;
const ERROR = /\b(?:ERROR|FATAL|CRITICAL)\b/;
const WARN = /\bWARN(?:ING)?\b/;
const CALM = /\b(?:INFO|DEBUG|TRACE)\b/;
const TROUBLE = /\bTraceback\b|\bTask timed out\b|\b[A-Z]\w*(?:Exception|Error)\b/;
const JSON_LEVEL = /"(?:level|severity|levelname)"\s*:\s*"(\w+)"/i;
/** Past this the level of a 256 kB line is not looked for. */
const MAX_CHARS = 8_192;

/**
 * The level of a log line: by the `level` of a JSON record, by the logger's own word near the start, else by the name of an
 * exception. Undefined for all others.
 */
export function logLevel(message: string): LogLevel | undefined {
  const text = message.length > MAX_CHARS ? message.slice(0, MAX_CHARS) : message;
  if (text.startsWith('{')) {
    const [, word = ''] = JSON_LEVEL.exec(text) ?? [];
    if (/^(?:err|fatal|crit)/i.test(word)) return 'error';
    if (/^warn/i.test(word)) return 'warn';
    if (word !== '') return undefined;
  }
  const head = text.slice(0, HEAD_CHARS);
  if (ERROR.test(head)) return 'error';
  if (WARN.test(head)) return 'warn';
  if (CALM.test(head)) return undefined;
  return TROUBLE.test(text) ? 'error' : undefined;
}

/** Whether a line is of that level or worse. */
export function isOfLevel(message: string, level: LogLevel): boolean {
  const own = logLevel(message);
  return own === 'error' || (level === 'warn' && own === 'warn');
}

/**
 * A CloudWatch pattern (AWS docs: `?term`, any of them) that finds every line `isOfLevel` can say yes to, and some more:
 * what comes back is looked at again.
 */
const ERROR_TERMS =
  '?ERROR ?Error ?error ?"\\"err\\"" ?FATAL ?Fatal ?fatal ?CRIT ?Crit ?crit ?Traceback ?Exception ?"Task timed out"';
export const LEVEL_PATTERNS: Record<LogLevel, string> = {
  error: ERROR_TERMS,
  warn: `${ERROR_TERMS} ?WARN ?Warn ?warn`,
};
