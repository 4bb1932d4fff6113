import 'server-only';
import { plainLogText } from '@/lib/logs/log-line';
import type { JobRef } from '../../contract/jobs';
import type { ListLogsQuery, ListLogsResponse, LogEvent, LogScopeQuery } from '../../contract/logs';
import type { Deployment } from '../deployment';
import { jobLogsOf } from './list-job-logs';
import type { LogPage } from './log-page';

/** Lines asked for at once: large enough to need few calls, small enough to start at once. */
const PAGE_LINES = 5_000;

/**
 * A whole source as text, or what a search of it finds, page by page as fast as it is taken. Each line has its time, its stream
 * and its message without escape sequences. The first page is read before the answer begins, so that a refusal is told as one;
 * a later failure is written as the last line.
 */
export async function downloadLog(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: LogScopeQuery,
  headers: Record<string, string>,
): Promise<Response> {
  const isSearch = query.q !== undefined || query.level !== undefined;
  const pages = isSearch ? searchPages(d, region, ref, query) : wholePages(d, region, ref, query);
  const first = await pages.next();
  const encoder = new TextEncoder();
  const name = `${ref.jobName}-${query.source === 'job' || query.source === 'agent' ? query.source : 'group'}.log`;
  let next: IteratorResult<LogEvent[]> | undefined = first;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const result = next ?? (await pages.next());
        next = undefined;
        if (result.done) return controller.close();
        controller.enqueue(encoder.encode(result.value.map(formatLine).join('')));
      } catch (error) {
        const why = error instanceof Error && error.name === 'AppError' ? error.message : 'The log could not be read.';
        controller.enqueue(encoder.encode(`The download ends here. ${why}\n`));
        controller.close();
      }
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
}

const formatLine = ({ timestamp, stream, message }: LogEvent) => `${timestamp} ${stream} ${plainLogText(message)}\n`;

/** From the first line to the last. */
async function* wholePages(
  d: Deployment,
  region: string,
  ref: JobRef,
  scope: LogScopeQuery,
): AsyncGenerator<LogEvent[], undefined> {
  const { from, to } = scope;
  const bounds = { ...(to === undefined ? {} : { beforeMs: Date.parse(to) }) };
  const { kept, source } = await jobLogsOf(d).ask(region, ref, scope);
  const { stream } = scope;
  const wanted = stream === undefined ? undefined : (event: LogEvent) => event.stream === stream;
  let after: number | undefined = from === undefined ? 0 : Date.parse(from);
  while (after !== undefined) {
    const page: LogPage = kept
      ? await kept.readAfter(PAGE_LINES, after, bounds, wanted)
      : await source.readAfter(PAGE_LINES, after, bounds);
    yield page.events;
    after = page.toMs;
  }
  return undefined;
}

/** Newest first, as the search finds them; inside a page oldest first. */
async function* searchPages(
  d: Deployment,
  region: string,
  ref: JobRef,
  scope: LogScopeQuery,
): AsyncGenerator<LogEvent[], undefined> {
  const query: ListLogsQuery = { ...scope, limit: PAGE_LINES };
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page: ListLogsResponse = await jobLogsOf(d).list(region, ref, { ...query, ...(cursor && { cursor }) });
    yield page.events;
    cursor = page.olderCursor;
  }
  return undefined;
}
