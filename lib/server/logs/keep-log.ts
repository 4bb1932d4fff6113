import 'server-only';
import { logState } from '@/lib/logs/log-state';
import type { JobRef } from '../../contract/jobs';
import type { Catalog } from '../catalog/catalog';
import { type KeptChunk, saveKeptLog } from '../catalog/kept-logs-store';
import type { Scope } from '../catalog/scopes-store';
import { packLines } from './kept-chunk';
import type { SourceReader } from './log-page';

interface KeepInput {
  catalog: Catalog;
  scope: Scope;
  ref: JobRef;
  source: string;
  reader: SourceReader;
  /** Most that is kept, compressed; beyond it the oldest lines go. */
  maxBytes: number;
  endedAtMs: number;
  awsNowMs: number;
}

/** As much as GetLogEvents gives at once, with room for the rest of a millisecond. */
const PAGE_LINES = 9_900;
/** More pages than a log of the largest size has. */
const MAX_PAGES = 20_000;
const DAY_MS = 86_400_000;

/**
 * Reads the whole log of a finished job once, from its start, and keeps it compressed. A log without a line is noted as such
 * only when no line can come any more. Gives how many lines are kept, undefined when nothing was written down. Throws what AWS
 * refuses.
 */
export async function keepLog(input: KeepInput): Promise<number | undefined> {
  const { catalog, scope, ref, source, reader, maxBytes, endedAtMs, awsNowMs } = input;
  const streams: string[] = [];
  const chunks: (KeptChunk & { body: Uint8Array })[] = [];
  let bytes = 0;
  let whole = true;
  let afterMs = 0;
  for (let seq = 0; seq < MAX_PAGES; seq++) {
    const page = await reader.readAfter(PAGE_LINES, afterMs, {});
    const first = page.events[0];
    const last = page.events.at(-1);
    if (first && last) {
      const body = await packLines(page.events, streams);
      const [fromMs, toMs] = [Date.parse(first.timestamp), Date.parse(last.timestamp)];
      chunks.push({ seq, fromMs, toMs, lines: page.events.length, body });
      bytes += body.length;
      for (; bytes > maxBytes && chunks.length > 1; whole = false) bytes -= chunks.shift()?.body.length ?? 0;
    }
    if (page.toMs === undefined) break;
    afterMs = page.toMs;
  }
  if (chunks.length === 0) {
    const listed = (await reader.listStreams()).length;
    const state = logState({ streams: listed, hasLines: false, endedAtMs, nowMs: awsNowMs });
    if (state !== 'expired' && awsNowMs - endedAtMs < DAY_MS) return undefined;
  }
  const lines = chunks.reduce((sum, chunk) => sum + chunk.lines, 0);
  await saveKeptLog(catalog, scope, ref, source, { streams, lines, bytes, whole }, chunks);
  return lines;
}
