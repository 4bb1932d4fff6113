import 'server-only';
import type { AppError } from '@/lib/contract/app-error';

const FIRST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;
/** Somebody who reloads the page sees a mended permission this soon, however long the background still waits. */
const PERSON_MS = 10_000;

interface Trouble {
  error: AppError;
  tries: number;
  atMs: number;
  untilMs: number;
}

/**
 * What keeps an MLflow resource from answering. A resource that is down is asked again after 5 s, then ever more rarely,
 * by one call and not by one for each of its jobs.
 */
export class Troubles {
  private readonly known = new Map<string, Trouble>();

  constructor(private readonly now: () => number) {}

  /** Why not to ask now; undefined when it may be asked. */
  of(key: string, waitsFor: 'person' | 'nobody'): AppError | undefined {
    const trouble = this.known.get(key);
    if (!trouble) return undefined;
    const untilMs = waitsFor === 'person' ? Math.min(trouble.untilMs, trouble.atMs + PERSON_MS) : trouble.untilMs;
    return this.now() < untilMs ? trouble.error : undefined;
  }

  /** Everything that is not to be asked now. */
  keys(waitsFor: 'person' | 'nobody'): string[] {
    return [...this.known.keys()].filter((key) => this.of(key, waitsFor) !== undefined);
  }

  note(key: string, error: AppError): void {
    const atMs = this.now();
    const before = this.known.get(key);
    // Calls that were under way together fail together.
    const tries = before && atMs - before.atMs < 1_000 ? before.tries : (before?.tries ?? 0) + 1;
    this.known.set(key, { error, tries, atMs, untilMs: atMs + Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1)) });
  }

  clear(key: string): void {
    this.known.delete(key);
  }
}
