import { prepareLogLine } from '../logs/log-line';

export interface ReadLine {
  level: 'error' | 'warn' | 'info';
  text: string;
}

/** Longer lines are cut in a story: the log itself has them whole. */
const MAX_CHARS = 1_200;

const ERROR_WORD = /\b(?:ERROR|FATAL|CRITICAL|Traceback|Task timed out)\b|\b[A-Z]\w*(?:Exception|Error)\b/;
const WARN_WORD = /\bWARN(?:ING)?\b/;
const STAMP = /^\s*\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?\s+/;
const LEVEL = /^\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|CRITICAL)\]?\s+/;
const LAMBDA_HEAD = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s+/;
const UUID_HEAD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s+/;

/**
 * A log message as a sentence of the story: its level by the logger's word or field, its text without time stamps, levels
 * and request ids, which the story shows by itself. Hostile characters are made visible.
 */
export function readLine(message: string): ReadLine {
  const plain = prepareLogLine(message, MAX_CHARS)
    .spans.map(({ text }) => text)
    .join('');
  const json = readJson(plain);
  if (json) return json;
  let text = plain.trim();
  for (const head of [STAMP, LEVEL, LAMBDA_HEAD, UUID_HEAD, STAMP]) text = text.replace(head, '');
  return { level: levelOf(plain), text: text.trim() || plain.trim() };
}

function levelOf(text: string): ReadLine['level'] {
  // The logger's own word stands near the start; further on the words may be data.
  const head = text.slice(0, 120);
  if (/\bERROR\b|\bFATAL\b|\bCRITICAL\b/.test(head)) return 'error';
  if (WARN_WORD.test(head)) return 'warn';
  if (/\b(?:INFO|DEBUG)\b/.test(head)) return 'info';
  return ERROR_WORD.test(text) ? 'error' : 'info';
}

function readJson(text: string): ReadLine | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const record = JSON.parse(text) as Record<string, unknown>;
    const words = record.message ?? record.msg ?? record.errorMessage;
    if (typeof words !== 'string') return undefined;
    const level = String(record.level ?? record.severity ?? record.levelname ?? '');
    if (/^(?:err|fatal|crit)/i.test(level)) return { level: 'error', text: words };
    if (/^warn/i.test(level)) return { level: 'warn', text: words };
    return { level: level === '' ? levelOf(words) : 'info', text: words };
  } catch {
    return undefined;
  }
}
