import type { StoryEntry, StorySource } from '../contract/story';
import { KNOWN_CAUSES } from './causes';
import { readLine } from './read-line';

export interface StoryLine {
  atMs: number;
  message: string;
  stream?: string;
  /** Where alike lines were counted elsewhere: how many they are, and when the last was. */
  count?: number;
  lastMs?: number;
  /** When AWS received it. */
  ingestedMs?: number;
}

/** Two lines that differ only in numbers, ids and quoted values tell the same thing. */
export function fingerprint(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16,}\b/gi, '•')
    .replace(/\d+(?:\.\d+)?/g, '#')
    .slice(0, 300);
}

/**
 * The errors and warnings among log lines, oldest first, each kind once with how often and until when it came. The first
 * that tells of a cause is pinned. `info` lines are left out: the log has them.
 */
export function foldLines(source: StorySource, lines: readonly StoryLine[]): StoryEntry[] {
  const entries = new Map<string, StoryEntry>();
  for (const [i, line] of [...lines].sort((a, b) => a.atMs - b.atMs).entries()) {
    const { level, text } = readLine(line.message);
    if (level === 'info' || isFrame(text)) continue;
    const key = `${level} ${fingerprint(text)}`;
    const at = new Date(line.atMs).toISOString();
    const lastAt = new Date(line.lastMs ?? line.atMs).toISOString();
    const count = line.count ?? 1;
    const known = entries.get(key);
    if (known) {
      known.count += count;
      known.lastAt = lastAt;
      continue;
    }
    entries.set(key, {
      id: `${source}#${line.atMs}#${i}`,
      source,
      at,
      ...(count > 1 && { lastAt }),
      level,
      text,
      count,
      pinned: false,
      ...(line.stream === undefined ? {} : { stream: line.stream }),
    });
  }
  return pinFirst([...entries.values()]);
}

/** Stack frames say where in code nobody here can change; the exception itself follows them. */
const isFrame = (text: string) => /^(?:\w+: )?(?:Traceback \(most|\s*File "|\s{2,}\S|at \S+ \()/.test(text);

/**
 * Pins the earliest error; where there is none, the earliest warning that a known cause reads. Any other warning is daily
 * life: rollouts fail now and then in every job.
 */
export function pinFirst(entries: StoryEntry[]): StoryEntry[] {
  const telling = ({ text, level }: StoryEntry) =>
    level === 'warn' && KNOWN_CAUSES.some(({ matches }) => matches?.test(text));
  const first = entries.find(({ level }) => level === 'error') ?? entries.find(telling);
  if (first) first.pinned = true;
  return entries;
}
